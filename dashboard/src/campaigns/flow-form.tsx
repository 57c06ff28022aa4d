import { NumberInput, Select, Slider } from '@mantine/core'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { Step } from '../../../server/src/campaigns/steps/table.ts'
import { eventOfTrigger } from '../../../server/src/campaigns/trigger.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { lasting } from '../design/format.ts'
import { Hint } from '../design/hint.tsx'
import { eventNoun } from '../events/noun.ts'
import style from './campaigns.module.css'
import {
  saidWait,
  type WaitUnit,
  waitMinutes,
  withContent,
  withOnNight,
  withWait,
} from './flow-edit.ts'
import { MessageForm } from './message-form.tsx'
import { NatureForm } from './nature-form.tsx'
import { NightForm } from './night-form.tsx'
import { StepMark } from './step-mark.tsx'

const text = words({
  title: { ko: '흐름', en: 'Flow' },
  enters: {
    ko: (what: string) => `${josa(what, '이/가')} 일어나면 시작해요`,
    en: (what: string) => `Begins with: ${what}`,
  },
  entersNote: {
    ko: (days: number) => `한 번 받은 손님은 ${days}일 뒤에 다시 들어올 수 있어요.`,
    en: (days: number) => `A person can enter again ${days} days after a message.`,
  },
  wait: { ko: '기다려요', en: 'Wait' },
  waitAmount: { ko: '기다리는 시간', en: 'How long to wait' },
  waitUnit: { ko: '시간 단위', en: 'Unit of time' },
  minutes: { ko: '분', en: 'minutes' },
  hours: { ko: '시간', en: 'hours' },
  days: { ko: '일', en: 'days' },
  restart: {
    ko: (events: string) => `그 사이 ${josa(events, '이/가')} 일어나면 처음부터 다시 기다려요.`,
    en: (events: string) => `Begins anew with each ${events}.`,
  },
  message: { ko: '메시지를 보내요', en: 'Send a message' },
  recheck: {
    ko: '보내기 직전에 아직 사지 않았고 장바구니가 차 있는지 다시 확인해요.',
    en: 'Right before sending: still no order, and something in the cart.',
  },
  exit: { ko: '여기서 끝나요', en: 'Ends here' },
  goal: {
    ko: (what: string, when: string) => `목표: ${when} 안에 ${what}`,
    en: (what: string, when: string) => `Goal: ${what} within ${when}`,
  },
  goalNote: {
    ko: '보냈든 일부러 보내지 않았든, 보내기로 정한 때부터 똑같이 세요.',
    en: 'Counted from the decision, sent and held out alike.',
  },
  holdout: { ko: '대조군', en: 'Hold-out' },
  holdoutHint: {
    ko: '일부러 보내지 않는 사람들이에요. 이들과 비교해야 메시지 덕분에 산 것인지, 어차피 살 사람이었는지 알 수 있어요. 한 번 나뉘면 바뀌지 않아요.',
    en: 'People left out on purpose. Only the comparison with them tells whether the message did it. Once drawn, a person stays on their side.',
  },
  holdoutSays: {
    ko: (share: number) => `들어온 손님의 ${share} %에게는 보내지 않아요`,
    en: (share: number) => `${share} % of those who enter get nothing`,
  },
})

type Props = {
  readonly flow: Flow
  readonly change: (flow: Flow) => void
  readonly readOnly: boolean
}

/** The steps from the trigger to the goal, each editable where it stands. */
export function FlowForm({ flow, change, readOnly }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const goal = eventNoun(flow.goal.event, language)
  const share = Math.round(flow.holdoutShare * 100)
  return (
    <Card title={said.title}>
      <fieldset disabled={readOnly} style={{ all: 'unset', display: 'block' }}>
        <div className={style.step}>
          <StepMark kind="trigger" />
          <div className={style.stepBody}>
            <div className={style.stepTitle}>
              {said.enters(eventNoun(eventOfTrigger(flow.trigger), language))}
            </div>
            <div className={style.stepNote}>{said.entersNote(flow.reentry.afterDays ?? 400)}</div>
          </div>
        </div>
        {flow.steps.map((step) => (
          <div key={step.id} className={style.step}>
            <StepMark kind={markOf(step)} />
            <div className={style.stepBody}>
              <OneStep step={step} flow={flow} change={change} />
            </div>
          </div>
        ))}
        <div className={style.step}>
          <StepMark kind="holdout" />
          <div className={style.stepBody}>
            <div className={style.stepTitle}>
              {said.holdout} <Hint text={said.holdoutHint} about={said.holdout} />
            </div>
            <Slider
              aria-label={said.holdout}
              thumbLabel={said.holdout}
              min={0}
              max={50}
              step={5}
              label={(value) => `${value} %`}
              marks={[{ value: 10 }, { value: 30 }]}
              value={share}
              disabled={readOnly}
              onChange={(value) => change({ ...flow, holdoutShare: value / 100 })}
            />
            <div className={style.stepNote}>{said.holdoutSays(share)}</div>
          </div>
        </div>
        <div className={style.step}>
          <StepMark kind="goal" />
          <div className={style.stepBody}>
            <div className={style.stepTitle}>
              {said.goal(goal, lasting(flow.goal.windowHours * 3_600_000, language))}
            </div>
            <div className={style.stepNote}>{said.goalNote}</div>
          </div>
        </div>
      </fieldset>
    </Card>
  )
}

type StepProps = {
  readonly step: Step
  readonly flow: Flow
  readonly change: (flow: Flow) => void
}

function OneStep({ step, flow, change }: StepProps) {
  const said = useWords(text)
  const language = useLanguage()
  switch (step.kind) {
    case 'wait': {
      const restarts = flow.restartOn.map((event) => eventNoun(event, language)).join(', ')
      return (
        <>
          <div className={style.stepTitle}>{said.wait}</div>
          <WaitPicker
            minutes={step.minutes}
            change={(minutes) => change(withWait(flow, step.id, minutes))}
          />
          {restarts && <div className={style.stepNote}>{said.restart(restarts)}</div>}
        </>
      )
    }
    case 'message': {
      const isFirst = flow.steps.find((one) => one.kind === 'message')?.id === step.id
      return (
        <>
          <div className={style.stepTitle}>{said.message}</div>
          {isFirst && step.content.channel !== 'webhook' && (
            <NatureForm nature={flow.nature} change={(nature) => change({ ...flow, nature })} />
          )}
          <MessageForm
            content={step.content}
            nature={flow.nature}
            change={(content) => change(withContent(flow, step.id, content))}
          />
          {flow.nature.purpose === 'advertising' && (
            <NightForm
              channel={step.content.channel}
              onNight={step.onNight ?? 'hold'}
              change={(onNight) => change(withOnNight(flow, step.id, onNight))}
            />
          )}
          {flow.conditions.length > 0 && <div className={style.stepNote}>{said.recheck}</div>}
        </>
      )
    }
    case 'exit':
      return <div className={style.stepTitle}>{said.exit}</div>
    default:
      return <div className={style.stepTitle}>{step.kind}</div>
  }
}

function markOf({ kind }: Step): Parameters<typeof StepMark>[0]['kind'] {
  if (kind === 'message') return 'message'
  return kind === 'exit' ? 'goal' : 'wait'
}

type WaitProps = { readonly minutes: number; readonly change: (minutes: number) => void }

function WaitPicker({ minutes, change }: WaitProps) {
  const said = useWords(text)
  const { amount, unit } = saidWait(minutes)
  return (
    <div className={style.inline}>
      <NumberInput
        aria-label={said.waitAmount}
        w={96}
        min={0}
        decimalScale={1}
        value={amount}
        onChange={(value) => change(waitMinutes(Number(value) || 0, unit))}
      />
      <Select
        aria-label={said.waitUnit}
        w={110}
        allowDeselect={false}
        data={(['minutes', 'hours', 'days'] as const).map((value) => ({
          value,
          label: said[value],
        }))}
        value={unit}
        onChange={(value) => change(waitMinutes(amount, (value ?? unit) as WaitUnit))}
      />
    </div>
  )
}
