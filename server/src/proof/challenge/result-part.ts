import { unreachable } from '../../lib/assert.ts'
import { escapeHtml } from '../../lib/html.ts'
import { koreanNames } from '../../segments/describe-korean.ts'
import { plannedLift } from '../../statistics/effect.ts'
import { mayTellEffect, mayTellRate } from './cells.ts'
import { firstOrdersPart } from './first-orders-part.ts'
import { type Cohort, fewestTold } from './note.ts'
import { counted, differenceText, hidden, meanText, said, table } from './parts.ts'
import { targetReached } from './target.ts'
import { namesOf, outcomeName, type Told } from './told.ts'

/** What came of it: against the people held out, and against the time before, which proves nothing. */
export function resultPart(told: Told): string {
  return against(told) + firstOrdersPart(told) + earlier(told)
}

/** The verdict as the text to send says it. */
export function plainVerdict(told: Pick<Told, 'effect' | 'shop'>): string {
  return [verdictInMail(told.effect), differenceInMail(told)].filter(Boolean).join(' ')
}

/** What follows from the result where nobody has written it: empty before there is one. */
export function nextText({ effect }: Pick<Told, 'effect'>): string {
  const main = effect?.outcomes[0]?.effect
  if (!effect || !main) return ''
  if (effect.isMismatched) return '나눔이 왜 어긋났는지 먼저 찾아요. 그 전에는 결과를 쓰지 않아요.'
  switch (main.verdict) {
    case 'helps':
      return '캠페인을 계속 켜 두고, 효과가 이어지는지 대조군을 작게 남겨 지켜봐요.'
    case 'harms':
      return '캠페인을 멈추고, 가설을 다시 세워요.'
    case 'too_little':
    case 'open':
      return '아직 판단하지 않고 캠페인을 그대로 두고, 사람이 더 들어온 뒤에 다시 봐요.'
    default:
      return unreachable(main.verdict)
  }
}

/** The difference behind the verdict, where it may be told: `차이 +0.48건(95 % 구간 +0.30건 ~ +0.66건).` */
function differenceInMail({ effect, shop }: Pick<Told, 'effect' | 'shop'>): string {
  const main = effect?.outcomes[0]
  if (!effect || !main?.effect.difference || effect.isMismatched || !mayTellEffect(effect))
    return ''
  const { value, low, high } = main.effect.difference
  const text = (one: number) =>
    differenceText(one, { metric: main.metric, currency: shop.currency })
  return `${outcomeName({ metric: main.metric, effect })} 차이 ${text(value)} (구간 ${text(low)} ~ ${text(high)}).`
}

function verdictInMail(effect: Told['effect']): string {
  const main = effect?.outcomes[0]?.effect
  if (!main) return '무작위 대조군과 비교하고 있습니다.'
  if (effect?.isMismatched)
    return '무작위 대조군과 비교했지만 두 그룹의 인원이 정한 비율과 달라 확인이 필요합니다.'
  if (main.verdict === 'helps') return '무작위 대조군보다 높아 효과를 확인했습니다.'
  if (main.verdict === 'harms') return '무작위 대조군보다 낮았습니다.'
  if (main.verdict === 'too_little') return '무작위 대조군과 비교하고 있으며 아직 사람이 적습니다.'
  return '무작위 대조군과 비교하고 있으며 아직 확실하지 않습니다.'
}

function against(report: Told): string {
  const { effect, shop } = report
  const main = effect?.outcomes[0]
  if (!effect || !main) return said('아직 비교할 사람이 없어요.')
  const { people, means, verdict, needsMore } = main.effect
  const title = '<h3>무작위 대조군과 비교</h3>'
  const asOf = report.countedOn === null ? '' : said(`${report.countedOn}까지 센 결과예요.`)
  const open = `${hidden(effect.open)}은 결과를 세는 기간(${report.window})이 아직 끝나지 않았어요.`
  const stillOpen = effect.open > 0 ? said(open) : ''
  if (people.treatment + people.holdout === 0)
    return `${title}${said('아직 비교할 사람이 없어요.')}${stillOpen}`
  const unit = { metric: main.metric, currency: shop.currency }
  const isTellable = mayTellEffect(effect)
  const row = (name: string, n: number, mean: number | null) => [
    name,
    hidden(n),
    mean === null || !isTellable ? '–' : meanText(mean, unit),
  ]
  const groups = table(
    [
      row(namesOf(report).chosen, people.treatment, means.treatment),
      row('대조군', people.holdout, means.holdout),
    ],
    ['', '사람', outcomeName({ metric: main.metric, effect })],
  )
  const headline = effect.isMismatched
    ? '나눔이 어긋났어요. 두 그룹의 인원이 정한 비율과 너무 달라서 결과를 믿기 전에 확인해야 해요.'
    : verdictOf(verdict, isTellable ? needsMore : null)
  const few = `결과를 낸 사람이나 내지 않은 사람이 ${fewestTold}명보다 적은 그룹이 있어 값을 가렸어요.`
  return [
    title,
    `<p class="verdict">${escapeHtml(headline)}</p>`,
    groups,
    effect.isMismatched ? '' : isTellable ? differencePart(report, main) : said(few),
    stillOpen,
    asOf,
  ].join('')
}

/** The difference as a sentence and a picture, and whether it reached the target. */
function differencePart(
  { note, shop }: Told,
  { metric, effect: { difference } }: NonNullable<Told['effect']>['outcomes'][number],
): string {
  if (!difference) return ''
  const points = (value: number) => differenceText(value, { metric, currency: shop.currency })
  const { value, low, high } = difference
  const judged = note.target === null ? null : targetReached(note.target, { difference, metric })
  return [
    `<p>차이 <b>${points(value)}</b> (매일 봐도 괜찮은 구간 ${points(low)} ~ ${points(high)})</p>`,
    intervalPicture(difference, points),
    judged === null ? '' : `<p>${targetVerdicts[judged]}</p>`,
  ].join('')
}

function earlier({ before }: Told): string {
  const title = '<h3>이전 기간과 비교</h3>'
  if (before === null)
    return `${title}${said('이 캠페인의 시작 조건은 지난 기간에 다시 만들 수 없어 비교하지 않았어요.')}`
  if (before === 'early')
    return `${title}${said('아직 일러요. 켠 지 이틀이 지나면 이전 기간과 나란히 보여드려요.')}`
  const { now, past, event, followed } = before
  const cells = (cohort: Cohort) => [
    hidden(cohort.people),
    share(cohort, cohort.buyers),
    // Who bought once is what the two leave: few of them hide the second.
    cohort.buyers - cohort.repeaters < fewestTold ? '–' : share(cohort, cohort.repeaters),
  ]
  return (
    title +
    table(
      [
        ['캠페인 기간', ...cells(now)],
        ['바로 전 같은 길이의 기간', ...cells(past)],
      ],
      ['', '사람', '산 사람', '두 번 이상 산 사람'],
    ) +
    said(
      `같은 행동(${koreanNames[event] ?? event})을 한 사람을 똑같이 ${followed} 동안 지켜봤어요. 계절, 할인, 유입이 달라졌을 수 있어 이 차이는 캠페인의 효과라고 말할 수 없어요. 효과는 위의 대조군 비교로만 판단해 주세요.`,
    )
  )
}

function share({ people }: Cohort, did: number): string {
  return mayTellRate({ people, buyers: did }) ? `${((did / people) * 100).toFixed(1)} %` : '–'
}

function verdictOf(verdict: string, needsMore: number | null): string {
  if (verdict === 'helps') return '효과가 확인됐어요.'
  if (verdict === 'harms') return '오히려 줄었어요. 멈추는 것을 권해요.'
  const lift = Math.round(plannedLift * 100)
  const more = needsMore ? ` ${lift} %쯤 늘리는 효과라면 ${counted(needsMore)} 더 필요해요.` : ''
  return verdict === 'open'
    ? `아직 확실하지 않아요.${more}`
    : `아직 사람이 적어 말할 수 없어요.${more}`
}

const targetVerdicts = {
  reached: '목표를 넘었어요. 구간 전체가 목표보다 높아요.',
  missed: '목표에 못 미쳤어요. 구간 전체가 목표보다 낮아요.',
  open: '목표에 닿았는지는 아직 몰라요. 목표가 구간 안에 있어요.',
} as const

/** The interval on a line with its zero; the table above holds the same numbers. */
function intervalPicture(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  points: (value: number) => string,
): string {
  const reach = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1.15
  const x = (at: number) => (300 + (at / reach) * 280).toFixed(1)
  const colour = low > 0 ? '#0f8a5f' : high < 0 ? '#c92a2a' : '#6b7684'
  return (
    `<svg viewBox="0 0 600 64" role="img" aria-label="차이 ${points(value)}, 구간 ${points(low)}에서 ${points(high)}">` +
    '<line x1="20" x2="580" y1="28" y2="28" stroke="#e5e8eb"/><line x1="300" x2="300" y1="12" y2="44" stroke="#8b95a1"/>' +
    `<text x="300" y="60" text-anchor="middle">0</text><line x1="${x(low)}" x2="${x(high)}" y1="28" y2="28" stroke="${colour}" stroke-width="4"/>` +
    `<circle cx="${x(value)}" cy="28" r="7" fill="${colour}"/></svg>`
  )
}
