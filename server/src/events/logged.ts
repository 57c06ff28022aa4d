import type { Ids } from '../customers/identity.ts'
import { readJson } from '../lib/json-parse.ts'
import type { Body, Happening, HappeningKind } from './happening.ts'

/** A row of `log` but for its place: what accept writes and the line reads. */
export type LogRow = {
  readonly kind: string
  readonly name: string
  readonly at: number
  readonly receivedAt: number
  /** JSON: the ids, and the message id as `messageId`. */
  readonly ids: string
  /** JSON; order of keys and digits of numbers as they came. */
  readonly body: string
  readonly importId: string | null
}

/** Writes a happening for the log. JSON escapes every control character, so the text holds no NUL. */
export function toLogRow(happening: Happening): LogRow {
  return {
    kind: happening.kind,
    name: happening.name,
    at: happening.at,
    receivedAt: happening.receivedAt,
    ids: JSON.stringify({ messageId: happening.messageId, ...happening.ids }),
    body: JSON.stringify(happening.body),
    importId: happening.importId ?? null,
  }
}

/** Reads back what toLogRow wrote; throws when the row was not written by it. */
export function fromLogRow(row: LogRow): Happening {
  const { messageId, ...ids } = JSON.parse(row.ids) as Ids & { readonly messageId: string }
  const body = readJson(row.body)
  if (body.kind === 'refused') throw new Error(`a body in the log is unreadable. ${body.why}`)
  const happening = {
    kind: row.kind as HappeningKind,
    name: row.name,
    at: row.at,
    receivedAt: row.receivedAt,
    messageId,
    ids,
    body: body.value as Body,
  }
  return row.importId === null ? happening : { ...happening, importId: row.importId }
}

/**
 * What a message id is remembered under. Who may send what differs, so each has its own space: a page with the public
 * key can't use up the id of a server's event or of one the line will derive.
 */
export function dedupeKey(happening: Happening): string {
  if (happening.kind === 'derived' || happening.kind === 'receipt' || happening.kind === 'edit') {
    return `line:${happening.messageId}`
  }
  return `${happening.body.browser ? 'browser' : 'shop'}:${happening.messageId}`
}
