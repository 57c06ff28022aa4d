import type { GoalMetric } from '../../../server/src/campaigns/goal-metric.ts'
import { gains } from '../../../server/src/proof/verdict-words.ts'
import { plannedLift } from '../../../server/src/statistics/effect.ts'
import type { Effect } from '../api/effect.ts'
import { inLanguage, words } from '../app/language.ts'
import { count, people } from '../design/format.ts'
import { differenceText, meanText, rangeText, type Unit } from './metric-words.ts'
import { choosing } from './on-page.ts'

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
    ko: (choosing: string) =>
      `${choosing} 정한 고객과 대조군이 모두 생기고 세는 기간이 지나면 비교를 시작해요.`,
    en: () => 'The comparison begins once people on both sides have had their whole time.',
  },
  mismatched: {
    ko: '나눔이 어긋나서 효과라고 말할 수 없어요.',
    en: 'The split is off, so this cannot be called an effect.',
  },
  unsure: { ko: '아직 확실하지 않아요.', en: 'Not certain yet.' },
  chosen: {
    ko: (choosing: string, n: string, rate: string) => `${choosing} 한 ${n} 중 ${rate},`,
    en: (_choosing: string, n: string, rate: string) => `Of ${n} chosen for a message ${rate},`,
  },
  heldOut: {
    ko: (n: string, rate: string, did: string) => `대조군 ${n} 중 ${rate}가 ${did}.`,
    en: (n: string, rate: string, did: string) => `of ${n} held out ${rate} ${did}.`,
  },
  each: {
    ko: (choosing: string, n: string, mean: string) => `${choosing} 한 ${n}은 1인당 ${mean},`,
    en: (_choosing: string, n: string, mean: string) => `${n} chosen for a message: ${mean} each;`,
  },
  eachHeld: {
    ko: (n: string, mean: string) => `대조군 ${n}은 1인당 ${mean}이에요.`,
    en: (n: string, mean: string) => `${n} held out: ${mean} each.`,
  },
  difference: {
    ko: (by: string, range: string) => `차이 ${by} (구간 ${range}).`,
    en: (by: string, range: string) => `Difference ${by} (interval ${range}).`,
  },
  needs: {
    ko: (lift: string, n: string) => `${lift}쯤 늘리는 효과라면 ${n}명 더 필요해요`,
    en: (lift: string, n: string) => `An effect of ${lift} needs ${n} more people`,
  },
  weeks: {
    ko: (n: string) => ` · 지금 속도면 ${n}주.`,
    en: (n: string) => `, at this pace ${n} weeks.`,
  },
  enough: {
    ko: (lift: string) => `${lift} 늘리는 효과를 볼 만큼은 모였어요. 있어도 작은 효과예요.`,
    en: (lift: string) => `There are enough people to see ${lift}; any effect is small.`,
  },
})

export type Compared = {
  readonly metric: GoalMetric
  readonly effect: Pick<Effect, 'people' | 'means' | 'difference' | 'needsMore' | 'verdict'>
  /** The shop has said its margin: what is left may be called profit. */
  readonly margin: number | null
  readonly perWeek: number
  /** The groups are not as large as set: whatever they show is no effect. */
  readonly isMismatched?: boolean
  /** It stands on the shop's own pages: people are shown it. */
  readonly onPage?: boolean
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
export function verdict(compared: Compared, unit: Unit): Verdict {
  const said = inLanguage(text, unit.language)
  const { metric, effect, margin } = compared
  const { difference, means } = effect
  if (difference === null || means.treatment === null || means.holdout === null)
    return { meaning: 'held', headline: said.none, says: said.noneText(choosing(compared.onPage)) }
  const by = differenceText(metric, difference.value, unit)
  const told = said.difference(by, rangeText(metric, difference, unit))
  const says = `${factsOf(compared, unit)} ${told}`
  const needs = needsOf(compared, unit)
  const words = gains(metric, margin !== null, unit.language)
  if (compared.isMismatched) return { meaning: 'held', headline: said.mismatched, says }
  switch (effect.verdict) {
    // The interval is shown from the first person on: how wide it is says best why it is too early.
    case 'too_little':
      return { meaning: 'held', headline: said.early, says: `${says} ${needs}`.trim() }
    case 'helps':
      return { meaning: 'caused', headline: words.gain, says }
    case 'harms':
      return { meaning: 'broken', headline: words.loss, says }
    case 'open':
      return { meaning: 'held', headline: said.unsure, says: `${says} ${needs}`.trim() }
  }
}

function factsOf({ metric, effect, margin, onPage }: Compared, unit: Unit): string {
  const way = choosing(onPage)
  const said = inLanguage(text, unit.language)
  const side = (group: 'treatment' | 'holdout') =>
    [
      people(effect.people[group], unit.language),
      meanText(metric, effect.means[group] ?? 0, unit),
    ] as const
  const { did } = gains(metric, margin !== null, unit.language)
  return did === undefined
    ? `${said.each(way, ...side('treatment'))} ${said.eachHeld(...side('holdout'))}`
    : `${said.chosen(way, ...side('treatment'))} ${said.heldOut(...side('holdout'), did)}`
}

/** How many more people, and weeks, until an effect of the planned size would be clear. */
function needsOf({ effect, perWeek }: Compared, { language }: Unit): string {
  const said = inLanguage(text, language)
  const lift = `${Math.round(plannedLift * 100)} %`
  if (effect.needsMore === null) return ''
  if (effect.needsMore === 0) return said.enough(lift)
  const needs = said.needs(lift, count(effect.needsMore, language))
  const weeks = Math.ceil(effect.needsMore / perWeek)
  return perWeek > 0 && weeks < 500 ? `${needs}${said.weeks(count(weeks, language))}` : `${needs}.`
}
