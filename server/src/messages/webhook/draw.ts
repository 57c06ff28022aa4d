import type { JsonObject } from '../../lib/json.ts'
import type { Nature } from '../content.ts'
import { factsUsed } from '../fact-use.ts'
import { type Draft, scopeOf } from '../scope.ts'
import { parseTemplate, renderTemplate, type Template } from '../template.ts'
import type { CompiledWebhook } from './content.ts'

/** A compiled call with its templates parsed. */
export type ParsedWebhook = {
  readonly channel: 'webhook'
  readonly nature: Nature
  readonly url: string
  readonly fields: readonly { readonly name: string; readonly value: Template }[]
  readonly facts: readonly string[]
}

export type DrawnWebhook =
  | {
      readonly kind: 'ok'
      readonly channel: 'webhook'
      readonly subject: null
      /** The values as JSON, for whoever looks. */
      readonly text: string
      readonly url: string
      readonly values: JsonObject
      readonly links: readonly string[]
    }
  | { readonly kind: 'failed'; readonly message: string }

/** Parses the templates; undefined only when the content was damaged after publishing. */
export function parseWebhook(compiled: CompiledWebhook): ParsedWebhook | undefined {
  const fields: { readonly name: string; readonly value: Template }[] = []
  for (const { name, value } of compiled.fields) {
    const parsed = parseTemplate(value, 'text')
    if (parsed.kind !== 'ok') return undefined
    fields.push({ name, value: parsed.template })
  }
  const { nature, url } = compiled
  const facts = [...new Set(fields.flatMap(({ value }) => factsUsed(value)))]
  return { channel: 'webhook', nature, url, fields, facts }
}

/** Draws the values of one person; a failure names the field. */
export function drawWebhook(call: ParsedWebhook, draft: Draft): DrawnWebhook {
  const scope = scopeOf(draft)
  const globals = { zone: draft.shop.timeZone, now: draft.at }
  const values: Record<string, string> = {}
  for (const { name, value } of call.fields) {
    const rendered = renderTemplate(value, scope, globals)
    if (rendered.kind === 'failed') {
      return { kind: 'failed', message: `${name}: ${rendered.message}` }
    }
    values[name] = rendered.text
  }
  const text = JSON.stringify(values, null, 2)
  return { kind: 'ok', channel: 'webhook', subject: null, text, url: call.url, values, links: [] }
}
