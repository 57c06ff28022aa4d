import type { BacktestSide } from '../campaigns/backtest/backtest.ts'

/** What one flow would have done, line by line, in both languages; amounts in the shop's currency. */
export function backtestLines(side: BacktestSide, currency: string): readonly string[] {
  const { perPerson } = side
  const facts: readonly (readonly [string, string])[] = [
    ['들어온 사람 people entered', `${side.people} (${side.entries}번 times)`],
    ['발송 messages sent', `${side.sent}`],
    ['대조군 held out', `${side.heldOut}`],
    ['끝날 때 진행 중 under way', `${side.underWay}`],
    [
      '한 사람 최대 most a person',
      `${perPerson.most} (7일 안에 in 7 days: ${perPerson.mostInWeek})`,
    ],
    ...(side.cost > 0 ? [['비용 최대 cost at most', `${side.cost} ${currency}`] as const] : []),
    ...side.coupons.map(
      (one) =>
        [`쿠폰 coupon: ${one.name}`, `${one.given} (모자람 missing: ${one.missing})`] as const,
    ),
  ]
  const width = Math.max(...facts.map(([name]) => columnsOf(name)))
  const reasons = [...side.decisions.filter((one) => one.outcome !== 'sent'), ...side.notEntered]
  return [
    ...facts.map(([name, value]) => `${name}${' '.repeat(width - columnsOf(name))}  ${value}`),
    ...reasons.map((one) => `${String(one.count).padStart(8)}  ${one.ko} ${one.en}`),
    '날짜 day     발송 sent  들어옴 entered',
    ...side.days.map(
      (one) => `${one.day}  ${String(one.sent).padStart(10)}  ${String(one.entered).padStart(14)}`,
    ),
  ]
}

/** Columns of a terminal: a Korean character takes two. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (sum, one) => sum + (/[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af]/.test(one) ? 2 : 1),
    0,
  )
}
