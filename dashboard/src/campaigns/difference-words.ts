import type { ChangedValue } from '../../../server/src/campaigns/changed-values.ts'
import type { Difference, FlowSetting } from '../../../server/src/campaigns/flow-differences.ts'
import { eventWords } from '../../../server/src/campaigns/playbooks/event-words.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import { inLanguage, type Language } from '../app/language.ts'
import { lasting } from '../design/format.ts'
import { withRings } from './flow/first-words.ts'
import { kindNames } from './flow/step-words.ts'

type Said = { readonly ko: string; readonly en: string }

const settings: { readonly [S in FlowSetting]: Said } = {
  trigger: { ko: '시작 조건', en: 'what lets people in' },
  audience: { ko: '받는 사람', en: 'the audience' },
  reentry: { ko: '다시 들어오는 규칙', en: 'the entry rule' },
  restartOn: { ko: '다시 기다리게 하는 행동', en: 'what restarts waits' },
  exits: { ko: '나가는 조건', en: 'the exits' },
  conditions: { ko: '보내기 직전 조건', en: 'the conditions before sending' },
  goal: { ko: '목표', en: 'the goal' },
  holdoutShare: { ko: '대조군 비율', en: 'the hold-out' },
  learning: { ko: '배우는 기간', en: 'the learning period' },
  precedence: { ko: '우선순위', en: 'the priority' },
  nature: { ko: '광고·정보 구분', en: 'advertising or informational' },
  hours: { ko: '보내는 시간대', en: 'the sending hours' },
  perHour: { ko: '시간당 발송량', en: 'the rate an hour' },
}

const verbs = {
  added: { ko: '더했어요', en: 'Added' },
  removed: { ko: '뺐어요', en: 'Removed' },
  changed: { ko: '고쳤어요', en: 'Changed' },
  moved: { ko: '옮겼어요', en: 'Moved' },
} as const

/** One difference of two versions as a sentence. */
export function differenceSentence(one: Difference, language: Language): string {
  if (one.kind === 'setting') {
    const { ko, en } = settings[one.setting]
    return language === 'ko' ? `${josa(ko, '을/를')} 고쳤어요` : `Changed ${en}`
  }
  const [step, did] = [inLanguage(kindNames, language)[one.stepKind], verbs[one.kind][language]]
  return language === 'ko' ? `‘${step}’ 단계를 ${did}` : `${did} the step “${step}”`
}

/** What a value was and is, as it is read; `name`: which of several. */
type ShownValue = {
  readonly name?: string
  readonly was: string | null
  readonly is: string | null
}

const hourMs = 3_600_000
const same = (text: string) => text
const percent = (text: string) => `${Math.round(Number(text) * 100)} %`
const span = (unitMs: number) => (text: string, language: Language) =>
  lasting(Number(text) * unitMs, language)

/** Values that say something to a person, by the last part of their path; numbers of segments and coupons do not. */
const readable: {
  readonly [key: string]: {
    readonly name?: Said
    readonly said: (text: string, language: Language) => string
  }
} = {
  subject: { name: { ko: '제목', en: 'Subject' }, said: withRings },
  preheader: { name: { ko: '제목 옆에 보이는 한 줄', en: 'Line beside it' }, said: withRings },
  text: { name: { ko: '글', en: 'Text' }, said: withRings },
  label: { name: { ko: '버튼', en: 'Button' }, said: withRings },
  url: { name: { ko: '주소', en: 'Address' }, said: same },
  minutes: { said: span(60_000) },
  windowHours: { said: span(hourMs) },
  afterDays: { said: span(24 * hourMs) },
  event: { said: eventWords },
  time: { said: same },
  from: { said: same },
  to: { said: same },
  weight: { said: same },
}

/** The values of a difference that are worth reading, was and is. */
export function differenceValues(one: Difference, language: Language): readonly ShownValue[] {
  if (!('values' in one)) return []
  return one.values.flatMap((value) => shownValue(one, value, language))
}

function shownValue(
  one: Difference,
  { path, was, is }: ChangedValue,
  language: Language,
): readonly ShownValue[] {
  const key = path.split('.').at(-1) ?? ''
  const share = one.kind === 'setting' && one.setting === 'holdoutShare'
  const rate = one.kind === 'setting' && one.setting === 'perHour'
  const how = share ? { said: percent } : rate ? { said: same } : readable[key]
  if (!how) return []
  const said = (text: string | null) => (text === null ? null : how.said(text, language))
  const name = 'name' in how ? how.name?.[language] : undefined
  const [before, now] = [said(was), said(is)]
  // What differs in a blank alone is told as it is written.
  const read = before === now ? { was, is } : { was: before, is: now }
  return [{ ...(name === undefined ? {} : { name }), ...read }]
}
