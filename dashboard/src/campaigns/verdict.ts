import type { Group } from '../api/campaign-report.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { count, people, percent, points, pointsRange } from '../design/format.ts'

const text = words({
  none: {
    ko: '아직 결과를 말할 수 없어요.',
    en: 'There is no result to tell yet.',
  },
  early: {
    ko: '결과를 말하기엔 아직 일러요.',
    en: 'It is too early to tell.',
  },
  noneText: {
    ko: '보내기로 정한 고객과 대조군이 모두 생기면 비교를 시작해요.',
    en: 'The comparison begins once there are people on both sides.',
  },
  gain: { ko: '메시지 덕분에 더 많이 샀어요.', en: 'The message made more people buy.' },
  loss: { ko: '메시지를 받은 쪽이 오히려 덜 샀어요.', en: 'People who were messaged bought less.' },
  unsure: { ko: '아직 확실하지 않아요.', en: 'Not certain yet.' },
  chosen: {
    ko: (n: string, rate: string) => `보내기로 한 ${n} 중 ${rate},`,
    en: (n: string, rate: string) => `Of ${n} chosen for a message ${rate} bought,`,
  },
  heldOut: {
    ko: (n: string, rate: string) => `대조군 ${n} 중 ${rate}가 샀어요.`,
    en: (n: string, rate: string) => `of ${n} held out ${rate}.`,
  },
  difference: {
    ko: (points: string, range: string) => `차이 ${points} (구간 ${range}).`,
    en: (points: string, range: string) => `Difference ${points} (interval ${range}).`,
  },
  needs: {
    ko: (n: string) => `확실해지려면 ${n}명 정도 더 필요해요.`,
    en: (n: string) => `About ${n} more people are needed to be certain.`,
  },
})

export type Compared = {
  readonly treatment: Group
  readonly holdout: Group
  readonly lift: { readonly estimate: number; readonly low: number; readonly high: number } | null
  readonly needed: number | null
  /** `too_little`: a side has too few people for its interval to mean anything. */
  readonly verdict: 'helps' | 'harms' | 'open' | 'too_little'
}

export type Verdict = {
  readonly meaning: 'caused' | 'broken' | 'held'
  /** The one sentence. */
  readonly headline: string
  /** The numbers it rests on. */
  readonly says: string
}

/**
 * What the comparison says, in plain words: green only when the whole interval lies above zero, red only when it lies
 * below, otherwise how much more is needed.
 */
export function verdict(compared: Compared, language: Language): Verdict {
  const said = inLanguage(text, language)
  const { treatment, holdout, lift, needed } = compared
  if (lift === null || treatment.people === 0 || holdout.people === 0) {
    const more = needed ? ` ${said.needs(count(needed, language))}` : ''
    return { meaning: 'held', headline: said.none, says: `${said.noneText}${more}` }
  }
  const side = (group: Group) =>
    [people(group.people, language), percent(group.buyers / group.people)] as const
  const facts = `${said.chosen(...side(treatment))} ${said.heldOut(...side(holdout))}`
  const needs = needed ? said.needs(count(needed, language)) : ''
  const range = pointsRange(lift.low, lift.high, language)
  const difference = said.difference(points(lift.estimate, language), range)
  const says = `${facts} ${difference}`
  // The interval is shown from the first person on: how wide it is says best why it is too early.
  if (compared.verdict === 'too_little') {
    return { meaning: 'held', headline: said.early, says: `${says} ${needs}`.trim() }
  }
  if (lift.low > 0) return { meaning: 'caused', headline: said.gain, says }
  if (lift.high < 0) return { meaning: 'broken', headline: said.loss, says }
  return { meaning: 'held', headline: said.unsure, says: `${says} ${needs}`.trim() }
}
