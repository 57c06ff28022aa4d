import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { campaignLimits, type Flow } from '../../../../server/src/campaigns/campaign.ts'
import { useWords, words } from '../../app/language.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { JudgedBy } from './judged-by.tsx'
import { Minutes } from './wait-forms.tsx'
import { EventWithFilter, WatchForm } from './watch-form.tsx'

const text = words({
  goal: { ko: '무엇을 이루면 성공인가요', en: 'What counts as success' },
  window: { ko: '메시지 뒤 이 안에 하면 세요', en: 'Counted within' },
  note: {
    ko: '보냈든 일부러 보내지 않았든, 보내기로 정한 때부터 똑같이 세요. 목표를 이룬 고객은 바로 나가요.',
    en: 'Counted from the decision, sent and held out alike. Whoever reaches it leaves at once.',
  },
  exits: { ko: '이럴 때도 나가요', en: 'They also leave when' },
  exitOf: { ko: (n: number) => `나가는 때 ${n}`, en: (n: number) => `Exit ${n}` },
  remove: { ko: (n: number) => `나가는 때 ${n} 지우기`, en: (n: number) => `Remove exit ${n}` },
  add: { ko: '나가는 때 더하기', en: 'Add an exit' },
})

/** What stays when another event is chosen. */
function kept({ windowHours, metric }: Flow['goal']) {
  return metric ? { windowHours, metric } : { windowHours }
}

/** What the campaign is for, and what else ends it for a person. */
export function GoalForm() {
  const said = useWords(text)
  const { flow, change } = useEditing()
  const { goal, exits } = flow
  return (
    <>
      <div>
        <div className={style.label}>{said.goal}</div>
        <EventWithFilter
          value={goal}
          label={said.goal}
          change={(next) => change({ ...flow, goal: { ...kept(goal), ...next } })}
        />
      </div>
      <div>
        <div className={style.label}>{said.window}</div>
        <Minutes
          label={said.window}
          min={60}
          minutes={goal.windowHours * 60}
          change={(minutes) => {
            const windowHours = Math.min(minutes / 60, campaignLimits.goalWindowHours)
            change({ ...flow, goal: { ...goal, windowHours } })
          }}
        />
      </div>
      <p className={style.note}>{said.note}</p>
      <JudgedBy />
      <div className={style.label}>{said.exits}</div>
      {exits.map((exit, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an exit has no name of its own, only its place
        <fieldset key={at} className={style.part} aria-label={said.exitOf(at + 1)}>
          <div className={style.partHead}>
            <div className={style.lines}>
              <WatchForm
                watch={exit}
                change={(next) => change({ ...flow, exits: exits.with(at, next) })}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove(at + 1)}
              onClick={() => change({ ...flow, exits: exits.toSpliced(at, 1) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          disabled={exits.length >= campaignLimits.exitEvents}
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            change({ ...flow, exits: [...exits, { kind: 'event', event: 'Order Completed' }] })
          }
        >
          {said.add}
        </Button>
      </div>
    </>
  )
}
