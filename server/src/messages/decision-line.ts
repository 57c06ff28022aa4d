import { isJsonObject, type Json } from '../lib/json.ts'
import { type ReadAt, shortTime } from '../lib/short-time.ts'
import { reasonLine } from './reason-line.ts'

/** A decision as it is stored, as far as its sentence goes. Times are UTC ms. */
type DecisionTold = {
  readonly reason: string
  readonly at: number
  readonly until: number | null
  /** What decided it. */
  readonly data: Json | null
}

/** What the ids in a decision's data stand for. */
export type DecisionNames = {
  readonly message: (
    id: number,
  ) => { readonly campaign: string | null; readonly at: number } | undefined
  readonly coupon: (id: number) => string | undefined
  readonly product: (id: string) => string | undefined
}

type Language = 'ko' | 'en'

/** One decision as one sentence with what decided it and when, and the rule behind it, in both languages; made to be read out to the customer. */
export function decisionLine(
  told: DecisionTold,
  names: DecisionNames,
  read: ReadAt,
): { readonly ko: string; readonly en: string } {
  const line = reasonLine(told.reason)
  const said = (language: Language) => {
    const sentence = withTime(
      line[language],
      detailOf(told, names, { language, read }),
      shortTime(told.at, language, read),
    )
    if (!line.rule) return sentence
    const article = line.rule.article[language]
    return language === 'ko' ? `${sentence}. 근거: ${article}` : `${sentence}. Rule: ${article}`
  }
  return { ko: said('ko'), en: said('en') }
}

/** A sentence, its detail and its time: `장바구니가 비어서 보내지 않았어요 (11월 20일 10:00)`. */
export function withTime(sentence: string, detail: string, when: string): string {
  const plain = sentence.replace(/\.$/, '')
  return `${plain}${detail === '' ? '' : `: ${detail}`} (${when})`
}

type Voice = { readonly language: Language; readonly read: ReadAt }

function detailOf(told: DecisionTold, names: DecisionNames, { language, read }: Voice): string {
  const ko = language === 'ko'
  const data = isJsonObject(told.data) ? told.data : {}
  const parts: string[] = []
  if (typeof data.limit === 'number')
    parts.push(ko ? `최대 ${data.limit}통` : `${data.limit} at most`)
  if (typeof data.share === 'number') {
    const share = `${Math.round(data.share * 100)}%`
    parts.push(ko ? `대조군 ${share}` : `hold-out ${share}`)
  }
  for (const id of numbersIn(data.messages)) {
    const message = names.message(id)
    if (!message) continue
    const name = message.campaign ?? (ko ? '다른 메시지' : 'another message')
    parts.push(`${name} ${shortTime(message.at, language, read)}`)
  }
  if (typeof data.coupon === 'number') parts.push(names.coupon(data.coupon) ?? '')
  if (Array.isArray(data.products))
    for (const id of data.products) if (typeof id === 'string') parts.push(names.product(id) ?? id)
  if (told.until !== null && told.until > told.at) {
    const until = shortTime(told.until, language, read)
    parts.push(ko ? `${until}까지` : `until ${until}`)
  }
  return parts.filter((part) => part !== '').join(', ')
}

/** The numbers of a JSON list. */
export function numbersIn(list: Json | undefined): readonly number[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'number') : []
}
