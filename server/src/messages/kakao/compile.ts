import type { KakaoTemplate } from '../../channels/carrier.ts'
import {
  alimtalkCharsLimit,
  filled,
  templateFault,
  templateFaultWords,
  variablesOf,
} from '../../channels/kakao/template.ts'
import type { Shop } from '../../shops/shop.ts'
import { labelProblems, natureProblems, type Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { optOutNumberOf } from '../sms/opt-out-number.ts'
import { type Piece, templateProblems } from '../template-problems.ts'
import { composedBrandText } from './compose.ts'
import type { AlimtalkContent, BrandContent, CompiledKakao, KakaoContent } from './content.ts'
import { brandFaults, measured } from './limits.ts'

export type CompiledForKakao =
  | { readonly kind: 'ok'; readonly compiled: CompiledKakao }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** What is asked of the shop; `kakaoTemplate` is the template the content names, as the provider last listed it. */
export type AboutKakao = Pick<Shop, 'name' | 'sender' | 'settings'> & {
  readonly kakaoTemplate?: KakaoTemplate | undefined
}

/** Says everything that keeps a Kakao message from being published, or what is kept of it. */
export function compileKakao(
  content: KakaoContent,
  nature: Nature,
  about: AboutKakao,
): CompiledForKakao {
  const problems =
    content.kind === 'alimtalk'
      ? alimtalkProblems(content, nature, about.kakaoTemplate)
      : brandProblems(content, nature, about)
  if (problems.length > 0) return { kind: 'refused', problems }
  if (content.kind === 'brand') {
    return { kind: 'ok', compiled: { ...content, format: 1, nature } }
  }
  const { kakaoTemplate } = about
  // The problems have said so already; this tells the compiler.
  if (!kakaoTemplate) return { kind: 'refused', problems: [missingTemplate()] }
  const template = structuredClone(kakaoTemplate) as TemplateOf<typeof content>
  const { channel, kind, variables } = content
  return { kind: 'ok', compiled: { channel, kind, format: 1, nature, template, variables } }
}

type TemplateOf<_> = Extract<CompiledKakao, { readonly kind: 'alimtalk' }>['template']

function missingTemplate(): Problem {
  return { code: 'kakao_template', field: 'template', ...templateFaultWords.unknown }
}

// Where an advertisement belongs instead, said with each refusal.
const elsewhere = {
  ko: '채널 친구에게는 브랜드 메시지로, 그 밖의 분께는 문자(LMS)로 보내 주세요.',
  en: 'Send it to friends of the channel as a Brand Message, to others as a text message (LMS).',
}

function alimtalkProblems(
  content: AlimtalkContent,
  nature: Nature,
  template: KakaoTemplate | undefined,
): readonly Problem[] {
  const problems: Problem[] = []
  if (nature.purpose === 'advertising') {
    problems.push({
      code: 'kakao_informational',
      ko: `알림톡은 정보성 메시지만 보낼 수 있어요. ${elsewhere.ko}`,
      en: `Alimtalk carries informational messages only. ${elsewhere.en}`,
      field: 'kind',
    })
  }
  if (!template) return [...problems, missingTemplate()]
  const fault = templateFault(template, template)
  if (fault) {
    problems.push({ code: 'kakao_template', field: 'template', ...templateFaultWords[fault] })
  }
  return [
    ...problems,
    ...marketingProblems(content, template),
    ...variableProblems(content, template),
  ]
}

// Kakao's rule since 2026-04-01: a coupon may be told of only where the reader asked for it, and a line must say so.
const basisLine = /^\s*※.*고객님.*(?:참여|요청|신청|구매|응모).*$/gmu
const installing = /앱(?:을|을\s|\s)?\s*(?:설치|다운|받)/u

function marketingProblems(content: AlimtalkContent, template: KakaoTemplate): readonly Problem[] {
  const { around } = template
  const words = [
    around?.header,
    around?.title,
    around?.subtitle,
    template.content,
    around?.extra,
    ...(around?.items ?? []).flatMap((item) => [item.title, item.description]),
    ...template.buttons.map((button) => button.name),
    ...Object.values(content.variables),
  ].join('\n')
  const hasBasis = words.search(basisLine) !== -1
  basisLine.lastIndex = 0
  const judged = hasBasis ? words.replace(basisLine, '').replace(/쿠폰|증정/gu, '') : words
  const found = [
    ...natureProblems({ purpose: 'informational', because: 'answer' }, judged),
    ...(installing.test(judged) ? [installProblem] : []),
  ]
  return found.map((problem) => ({
    ...problem,
    ko: `${problem.ko} 알림톡에는 광고를 담을 수 없어요. ${elsewhere.ko}`,
    en: `${problem.en} Alimtalk carries no advertising. ${elsewhere.en}`,
    field: 'template',
  }))
}

const installProblem: Problem = {
  code: 'looks_like_advertising',
  ko: '앱 설치를 권하는 말이 있어요.',
  en: 'It asks the reader to install an app.',
  field: 'template',
}

function variableProblems(content: AlimtalkContent, template: KakaoTemplate): readonly Problem[] {
  const names = variablesOf(template)
  const own = (name: string) =>
    Object.hasOwn(content.variables, name) ? (content.variables[name] ?? '') : ''
  const missing = names
    .filter((name) => own(name).trim() === '')
    .map(
      (name): Problem => ({
        code: 'kakao_variable',
        ko: `'#{${name}}'에 넣을 값을 정해 주세요.`,
        en: `Say what goes into "#{${name}}".`,
        field: `variables.${name}`,
      }),
    )
  const strange = Object.keys(content.variables)
    .filter((name) => !names.includes(name))
    .map(
      (name): Problem => ({
        code: 'kakao_variable',
        ko: `템플릿에는 '#{${name}}' 자리가 없어요.`,
        en: `The template has no "#{${name}}".`,
        field: `variables.${name}`,
      }),
    )
  const pieces = Object.entries(content.variables).map(
    ([name, source]): Piece => [`variables.${name}`, source, 'text'],
  )
  return [...missing, ...strange, ...templateProblems(pieces), ...lengthProblems(content, template)]
}

/** Too long for everybody: what Liquid adds for one person is counted when the message is drawn. */
function lengthProblems(content: AlimtalkContent, template: KakaoTemplate): readonly Problem[] {
  const { chars } = measured(filled(template.content, content.variables))
  if (chars <= alimtalkCharsLimit) return []
  return [
    {
      code: 'too_long',
      ko: `알림톡은 변수 값을 넣어 ${alimtalkCharsLimit.toLocaleString('en-US')}자까지예요. 지금 ${chars.toLocaleString('en-US')}자예요.`,
      en: `An Alimtalk may have ${alimtalkCharsLimit} characters with its values; it has ${chars}.`,
      field: 'variables',
    },
  ]
}

function brandProblems(
  content: BrandContent,
  nature: Nature,
  about: AboutKakao,
): readonly Problem[] {
  const problems: Problem[] = []
  if (nature.purpose === 'informational') {
    problems.push({
      code: 'kakao_advertising',
      ko: '브랜드 메시지는 광고성 메시지예요. 주문·배송 같은 안내는 승인된 알림톡 템플릿으로 보내 주세요.',
      en: 'A Brand Message is an advertisement. Send notices such as orders and shipping with an approved Alimtalk template.',
      field: 'kind',
    })
  }
  if (content.bubble !== 'WIDE' && about.sender.phone.trim() === '') {
    problems.push({
      code: 'sender_missing',
      ko: '연락 받을 전화번호가 비어 있어요. 설정의 발신자 정보에 적어 주세요. 광고에는 보내는 사람의 연락처가 법으로 꼭 있어야 해요.',
      en: "The shop's settings lack a contact phone number; the law requires it in advertising.",
      field: 'sender.phone',
    })
  }
  const text = composedBrandText(content.bubble, content.text, {
    shopName: about.name,
    phone: about.sender.phone,
    optOutNumber: optOutNumberOf(about.settings),
  })
  return [
    ...problems,
    ...labelProblems(content.text).map((problem) => ({ ...problem, field: 'text' })),
    ...brandFaults({ ...content, text, hasPicture: content.picture !== null }).map(
      (fault): Problem => ({ code: 'kakao_limits', ...fault }),
    ),
    ...templateProblems(piecesOf(content)),
  ]
}

function piecesOf({ text, buttons, coupon }: BrandContent): readonly Piece[] {
  return [
    ['text', text, 'text'],
    ...buttons.flatMap(({ name, url }, at): readonly Piece[] => [
      [`buttons.${at}.name`, name, 'text'],
      [`buttons.${at}.url`, url, 'text'],
    ]),
    ...(coupon === null
      ? []
      : ([
          ['coupon.title', coupon.title, 'text'],
          ['coupon.description', coupon.description, 'text'],
          ['coupon.url', coupon.url, 'text'],
        ] as const)),
  ]
}
