import type { FirstOrderKind, FirstOrders } from '../first-orders.ts'
import { measureOf } from '../measures.ts'
import { mayTellRate } from './cells.ts'
import { fewestTold } from './note.ts'
import { differenceText, hidden, said, table, type Unit } from './parts.ts'
import { namesOf, type Told } from './told.ts'

type Outcome = FirstOrders['outcomes'][number]
const sides = ['treatment', 'holdout'] as const

/** First orders, what they held and whether a second one followed, of a campaign for first products; empty for others. */
export function firstOrdersPart(report: Told): string {
  const { effect, metric, shop } = report
  if (!effect?.firstOrders) return ''
  // Where the campaign is judged by a share who bought, first orders are told already.
  const isBuying = measureOf(metric) === 'rate'
  const asked = effect.firstOrders.outcomes.filter(({ kind }) => kind !== 'ordered' || !isBuying)
  const told = toldOf(asked)
  if (asked.every(({ effect: { people } }) => people.treatment + people.holdout === 0))
    return `<h3>${title}</h3>${said('결과를 세는 기간이 끝난 사람이 아직 없어요.')}`
  const rows = told.map(({ one, may }) =>
    rowOf(one, { may, currency: shop.currency, isOff: effect.isMismatched }),
  )
  const hid = told.some(({ may }) => !may)
    ? said(`사람이 ${fewestTold}명보다 적게 드러나는 값은 가렸어요.`)
    : ''
  return [
    `<h3>${title}</h3>`,
    table(rows, ['', namesOf(report).chosen, '대조군', '차이 (매일 봐도 괜찮은 구간)']),
    hid,
    said(
      `한 번도 사지 않았던 사람을 무작위로 나눈 그대로 비교했어요. 첫 주문은 ${effect.firstOrders.withinDays}일 안의 것만, 두 번째 주문은 그 뒤 정한 날을 다 지켜본 사람만 세요. ‘주문한 사람 중’ 비율은 효과가 아니라 사실이에요: 누가 주문하는지는 무작위가 아니에요.`,
    ),
  ].join('')
}

const title = '첫 주문과 두 번째 주문'

const names: { readonly [K in FirstOrderKind]: string } = {
  ordered: '첫 주문을 한 사람',
  with_products: '첫 주문에 이 캠페인의 상품이 든 사람',
  again_30: '첫 주문 뒤 30일 안에 다시 산 사람',
  again_60: '첫 주문 뒤 60일 안에 다시 산 사람',
  again_90: '첫 주문 뒤 90일 안에 다시 산 사람',
}

function rowOf(
  { kind, effect, among, open }: Outcome,
  {
    may,
    currency,
    isOff,
  }: {
    readonly may: boolean
    readonly currency: string
    /** The groups are not as large as set: nothing is said of the difference. */
    readonly isOff: boolean
  },
): readonly string[] {
  const waiting = open > 0 ? `\n${hidden(open)} 기다리는 중` : ''
  const name = `${names[kind]}${waiting}`
  const { difference, means } = effect
  if (!may || !difference) return [name, '–', '–', '–']
  const unit: Unit = { metric: 'purchase', currency }
  const cell = (side: (typeof sides)[number]) => {
    const each = `${((means[side] ?? 0) * 100).toFixed(1)} %`
    const of = among?.[side]
    if (!of) return each
    return `${each}\n주문한 ${hidden(of.ordered)} 중 ${((of.did / of.ordered) * 100).toFixed(1)} %`
  }
  const text = (value: number) => differenceText(value, unit)
  const by = `${text(difference.value)}\n(${text(difference.low)} ~ ${text(difference.high)})`
  return [name, cell('treatment'), cell('holdout'), isOff ? '–' : by]
}

/** Which rows may be told to strangers, each beside the last one that is. */
function toldOf(
  asked: readonly Outcome[],
): readonly { readonly one: Outcome; readonly may: boolean }[] {
  let last: Outcome | undefined
  return asked.map((one) => {
    const may = mayTell(one, last)
    if (may && one.againDays !== null) last = one
    return { one, may }
  })
}

/**
 * Neither who did it, nor who ordered and did not, nor who is between two rows (came back after 30 days and within 60) are so
 * few that somebody could be meant.
 */
function mayTell(one: Outcome, last: Outcome | undefined): boolean {
  return sides.every((side) => {
    const did = didOf(one, side)
    const of = one.among?.[side]
    return (
      mayTellRate({ people: one.effect.people[side], buyers: did }) &&
      (!of || of.ordered - did >= fewestTold) &&
      (one.againDays === null || !last || Math.abs(did - didOf(last, side)) >= fewestTold)
    )
  })
}

function didOf({ effect: { people, means } }: Outcome, side: (typeof sides)[number]): number {
  return Math.round((means[side] ?? 0) * people[side])
}
