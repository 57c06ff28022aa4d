import { escapeHtml } from '../../lib/html.ts'
import { exposureDays, exposurePeople, fewestTold, isExposed } from './note.ts'
import { hidden, said, table } from './parts.ts'
import { nextText, plainVerdict, resultPart } from './result-part.ts'
import { targetText } from './target.ts'
import { namesOf, outcomeName, type Told } from './told.ts'

/** The report of a challenge as a page of its own: no scripts, nothing loaded, made to be printed. For strangers small cells are hidden. */
export function challengePage(told: Told): string {
  const { note, campaign } = told
  const kind = campaign.isDraft ? '제안서' : '검증 보고서'
  const steps = [
    step(1, '나의 쇼핑 경험', paragraphs(note.experience)),
    step(2, '가설', paragraphs(note.hypothesis) + target(told) + fixed(told)),
    step(3, '데이터', paragraphs(note.data)),
    step(4, '캠페인', campaignPart(told)),
    step(
      5,
      '결과',
      campaign.isDraft ? said('캠페인을 켜면 여기에 결과가 쌓여요.') : resultPart(told),
    ),
    step(null, '다음에 할 일', paragraphs(note.next || nextText(told))),
  ]
  return (
    '<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<meta name="robots" content="noindex"><title>${escapeHtml(campaign.name)} ${kind}</title><style>${css}</style></head><body><main>` +
    `<header><p>${escapeHtml(told.shop.name)} · ${kind} · ${told.toldOn} 기준</p><h1>${escapeHtml(campaign.name)}</h1></header>` +
    `${unbroken(steps.join(''))}<footer>고객의 이름과 연락처는 담지 않았어요. ${fewestTold}명보다 적은 수는 가렸어요.</footer></main></body></html>`
  )
}

/** A per cent sign stays with its number at the end of a line; in sentences so do both ends of an interval. */
const unbroken = (html: string) =>
  html
    .replace(/(\d) %/g, '$1\u00a0%')
    .replace(/<p\b[^>]*>.*?<\/p>/gs, (sentence) => sentence.replaceAll(' ~ ', '\u00a0~\u00a0'))

/** The six fields of the challenge as a text to send; who and how to reach them is in it, so it is shown to the team alone. */
export function challengeMail(told: Told): string {
  const { note, exposure } = told
  const proof = told.campaign.isDraft
    ? '무작위 대조군과 비교해 확인할 예정입니다.'
    : `${exposure.days}일 동안 운영했고 ${hidden(exposure.people)}에게 ${told.isOnPage ? '노출했습니다' : '메시지가 접수됐습니다'}. ${plainVerdict(told)}`
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

const step = (n: number | null, title: string, inside: string) =>
  `<section><h2>${n === null ? '' : `<span>${n}</span>`}${title}</h2>${inside || said('아직 적지 않았어요.')}</section>`

function paragraphs(text: string): string {
  return text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join('')
}

function target(told: Told): string {
  const { note, metric, shop } = told
  if (note.target === null) return ''
  return `<p><b>목표</b> ${outcomeName(told)}: ${targetText(note.target, { metric, currency: shop.currency })}</p>`
}

function fixed({ proposedOn, startedOn, isFixedBefore }: Told): string {
  if (proposedOn === null) return ''
  if (startedOn === null) return said(`${proposedOn}에 적었어요. 캠페인을 켜면 더 바꿀 수 없어요.`)
  return said(
    isFixedBefore
      ? `${proposedOn}에 적었고, ${startedOn}에 캠페인을 켤 때 고정됐어요.`
      : `${startedOn}에 캠페인을 켠 뒤 ${proposedOn}에 적었어요. 결과를 본 뒤에 적은 가설일 수 있어요.`,
  )
}

function campaignPart(told: Told): string {
  const { startedOn, window } = told
  const { heldOut } = namesOf(told)
  const shares = told.shares.map((share) => `${Math.round(share * 1000) / 10} %`).join(', ')
  const rows = [
    ['누구에게', told.whom],
    ...(told.what.length > 0 ? [['무엇을', told.what.join('\n')]] : []),
    ['시작', startedOn ?? '아직 켜지 않았어요'],
    [`대조군 (${heldOut})`, shares],
    ['판단 기준', `${outcomeName(told)} (${window} 동안)`],
    ...(startedOn === null ? [] : exposureRows(told)),
  ]
  return table(rows.map(([name = '', value = '']) => [name, value]))
}

function exposureRows({ exposure, isOnPage }: Told): readonly (readonly string[])[] {
  return [
    ['운영한 날', `${exposure.days}일 (기준 ${exposureDays}일)`],
    [
      isOnPage ? '실제로 본 사람' : '메시지가 접수된 사람',
      `${hidden(exposure.people)} (기준 ${exposurePeople}명)`,
    ],
    ['누른 사람 (기록)', pressed(exposure)],
    [
      '증명 기준',
      isExposed(exposure) ? '채웠어요' : '아직이에요. 날짜나 사람 수 중 하나를 채우면 돼요.',
    ],
  ]
}

/** Who saw it and did not press it is what the two numbers leave. */
function pressed({ people, pressed: did }: Told['exposure']): string {
  return people - did < fewestTold && did > 0 ? '–' : hidden(did)
}

const css = `
*{box-sizing:border-box}
body{margin:0;background:#f6f7f9;color:#191f28;font:16px/1.7 Pretendard,-apple-system,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
main{max-width:760px;margin:0 auto;padding:40px 32px;background:#fff;min-height:100vh}
header p,.quiet,footer{color:#6b7684;font-size:14px;margin:0 0 4px}
h1{font-size:28px;line-height:1.35;margin:0 0 24px;text-wrap:balance}
section{padding:20px 0;border-top:1px solid #e5e8eb}
h2,h3,.verdict{break-after:avoid}
table,svg,tr{break-inside:avoid}
table:has(tbody tr:nth-child(5)){break-inside:auto}
h2{font-size:18px;margin:0 0 8px}
h2 span{display:inline-block;width:28px;color:#8b95a1}
h3{font-size:15px;margin:20px 0 8px}
p{margin:0 0 8px}
.verdict{font-size:20px;font-weight:700}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;margin:8px 0 12px}
th,td{padding:8px 12px 8px 0;white-space:pre-line;vertical-align:top;border-bottom:1px solid #e5e8eb;text-align:left;font-weight:400}
thead th{color:#6b7684;font-size:14px}
svg{width:100%;max-width:600px;height:auto;font-size:13px}
svg text{fill:#6b7684}
footer{padding-top:20px;break-before:avoid}
@page{size:A4;margin:18mm 16mm}
@media print{body{background:#fff;font-size:14px}main{max-width:none;padding:0;min-height:0}p{orphans:3;widows:3}}
@media (max-width:480px){main{padding:24px 20px}h1{font-size:22px}
.wide tr{display:grid;grid-template-columns:repeat(3,1fr);border-bottom:1px solid #e5e8eb}.wide th,.wide td{border:0;font-size:14px}
.wide th[scope=row]{grid-column:1/-1;padding-bottom:0;font-weight:600}.wide thead th:first-child{display:none}}
`
