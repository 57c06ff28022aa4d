import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import { escapeHtml } from '../../lib/html.ts'
import { measureOf } from '../../proof/measures.ts'
import { gains } from '../../proof/verdict-words.ts'
import type { Language } from '../../shops/shop.ts'
import type { Suggestion } from '../suggestions.ts'
import { amountWords, changeWords, dayWords, morningWords, type Pair } from './morning-words.ts'

/** What a morning message is made of: counts of a shop, nobody's name or address. */
export type MorningFacts = {
  readonly kind: 'day' | 'week'
  readonly shop: { readonly name: string; readonly currency: string }
  /** First and last day of the period in the shop's zone, `2026-11-21`. */
  readonly from: string
  readonly to: string
  readonly orders: Pair
  /** Currency units, net of refunds. */
  readonly revenue: Pair
  readonly sent: Pair
  /** What the provider charges for them, currency units; null where no price is set. */
  readonly cost: number | null
  /** Campaigns whose interval excludes nothing at all: what they cause is above or below zero for sure. */
  readonly caused: readonly CausedResult[]
  /** Campaigns whose groups are not as large as set. */
  readonly mismatched: readonly string[]
  readonly failed: number
  /** Hand-overs whose end nobody saw. */
  readonly unconfirmed: number
  /** Every sending is stopped (전체 멈춤). */
  readonly isHalted: boolean
  readonly suggestion: Suggestion | undefined
}

export type CausedResult = {
  readonly name: string
  /** What the campaign is judged by. */
  readonly metric: GoalMetric
  readonly isMarginKnown: boolean
  readonly verdict: 'helps' | 'harms'
  /** Of shares 0 to 1, of orders or of currency units a person, with its interval. */
  readonly difference: { readonly value: number; readonly low: number; readonly high: number }
}

/** A heading with its sentences. */
export type MorningPart = { readonly title: string; readonly lines: readonly string[] }
export type Morning = {
  readonly subject: string
  readonly parts: readonly MorningPart[]
  /** The page of the one thing to do, and what its link says; without it the dashboard's first page. */
  readonly leadsTo?: { readonly path: string; readonly says: string }
}

/** The message in the shop's language: what happened, what was sent, what is certain, what went wrong, one thing to do. */
export function morningOf(facts: MorningFacts, language: Language): Morning {
  const said = morningWords[language]
  const { name, currency } = facts.shop
  const money = (amount: number) => amountWords(amount, currency, language)
  const period =
    facts.kind === 'day'
      ? dayWords(facts.to, language)
      : `${dayWords(facts.from, language)} – ${dayWords(facts.to, language)}`
  const against = said.compared[facts.kind]
  const compared = (pair: Pair) => changeWords(pair, against, language)
  return {
    subject: said.subject(
      name,
      period,
      `${said.orders(facts.orders.now)}, ${money(facts.revenue.now)}`,
    ),
    parts: [
      {
        title: said.happened[facts.kind],
        lines: [
          said.orderLine(facts.orders.now, compared(facts.orders)),
          said.revenueLine(money(facts.revenue.now), compared(facts.revenue)),
        ],
      },
      {
        title: said.sentTitle,
        lines: [
          facts.sent.now === 0
            ? said.sentNothing
            : said.sentLine(facts.sent.now, facts.cost === null ? null : money(facts.cost)),
        ],
      },
      ...certain(facts, language),
      ...wrong(facts, language),
      { title: said.todo, lines: todoLines(facts, language) },
    ],
    ...leadsTo(facts, language),
  }
}

/** One press from the mail to the thing to do: the messages that need a word, or the draft that waits. */
function leadsTo(
  { isHalted, unconfirmed, suggestion }: MorningFacts,
  language: Language,
): Pick<Morning, 'leadsTo'> {
  const said = morningWords[language]
  if (isHalted) return {}
  if (unconfirmed > 0) return { leadsTo: { path: '/messages', says: said.openMessages } }
  const draft = suggestion?.draft ?? null
  return draft === null ? {} : { leadsTo: { path: `/campaigns/${draft}`, says: said.openDraft } }
}

function certain({ caused, shop }: MorningFacts, language: Language): readonly MorningPart[] {
  if (caused.length === 0) return []
  const said = morningWords[language]
  const lines = caused.map(({ name, metric, isMarginKnown, verdict, difference }) => {
    const { gain, loss } = gains(metric, isMarginKnown, language)
    const by = (value: number) =>
      differenceWords(value, { metric, currency: shop.currency, language })
    const range = `${by(difference.low)} ~ ${by(difference.high)}`
    return said.caused(name, verdict === 'helps' ? gain : loss, {
      value: by(difference.value),
      range,
    })
  })
  return [{ title: said.certain, lines }]
}

function wrong(
  { failed, unconfirmed, isHalted, mismatched }: MorningFacts,
  language: Language,
): readonly MorningPart[] {
  const said = morningWords[language]
  const lines = [
    ...(isHalted ? [said.halted] : []),
    ...(failed > 0 ? [said.failed(failed)] : []),
    ...(unconfirmed > 0 ? [said.unconfirmed(unconfirmed)] : []),
    ...mismatched.map((name) => said.mismatched(name)),
  ]
  return lines.length > 0 ? [{ title: said.wrong, lines }] : []
}

function todoLines(facts: MorningFacts, language: Language): readonly string[] {
  const said = morningWords[language]
  if (facts.isHalted) return [said.todoHalted]
  if (facts.unconfirmed > 0) return [said.todoUnconfirmed]
  if (!facts.suggestion) return [said.todoNothing]
  return [suggested(facts.suggestion, facts, language), said.measuredLater]
}

function suggested(suggestion: Suggestion, { shop }: MorningFacts, language: Language): string {
  const said = morningWords[language]
  const { kind, people, amount } = suggestion
  if (kind === 'cart' && amount !== null && amount > 0) {
    return said.cartWorth(people, amountWords(amount / 10_000, shop.currency, language))
  }
  return said.suggest[kind](people)
}

/** A difference with its sign: `+1.8%p`, `+0.12건`, `+1,300원`. */
function differenceWords(
  value: number,
  {
    metric,
    currency,
    language,
  }: {
    readonly metric: GoalMetric
    readonly currency: string
    readonly language: Language
  },
): string {
  const sign = value > 0 ? '+' : ''
  if (measureOf(metric) === 'rate') return `${sign}${(value * 100).toFixed(1)}%p`
  return metric === 'orders'
    ? `${sign}${value.toFixed(2)}${language === 'ko' ? '건' : ''}`
    : `${sign}${amountWords(value, currency, language)}`
}

/** The message as plain text, for mail and for Slack. */
export function textOf({ subject, parts }: Morning, link: string): string {
  const told = parts.map(({ title, lines }) => [`■ ${title}`, ...lines].join('\n'))
  return [subject, ...told, link].join('\n\n')
}

/** The message as a mail: one column that a phone shows whole, no pictures, nothing loaded from anywhere. */
export function htmlOf(
  { subject, parts }: Morning,
  link: { readonly url: string; readonly says: string },
): string {
  const told = parts.map(
    ({ title, lines }) =>
      `<h2 style="margin:24px 0 4px;font-size:14px;color:#5f6b7a">${escapeHtml(title)}</h2>` +
      lines
        .map(
          (line) =>
            `<p style="margin:4px 0;font-size:16px;line-height:1.6">${escapeHtml(line)}</p>`,
        )
        .join(''),
  )
  return (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>' +
    '<body style="margin:0;background:#f6f7f9;font-family:Pretendard,-apple-system,sans-serif;color:#191f28;word-break:keep-all">' +
    '<div style="max-width:560px;margin:0 auto;padding:24px 20px;background:#ffffff">' +
    `<h1 style="margin:0;font-size:20px;line-height:1.4">${escapeHtml(subject)}</h1>${told.join('')}` +
    `<p style="margin:28px 0 0"><a href="${escapeHtml(link.url)}" style="color:#1b64da">${escapeHtml(link.says)}</a></p>` +
    '</div></body></html>'
  )
}

/** The message as Slack takes it: headings and lines; its own signs are taken out of names. */
export function slackOf(morning: Morning, link: { readonly url: string; readonly says: string }) {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  const clean = (text: string) => text.replace(/[&<>]/g, (sign) => named[sign] ?? sign)
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
  return {
    text: clean(morning.subject),
    blocks: [
      section(`*${clean(morning.subject)}*`),
      ...morning.parts.map(({ title, lines }) =>
        section([`*${clean(title)}*`, ...lines.map(clean)].join('\n').slice(0, 2_900)),
      ),
      section(`<${link.url}|${clean(link.says)}>`),
    ],
  }
}
