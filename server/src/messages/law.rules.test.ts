import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Rule } from './law/rule.ts'
import { law } from './law.ts'
import { decisionReasons } from './reasons.ts'

const place = new URL('../../../docs/guide/law.md', import.meta.url)
const guide = readFileSync(place, 'utf8')

/** The guide with the rules as they stand in the product. */
function asItIs(): string {
  const rows = Object.values<Rule>(law).map(
    ({ article, text, kept, reviewed, unconfirmed }) =>
      `| ${article.en} (${article.ko}) | ${text.en} | ${kept.en} | ${reviewed} | ${unconfirmed?.en ?? ''} |\n`,
  )
  return guide.replace(
    /(\| rule \| what it says \|.*\n\|---.*\n)(\| .*\n)*/,
    (_, head: string) => head + rows.join(''),
  )
}

test('the guide says the rules as the product holds to them; `npx vitest run law -u` writes it anew', async () => {
  expect(guide).toMatch(/\| rule \| what it says \|/)
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

// What refuses for a reason of the law or of a channel; the others are limits of the shop and plain facts.
const byRule = [
  'first_send_locked',
  'complained',
  'opted_out',
  'under_14',
  'no_consent',
  'no_personal_data_consent',
  'night',
  'night_dropped',
  'hours_at_night',
  'channel_hours',
  'sender_incomplete',
  'erased',
  'opted_out_at_provider',
  'template_mismatch',
  'sender_unregistered',
  'outside_window',
] as const

test.each(byRule)('a refusal for %s names its rule', (reason) => {
  expect(Object.values<Rule>(law)).toContain(decisionReasons[reason].rule)
})
