import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import { escapeHtml } from '../../lib/html.ts'
import { koreanNames } from '../../segments/describe-korean.ts'
import type { EffectReport } from '../effect-report.ts'
import { mayTellEffect, mayTellRate } from './cells.ts'
import {
  type Cohort,
  exposureDays,
  exposurePeople,
  fewestTold,
  isExposed,
  type Note,
} from './note.ts'
import { targetReached, targetText } from './target.ts'

/** Everything the page tells. */
export type Told = {
  readonly shop: { readonly name: string; readonly currency: string }
  readonly campaign: { readonly name: string; readonly isDraft: boolean }
  readonly note: Note
  /** What the campaign is judged by. */
  readonly metric: GoalMetric
  /** `2026-11-22`; null: not written, or the campaign has not begun. */
  readonly proposedOn: string | null
  readonly startedOn: string | null
  readonly isFixedBefore: boolean
  readonly holdoutShare: number
  readonly exposure: { readonly days: number; readonly people: number; readonly seen: boolean }
  readonly effect: EffectReport | null
  /** The period of the campaign and the equally long one before it; null where its trigger has no like in the past. */
  readonly before: { readonly now: Cohort; readonly past: Cohort; readonly event: string } | null
  readonly toldOn: string
}

/** The report of a challenge as a page of its own: no scripts, nothing loaded, made to be printed. For strangers small cells are hidden. */
export function challengePage(told: Told): string {
  const { note, campaign } = told
  const kind = campaign.isDraft ? '제안서' : '검증 보고서'
  const steps = [
    step(1, '나의 쇼핑 경험', paragraphs(note.experience)),
    step(2, '가설', paragraphs(note.hypothesis) + target(told) + fixed(told)),
    step(3, '데이터', paragraphs(note.data)),
    step(4, '캠페인', campaignPart(told)),
    step(5, '결과', campaign.isDraft ? said('캠페인을 켜면 여기에 결과가 쌓여요.') : result(told)),
    step(6, '다음에 할 일', paragraphs(note.next)),
  ]
  return (
    '<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<meta name="robots" content="noindex"><title>${escapeHtml(campaign.name)} ${kind}</title><style>${css}</style></head><body><main>` +
    `<header><p>${escapeHtml(told.shop.name)} · ${kind} · ${told.toldOn} 기준</p><h1>${escapeHtml(campaign.name)}</h1></header>` +
    `${steps.join('')}<footer>고객의 이름과 연락처는 담지 않았어요. ${fewestTold}명보다 적은 수는 가렸어요.</footer></main></body></html>`
  )
}

/** The six fields of the challenge as a text to send; who and how to reach them is in it, so it is shown to the team alone. */
export function challengeMail(told: Told): string {
  const { note, exposure } = told
  const proof = told.campaign.isDraft
    ? '무작위 대조군과 비교해 확인할 예정입니다.'
    : `${exposure.days}일 동안 운영했고 ${hidden(exposure.people)}에게 노출했습니다. ${plainVerdict(told)}`
  return [
    ['회사명', note.company],
    ['담당자', note.person],
    ['연락처', note.contact],
    ['사용 솔루션', note.solution],
    ['참여 내용', note.participation],
    ['증명 방법', proof],
  ]
    .map(([name, value]) => `${name}: ${value || '(적어 주세요)'}`)
    .join('\n')
}

const step = (n: number, title: string, inside: string) =>
  `<section><h2><span>${n}</span>${title}</h2>${inside || said('아직 적지 않았어요.')}</section>`
const said = (text: string) => `<p class="quiet">${escapeHtml(text)}</p>`

function paragraphs(text: string): string {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')
}

function target({ note, metric, shop: { currency } }: Told): string {
  if (note.target === null) return ''
  return `<p><b>목표</b> ${outcomeNames[metric]}: ${targetText(note.target, { metric, currency })}</p>`
}

function fixed({ proposedOn, startedOn, isFixedBefore }: Told): string {
  if (proposedOn === null) return ''
  if (startedOn === null) return said(`${proposedOn}에 적었어요. 캠페인을 켜면 더 바꿀 수 없어요.`)
  return said(
    isFixedBefore
      ? `${proposedOn}에 적었고, ${startedOn} 캠페인을 켤 때 고정됐어요.`
      : `${startedOn}에 캠페인을 켠 뒤 ${proposedOn}에 적었어요. 결과를 본 뒤에 적은 가설일 수 있어요.`,
  )
}

function campaignPart(told: Told): string {
  const { exposure, startedOn } = told
  const share = `${Math.round(told.holdoutShare * 100)} %`
  const rows = [
    ['시작', startedOn ?? '아직 켜지 않았어요'],
    ['대조군 (일부러 안 보낸 사람)', share],
    ...(startedOn === null
      ? []
      : [
          ['운영한 날', `${exposure.days}일 (기준 ${exposureDays}일)`],
          [
            exposure.seen ? '실제로 본 사람' : '메시지가 도착한 사람',
            `${hidden(exposure.people)} (기준 ${exposurePeople}명)`,
          ],
          [
            '증명 기준',
            isExposed(exposure) ? '채웠어요' : '아직이에요. 날짜나 사람 수 중 하나를 채우면 돼요.',
          ],
        ]),
  ]
  return table(rows.map(([name = '', value = '']) => [name, value]))
}

function result(told: Told): string {
  return against(told) + earlier(told)
}

function against({ effect, shop, note }: Told): string {
  const main = effect?.outcomes[0]
  if (!effect || !main) return said('아직 비교할 사람이 없어요.')
  const { people, means, difference, verdict, needsMore } = main.effect
  const isRate = main.measure === 'rate'
  const isTellable = mayTellEffect(effect)
  const told = (value: number) =>
    isRate ? `${(value * 100).toFixed(1)} %` : amount(value, shop.currency)
  const points = (value: number) =>
    `${value > 0 ? '+' : ''}${isRate ? `${(value * 100).toFixed(1)}%p` : amount(value, shop.currency)}`
  const row = (name: string, n: number, mean: number | null) => [
    name,
    hidden(n),
    mean === null || !isTellable ? '–' : told(mean),
  ]
  const parts = [
    `<p class="verdict">${escapeHtml(verdictOf(verdict, isTellable ? needsMore : null))}</p>`,
    table(
      [
        row('보내기로 한 사람', people.treatment, means.treatment),
        row('대조군', people.holdout, means.holdout),
      ],
      ['', '사람', outcomeNames[main.metric]],
    ),
  ]
  if (difference && isTellable) {
    const { value, low, high } = difference
    parts.push(
      `<p>차이 <b>${points(value)}</b> (매일 봐도 괜찮은 구간 ${points(low)} ~ ${points(high)})</p>`,
      intervalPicture(difference, points),
    )
    if (note.target !== null) {
      const judged = targetReached(note.target, { difference, metric: main.metric })
      parts.push(`<p>${targetVerdicts[judged]}</p>`)
    }
  }
  if (!isTellable)
    parts.push(
      said(
        `결과를 낸 사람이나 내지 않은 사람이 ${fewestTold}명보다 적은 그룹이 있어 값을 가렸어요.`,
      ),
    )
  if (effect.open > 0)
    parts.push(said(`${hidden(effect.open)}은 결과를 세는 기간이 아직 끝나지 않았어요.`))
  return `<h3>무작위 대조군과 비교</h3>${parts.join('')}`
}

function earlier({ before }: Told): string {
  if (!before)
    return `<h3>이전 기간과 비교</h3>${said('이 캠페인의 시작 조건은 지난 기간에 다시 만들 수 없어 비교하지 않았어요.')}`
  const { now, past } = before
  const rate = (cohort: Cohort) =>
    mayTellRate(cohort) ? `${((cohort.buyers / cohort.people) * 100).toFixed(1)} %` : '–'
  const row = (name: string, cohort: Cohort) => [name, hidden(cohort.people), rate(cohort)]
  return (
    '<h3>이전 기간과 비교</h3>' +
    table(
      [row('캠페인 기간', now), row('바로 전 같은 길이의 기간', past)],
      ['', '사람', '산 사람'],
    ) +
    said(
      `같은 행동(${koreanNames[before.event] ?? before.event})을 한 사람을 똑같은 기간 동안 지켜봤어요. 계절, 할인, 유입이 달라졌을 수 있어 이 차이는 캠페인의 효과라고 말할 수 없어요. 효과는 위의 대조군 비교로만 판단해 주세요.`,
    )
  )
}

function verdictOf(verdict: string, needsMore: number | null): string {
  if (verdict === 'helps') return '효과가 확인됐어요.'
  if (verdict === 'harms') return '오히려 줄었어요. 멈추는 것을 권해요.'
  const more = needsMore === null ? '' : ` ${counted(needsMore)} 더 필요해요.`
  return verdict === 'open'
    ? `아직 확실하지 않아요.${more}`
    : `아직 사람이 적어 말할 수 없어요.${more}`
}

function plainVerdict({ effect }: Told): string {
  const main = effect?.outcomes[0]?.effect
  if (!main) return '무작위 대조군과 비교하고 있습니다.'
  if (main.verdict === 'helps') return '무작위 대조군보다 높아 효과를 확인했습니다.'
  if (main.verdict === 'harms') return '무작위 대조군보다 낮았습니다.'
  return '무작위 대조군과 비교하고 있으며 아직 확실하지 않습니다.'
}

const targetVerdicts = {
  reached: '목표를 넘었어요. 구간 전체가 목표보다 높아요.',
  missed: '목표에 못 미쳤어요. 구간 전체가 목표보다 낮아요.',
  open: '목표에 닿았는지는 아직 몰라요. 목표가 구간 안에 있어요.',
} as const

const outcomeNames: Readonly<Record<GoalMetric, string>> = {
  sign_up: '가입한 사람',
  revisit: '다시 온 사람',
  purchase: '산 사람',
  orders: '한 사람의 주문 수',
  revenue: '한 사람의 매출',
  completion: '구매 완료율',
  profit: '한 사람에게 남은 돈',
}

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

function table(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const cells = (row: readonly string[], tag: 'th' | 'td') =>
    row
      .map((cell, at) =>
        at === 0 && tag === 'td'
          ? `<th scope="row">${escapeHtml(cell)}</th>`
          : `<${tag}>${escapeHtml(cell)}</${tag}>`,
      )
      .join('')
  const heading = head ? `<thead><tr>${cells(head, 'th')}</tr></thead>` : ''
  return `<table>${heading}<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`
}

const counted = (n: number) => `${Math.round(n).toLocaleString('en')}명`
const hidden = (n: number) => (n > 0 && n < fewestTold ? `${fewestTold}명 미만` : counted(n))
const amount = (value: number, currency: string) =>
  currency === 'KRW'
    ? `${Math.round(value).toLocaleString('en')}원`
    : value.toLocaleString('en', { style: 'currency', currency })

const css = `
*{box-sizing:border-box}
body{margin:0;background:#f6f7f9;color:#191f28;font:16px/1.7 Pretendard,-apple-system,"Apple SD Gothic Neo",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:760px;margin:0 auto;padding:40px 32px;background:#fff;min-height:100vh}
header p,.quiet,footer{color:#6b7684;font-size:14px;margin:0 0 4px}
h1{font-size:28px;line-height:1.35;margin:0 0 24px}
section{padding:20px 0;border-top:1px solid #e5e8eb;break-inside:avoid}
h2{font-size:18px;margin:0 0 8px}
h2 span{display:inline-block;width:28px;color:#8b95a1}
h3{font-size:15px;margin:20px 0 8px}
p{margin:0 0 8px}
.verdict{font-size:20px;font-weight:700}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;margin:8px 0 12px}
th,td{padding:8px 0;border-bottom:1px solid #e5e8eb;text-align:left;font-weight:400}
thead th{color:#6b7684;font-size:14px}
svg{width:100%;max-width:600px;height:auto;font-size:13px}
svg text{fill:#6b7684}
footer{padding-top:20px}
@media print{body{background:#fff}main{padding:0}}
@media (max-width:480px){main{padding:24px 20px}h1{font-size:22px}}
`
