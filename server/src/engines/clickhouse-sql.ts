/** What a statement needs from the host: rows that can be streamed, rows held whole, a block of data, or neither. */
export type Statement =
  | { readonly kind: 'select'; readonly format: string; readonly streams: boolean }
  | {
      readonly kind: 'data'
      readonly table: string
      readonly columns: readonly string[]
      readonly format: string
      readonly inline: string
    }
  | { readonly kind: 'command' }
  | { readonly kind: 'session' }

/** Formats whose chunks may follow each other: no head, no foot, no comma between rows. */
const streamable = new Set([
  'JSONEachRow',
  'JSONCompactEachRow',
  'TabSeparated',
  'TSV',
  'CSV',
  'Native',
  'RowBinary',
])
/** Formats in which the engine takes a block of rows as bytes. */
const insertable = new Set([
  'JSONEachRow',
  'JSONCompactEachRow',
  'CSV',
  'CSVWithNames',
  'TSV',
  'TabSeparated',
  'TSVWithNames',
  'TabSeparatedWithNames',
])
const names = String.raw`[\w.\x60]+`
const insertShape = new RegExp(
  String.raw`^insert\s+into\s+(?:table\s+)?(${names})\s*(?:\(([^()]*)\)\s*)?format\s+(\w+)(?:\s|$)`,
  'i',
)

/** Reads the head of a statement; `defaultFormat` is used where the statement names none. */
export function readStatement(sql: string, defaultFormat: string): Statement {
  const bare = withoutLeadingRemarks(sql)
  const insert = insertShape.exec(bare)
  if (insert) {
    const [head, table = '', columns, format = ''] = insert
    if (insertable.has(format)) {
      const inline = bare.slice(head.length)
      const columnNames = columns?.split(',').map((name) => unquoted(name.trim())) ?? []
      return { kind: 'data', table: unquoted(table), columns: columnNames, format, inline }
    }
  }
  const word = /^[(\s]*([a-z]+)/i.exec(bare)?.[1]?.toLowerCase() ?? ''
  if (word === 'set' || word === 'use') return { kind: 'session' }
  if (!['select', 'with', 'show', 'describe', 'desc', 'explain', 'exists'].includes(word)) {
    return { kind: 'command' }
  }
  const tail = /\bformat\s+(\w+)(?:\s+settings\s[^;]*)?[\s;]*$/i.exec(bare)
  const format = tail?.[1] ?? defaultFormat
  return {
    kind: 'select',
    format,
    streams: (word === 'select' || word === 'with') && streamable.has(format),
  }
}

/** Remarks and blank lines before the first word are skipped: they would hide what kind of statement it is. */
function withoutLeadingRemarks(sql: string): string {
  return sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '')
}

function unquoted(name: string): string {
  return name.replaceAll('`', '')
}

/** A value as a ClickHouse string literal; settings and parameters of any type are read from text. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** The number in `Code: 60. DB::Exception: ...`, or 1002 (UNKNOWN_EXCEPTION). */
export function exceptionCode(message: string): number {
  return Number(/^Code: (\d+)/.exec(message)?.[1] ?? 1002)
}

/** Text of an exception as ClickHouse's HTTP answers it. */
export function exceptionText(message: string, version: string): string {
  const body = message.startsWith('Code: ')
    ? message
    : `Code: 1002. DB::Exception: ${message} (UNKNOWN_EXCEPTION)`
  return `${body.trimEnd()} (version ${version})\n`
}

/** HTTP status for an exception code, as ClickHouse's HTTPHandler maps them. */
export function exceptionStatus(code: number): number {
  if (code === 516 || code === 192) return 403
  if ([60, 81, 16, 47, 46].includes(code)) return 404
  if (code === 159) return 408
  if (code === 48) return 501
  if (
    [6, 27, 26, 36, 38, 41, 42, 43, 53, 62, 69, 72, 73, 115, 117, 321, 386, 456, 457].includes(code)
  )
    return 400
  return 500
}

/** Which of the sessions serves a request; every session runs one statement at a time. */
export type Lane = 'write' | 'read' | 'long'

/** Longer than this and a statement goes to the long lane, where it can delay only its like. */
export const shortMs = 10_000

/** Inserts always have their own session; everything else goes by the time it asks for. */
export function laneOf(statement: Statement, maxMs: number): Lane {
  if (statement.kind === 'data') return 'write'
  if (maxMs > shortMs) return 'long'
  return statement.kind === 'select' ? 'read' : 'write'
}
