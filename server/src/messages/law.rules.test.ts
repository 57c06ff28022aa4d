import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { decisionLine } from './decision-line.ts'
import type { Rule } from './law/rule.ts'
import { law } from './law.ts'
import { reasonLine } from './reason-line.ts'
import type { ReasonText } from './reason-text.ts'
import { type DecisionReason, decisionReasons } from './reasons.ts'

const place = new URL('../../../docs/guide/law.md', import.meta.url)
const guide = readFileSync(place, 'utf8')

/** The guide with the rules and the reasons as they stand in the product. */
function asItIs(): string {
  const reasonRows = Object.entries<ReasonText>(decisionReasons).map(
    ([reason, { outcome, ko, en, rule }]) =>
      `| \`${reason}\` | ${outcome} | ${ko} | ${en} | ${rule?.article.ko ?? ''} |\n`,
  )
  const rows = Object.values<Rule>(law).map(
    ({ article, text, kept, reviewed, unconfirmed }) =>
      `| ${article.en} (${article.ko}) | ${text.en} | ${kept.en} | ${reviewed} | ${unconfirmed?.en ?? ''} |\n`,
  )
  return guide
    .replace(
      /(\| rule \| what it says \|.*\n\|---.*\n)(\| .*\n)*/,
      (_, head: string) => head + rows.join(''),
    )
    .replace(
      /(\| reason \| decision \|.*\n\|---.*\n)(\| .*\n)*/,
      (_, head: string) => head + reasonRows.join(''),
    )
}

test('the guide says the rules as the product holds to them; `npx vitest run law -u` writes it anew', async () => {
  expect(guide).toMatch(/\| rule \| what it says \|/)
  expect(guide).toMatch(/\| reason \| decision \|/)
  await expect(asItIs()).toMatchFileSnapshot(fileURLToPath(place))
})

test('every rule has its article, its sentence and how it is held to in both languages, and the day it was read', () => {
  const rules = Object.values<Rule>(law)
  expect(rules.length).toBeGreaterThan(20)
  for (const rule of rules) {
    for (const said of [rule.article, rule.text, rule.kept, rule.unconfirmed])
      if (said) expect(Math.min(said.ko.length, said.en.length)).toBeGreaterThan(5)
    expect(rule.article.ko).toMatch(/제\d+조|규칙|정책|가이드|규격/)
    expect(rule.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})

// What is behind each reason: a rule of the law or of a channel, a limit that the shop set, or a plain fact. A new one must say which.
const behind = {
  first_send_locked: 'rule',
  no_contact: 'fact',
  channel_off: 'fact',
  hard_bounced: 'fact',
  complained: 'rule',
  opted_out: 'rule',
  suppressed: 'shop',
  under_14: 'rule',
  no_consent: 'rule',
  no_personal_data_consent: 'rule',
  night: 'rule',
  channel_hours: 'rule',
  quiet_hours: 'shop',
  night_dropped: 'rule',
  hours_at_night: 'rule',
  not_yet: 'shop',
  frequency_day: 'shop',
  frequency_week: 'shop',
  budget_spent: 'shop',
  outweighed: 'shop',
  not_sellable: 'fact',
  out_of_stock: 'fact',
  coupon_gone: 'fact',
  platform_coupon: 'fact',
  coupon_not_issued: 'fact',
  cart_asked: 'fact',
  cart_gone: 'fact',
  coupon_had: 'shop',
  coupon_not_first: 'shop',
  too_few_recommendations: 'fact',
  content_missing: 'fact',
  render_failed: 'fact',
  sender_incomplete: 'rule',
  held_out: 'shop',
  shop_held_out: 'shop',
  queued: 'fact',
  goal_reached: 'shop',
  campaign_stopped: 'shop',
  condition_no_longer: 'shop',
  too_late: 'fact',
  too_old: 'fact',
  erased: 'rule',
  sent: 'fact',
  provider_refused: 'fact',
  opted_out_at_provider: 'rule',
  not_on_kakao: 'fact',
  template_mismatch: 'rule',
  sender_unregistered: 'rule',
  outside_window: 'rule',
  spam_filtered: 'fact',
  unreachable: 'fact',
  no_balance: 'fact',
  provider_paused: 'fact',
  paused: 'shop',
  paced: 'shop',
  halted: 'shop',
  delivered: 'fact',
  delivery_unknown: 'fact',
  no_visit: 'shop',
  provider_unavailable: 'fact',
  unconfirmed: 'fact',
  settled_sent: 'fact',
  settled_not_sent: 'fact',
} as const satisfies Record<DecisionReason, 'rule' | 'shop' | 'fact'>

const reasons = Object.entries(behind) as [DecisionReason, 'rule' | 'shop' | 'fact'][]

test.each(reasons)(
  '%s, of %s, has its sentence in both languages and names its rule',
  (reason, of) => {
    const { ko, en, rule } = reasonLine(reason)
    expect(ko).toMatch(/[가-힣].*\.$/)
    expect(en).toMatch(/^[A-Z].*\.$/)
    expect(rule !== null).toBe(of === 'rule')
    if (rule) expect(Object.values<Rule>(law)).toContainEqual(expect.objectContaining(rule))
  },
)

test.each(reasons)('what a customer is told of %s names the rule too', (reason) => {
  const told = { reason, at: Date.UTC(2026, 2, 2, 1), until: null, data: null }
  const nothing = () => undefined
  const names = { message: nothing, coupon: nothing, product: nothing }
  const line = decisionLine(told, names, { zone: 'Asia/Seoul', now: Date.UTC(2026, 2, 2, 2) })
  const { rule } = reasonLine(reason)
  for (const language of ['ko', 'en'] as const)
    expect(line[language].includes(rule?.article[language] ?? '근거')).toBe(rule !== null)
})
