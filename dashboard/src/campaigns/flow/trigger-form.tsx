import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import type { Trigger } from '../../../../server/src/campaigns/trigger.ts'
import { useWords, words } from '../../app/language.ts'
import { NumberBlank, Said } from '../../segments/blank.tsx'
import { useToday } from '../../segments/value-blanks.tsx'
import { begunTrigger } from '../flow-begin.ts'
import { ApiCall } from './api-call.tsx'
import { TimeField } from './clock-fields.tsx'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { PageForm } from './page-form.tsx'
import { PathBlank } from './path-blank.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { Crossing, EventWithFilter, SegmentBlank } from './watch-form.tsx'

const text = words({
  how: { ko: '어떻게 시작하나요', en: 'What lets people in' },
  event: { ko: '고객이 무언가를 하면', en: 'Something a customer does' },
  segment: { ko: '세그먼트에 들어오거나 나가면', en: 'A segment entered or left' },
  schedule: { ko: '정한 때에 (한 번 또는 되풀이)', en: 'At set times, once or repeating' },
  anniversary: { ko: '해마다 돌아오는 날에 (생일 등)', en: 'A yearly date of theirs (birthday)' },
  api: { ko: '우리 서버가 부르면 (API)', en: 'When your server calls (API)' },
  page: {
    ko: '상점 페이지를 보고 있을 때 (온사이트)',
    en: 'While on a page of the shop (on site)',
  },
  what: { ko: '어떤 행동', en: 'What they do' },
  key: { ko: '동시에 몇 번까지', en: 'Open at a time' },
  person: { ko: '고객마다 한 번', en: 'Once a person' },
  cart: { ko: '장바구니마다 한 번', en: 'Once a cart' },
  product: { ko: '상품마다 한 번', en: 'Once a product' },
  offset: { ko: '며칠 뒤 (앞은 -)', en: 'Days later (earlier: -)' },
  offsetUnit: { ko: '일 뒤', en: 'days later' },
  target: { ko: '타깃', en: 'Audience' },
  everyone: { ko: '모든 고객', en: 'Everyone' },
  targetNote: {
    ko: '들어올 때 이 세그먼트에 있는 고객만 받아요.',
    en: 'Only members of it at the moment of entry.',
  },
  clear: { ko: '모든 고객으로', en: 'Everyone' },
  again: { ko: '다시 들어오기', en: 'Again' },
  once: { ko: '평생 한 번만', en: 'Once ever' },
  after: { ko: '마지막 메시지 뒤', en: 'After the last message' },
  days: { ko: '일이 지나면 다시', en: 'days, again' },
})

const kinds = ['event', 'segment', 'page', 'schedule', 'anniversary', 'api'] as const

/** What lets people in, who may, and how often. */
export function TriggerForm() {
  const said = useWords(text)
  const today = useToday()
  const { flow, change } = useEditing()
  const { trigger } = flow
  return (
    <>
      <Select
        label={said.how}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: said[value] }))}
        value={trigger.kind}
        onChange={(value) => {
          const kind = kinds.find((one) => one === value)
          if (kind && kind !== trigger.kind)
            change({ ...flow, trigger: begunTrigger(kind, today.day) })
        }}
      />
      <TriggerFields trigger={trigger} change={(next) => change({ ...flow, trigger: next })} />
      <Audience />
      {trigger.kind !== 'page' && <Reentry />}
    </>
  )
}

type FieldsProps = {
  readonly trigger: Trigger
  readonly change: (trigger: Trigger) => void
}

function TriggerFields({ trigger, change }: FieldsProps) {
  const said = useWords(text)
  const { campaign } = useEditing()
  switch (trigger.kind) {
    case 'event':
      return (
        <>
          <EventWithFilter
            value={trigger}
            label={said.what}
            change={(next) => change({ kind: 'event', key: trigger.key, ...next })}
          />
          <Select
            label={said.key}
            allowDeselect={false}
            data={(['person', 'cart', 'product'] as const).map((value) => ({
              value,
              label: said[value],
            }))}
            value={trigger.key}
            onChange={(key) =>
              change({ ...trigger, key: key === 'cart' || key === 'product' ? key : 'person' })
            }
          />
        </>
      )
    case 'segment':
      return <Crossing value={trigger} change={(next) => change({ kind: 'segment', ...next })} />
    case 'schedule':
      return (
        <ScheduleForm
          schedule={trigger.schedule}
          change={(schedule) => change({ ...trigger, schedule })}
        />
      )
    case 'anniversary':
      return (
        <>
          <div className={style.sentence}>
            <PathBlank
              of="trait"
              path={trigger.trait}
              onPick={(trait) => change({ ...trigger, trait })}
            />
            <NumberBlank
              label={said.offset}
              min={-180}
              max={180}
              value={trigger.offsetDays}
              onChange={(offsetDays) => change({ ...trigger, offsetDays })}
            />
            <Said>{said.offsetUnit}</Said>
          </div>
          <TimeField value={trigger.time} change={(time) => change({ ...trigger, time })} />
        </>
      )
    case 'api':
      return <ApiCall campaign={campaign} />
    case 'page':
      return <PageForm trigger={trigger} change={change} />
  }
}

function Audience() {
  const said = useWords(text)
  const { flow, change } = useEditing()
  const { audience, ...everyone } = flow
  return (
    <div>
      <div className={style.label}>{said.target}</div>
      <div className={style.sentence}>
        <SegmentBlank
          label={said.target}
          {...(flow.trigger.kind === 'schedule' ? {} : { none: said.everyone })}
          segment={audience ?? 0}
          change={(segment) => change({ ...flow, audience: segment })}
        />
        {audience !== undefined && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => change(everyone)}>
            {said.clear}
          </Button>
        )}
      </div>
      <p className={style.note}>{said.targetNote}</p>
    </div>
  )
}

function Reentry() {
  const said = useWords(text)
  const { flow, change } = useEditing()
  const { afterDays } = flow.reentry
  const put = (days: number | null) => change({ ...flow, reentry: { afterDays: days } })
  return (
    <fieldset className={style.part}>
      <legend className={style.label}>{said.again}</legend>
      {afterDays !== null && (
        <div className={style.inline}>
          <span>{said.after}</span>
          <NumberInput
            aria-label={said.again}
            w={84}
            min={0}
            max={400}
            value={afterDays}
            onChange={(value) => put(Math.min(400, Math.max(0, Number(value) || 0)))}
          />
          <span>{said.days}</span>
        </div>
      )}
      <Checkbox
        label={said.once}
        checked={afterDays === null}
        onChange={(event) => put(event.currentTarget.checked ? null : 7)}
      />
    </fieldset>
  )
}
