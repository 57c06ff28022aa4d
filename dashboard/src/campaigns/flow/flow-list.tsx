import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { people } from '../../design/format.ts'
import { type Lane, lanesOf, type Steps } from '../flow-edit.ts'
import { isOnPageOnly } from '../on-page.ts'
import { StepMark, type StepMarkKind } from '../step-mark.tsx'
import { AddStep } from './add-step.tsx'
import { elementOf, type Place, useEditing, useVoice } from './editing.ts'
import style from './flow.module.css'
import { GoalForm } from './goal-form.tsx'
import { goalSentence } from './goal-words.ts'
import { problemsIn, problemWords } from './problem-words.ts'
import { RulesForm } from './rules-form.tsx'
import { StepFields } from './step-fields.tsx'
import { StepTools } from './step-tools.tsx'
import { kindNames, laneNames, segmentName, stepSentence, triggerSentence } from './step-words.ts'
import { TriggerForm } from './trigger-form.tsx'

const text = words({
  steps: { ko: '단계', en: 'Steps' },
  start: { ko: '시작', en: 'Start' },
  goal: { ko: '목표', en: 'Goal' },
  rules: { ko: '대조군과 규칙', en: 'Hold-out and rules' },
  rulesSays: {
    ko: (share: number) => `${share} %는 일부러 보내지 않고 비교해요`,
    en: (share: number) => `${share} % are left out and compared`,
  },
  rulesPage: {
    ko: (share: number) => `${share} %에게는 일부러 보여주지 않고 비교해요`,
    en: (share: number) => `${share} % do not see it and are compared`,
  },
  only: { ko: (name: string) => ` · ‘${name}’\u2060만`, en: (name: string) => ` · only “${name}”` },
  here: { ko: (n: string) => `지금 ${n}`, en: (n: string) => `${n} now` },
  empty: { ko: '아무것도 하지 않고 지나가요', en: 'Nothing happens on this way' },
})

/** The flow as a list of cards, one inside the other where ways part. */
export function FlowList() {
  const said = useWords(text)
  const { flow } = useEditing()
  return (
    <div className={style.flow}>
      <Part place="trigger" />
      <Row lane={undefined} steps={flow.steps} label={said.steps} />
      <Part place="goal" />
      <Part place="rules" />
    </div>
  )
}

type RowProps = { readonly lane: Lane; readonly steps: Steps; readonly label: string }

function Row({ lane, steps, label }: RowProps) {
  const said = useWords(text)
  const isEmpty = steps.length === 0
  return (
    <ol className={style.row} aria-label={label}>
      {isEmpty && lane && <li className={style.note}>{said.empty}</li>}
      <li className={style.between}>
        <AddStep spot={{ lane, at: 0 }} named={isEmpty} />
      </li>
      {steps.map((step, at) => (
        <li key={step.id}>
          <StepWithWays step={step} />
          <div className={style.between}>
            <AddStep spot={{ lane, at: at + 1 }} />
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The card of one step. */
export function StepPart({ step }: { readonly step: Step }) {
  const names = useWords(kindNames)
  const voice = useVoice()
  const { flow } = useEditing()
  return (
    <Card
      place={step.id}
      mark={step.kind}
      name={names[step.kind]}
      says={stepSentence(step, flow, voice)}
      field={`steps.${step.id}`}
      tools={<StepTools step={step} />}
    >
      <StepFields step={step} />
    </Card>
  )
}

function StepWithWays({ step }: { readonly step: Step }) {
  const voice = useVoice()
  const lanes = lanesOf(step)
  const labels = laneNames(step, voice)
  return (
    <>
      <StepPart step={step} />
      {lanes.map(({ path, steps }, at) => (
        <div key={path} className={style.lane}>
          <div className={style.laneName}>{labels[at]}</div>
          <Row lane={{ step: step.id, path }} steps={steps} label={labels[at] ?? path} />
        </div>
      ))}
    </>
  )
}

/** The head of a part of the flow that is no step, and what can be decided about it. */
export function Part({ place }: { readonly place: Exclude<Place, number> }) {
  const said = useWords(text)
  const language = useLanguage()
  const voice = useVoice()
  const { flow } = useEditing()
  switch (place) {
    case 'trigger': {
      const name = flow.audience && segmentName(flow.audience, voice.sources)
      return (
        <Card
          place="trigger"
          mark="trigger"
          name={said.start}
          says={triggerSentence(flow, voice) + (name ? said.only(name) : '')}
          field="trigger"
        >
          <TriggerForm />
        </Card>
      )
    }
    case 'goal':
      return (
        <Card
          place="goal"
          mark="goal"
          name={said.goal}
          says={goalSentence(flow, language)}
          field="goal"
        >
          <GoalForm />
        </Card>
      )
    case 'rules':
      return (
        <Card
          place="rules"
          mark="holdout"
          name={said.rules}
          says={(isOnPageOnly(flow) ? said.rulesPage : said.rulesSays)(
            Math.round(flow.holdoutShare * 100),
          )}
          field="conditions"
        >
          <RulesForm />
        </Card>
      )
  }
}

type CardProps = {
  readonly place: Place
  readonly mark: StepMarkKind
  readonly name: string
  readonly says: string
  readonly field: string
  readonly tools?: ReactNode
  readonly children: ReactNode
}

function Card({ place, mark, name, says, field, tools, children }: CardProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { open, select, problems, refused, readOnly, counts } = useEditing()
  const isOpen = open === place
  const wrong = problemsIn(problems, field).map((one) => problemWords(one, language))
  // An open message says its own faults beside its preview.
  const faults = isOpen ? [] : refused.filter(({ step }) => step === place)
  const sentences = new Set([...wrong, ...faults.map((one) => one[language])])
  const here = typeof place === 'number' ? (counts.get(place) ?? 0) : 0
  return (
    <div
      className={`${style.card} ${isOpen ? style.open : ''} ${sentences.size > 0 ? style.wrong : ''}`}
    >
      <div className={style.head}>
        <button
          id={elementOf(place)}
          type="button"
          className={style.summary}
          aria-expanded={isOpen}
          onClick={() => select(isOpen ? undefined : place)}
        >
          <StepMark kind={mark} />
          <span className={style.words}>
            <span className={style.name}>
              {name}
              {here > 0 && <span className={style.here}>{said.here(people(here, language))}</span>}
            </span>
            <span className={style.says}>{says}</span>
          </span>
          <IconChevronDown size={16} className={isOpen ? style.turned : ''} aria-hidden />
        </button>
        {tools}
      </div>
      {[...sentences].map((sentence) => (
        <p key={sentence} role="alert" className={style.problem}>
          {sentence}
        </p>
      ))}
      {isOpen && (
        <fieldset disabled={readOnly} className={style.fields}>
          {children}
        </fieldset>
      )}
    </div>
  )
}
