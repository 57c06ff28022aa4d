import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type ClickhouseRequest, readRequest } from './clickhouse-request.driver.ts'
import { prepare, type Seat, type Sessions } from './clickhouse-sessions.driver.ts'
import {
  exceptionCode,
  exceptionStatus,
  exceptionText,
  laneOf,
  readStatement,
  type Statement,
  shortMs,
} from './clickhouse-sql.ts'

/** Marks an exception that comes after rows were sent; the client looks for it at the end of the body. */
const exceptionTag = 'danggolexception'

type Host = { readonly sessions: Sessions; readonly token: string; readonly version: string }

/**
 * Serves ClickHouse's HTTP interface over chdb: enough of it for the official client unchanged. Whoever does not bring the
 * token as password is refused, so that other users of the machine cannot read the shop's history over loopback.
 */
export function clickhouseServer(host: Host) {
  const server = createServer((request, response) => {
    answer(host, request, response).catch((error: unknown) => fail(host, response, error))
  })
  server.keepAliveTimeout = 60_000
  // An insert may wait behind others for longer than Node's default patience.
  server.requestTimeout = 0
  return server
}

async function answer(
  host: Host,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0]
  if (path === '/ping') {
    response.end('Ok.\n')
    return
  }
  if (!isAuthentic(request, host.token)) {
    throw new Error('Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)')
  }
  const asked = await readRequest(request)
  response.setHeader('x-clickhouse-query-id', asked.queryId)
  response.setHeader('x-clickhouse-server-display-name', 'danggol')
  response.setHeader('x-clickhouse-timezone', 'UTC')
  const statement = readStatement(asked.sql, asked.defaultFormat)
  if (statement.kind === 'session') {
    throw new Error(
      'Code: 48. DB::Exception: SET and USE are refused: sessions are shared. Send settings and the database with each request. (NOT_IMPLEMENTED)',
    )
  }
  const maxMs = Number(asked.settings.get('max_execution_time') ?? shortMs / 1_000) * 1_000
  const lane = laneOf(statement, maxMs > 0 ? maxMs : Number.POSITIVE_INFINITY)
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const seat = await host.sessions.take(lane, gone.signal)
  let killing: Promise<void> | undefined
  const kill = () => {
    if (!response.writableFinished) killing = host.sessions.kill(seat).catch(() => {})
  }
  try {
    if (gone.signal.aborted) return
    gone.signal.addEventListener('abort', kill)
    await prepare(seat, withDefaults(asked.settings), asked.database)
    refuseStaleParameters(seat, asked)
    if (gone.signal.aborted) return
    await run(seat, { statement, asked, response, maxMs, gone: gone.signal })
  } finally {
    gone.signal.removeEventListener('abort', kill)
    await killing
    host.sessions.give(lane, seat)
  }
}

function withDefaults(settings: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return settings.has('max_execution_time')
    ? settings
    : new Map([...settings, ['max_execution_time', String(shortMs / 1_000)]])
}

/** A parameter cannot be unset in a session: one that an earlier request left must not stand in for one that is missing. */
function refuseStaleParameters(seat: Seat, asked: ClickhouseRequest): void {
  for (const [, name = ''] of asked.sql.matchAll(/\{(\w+)\s*:/g)) {
    if (seat.standing.has(`param_${name}`) && !asked.settings.has(`param_${name}`)) {
      throw new Error(
        `Code: 456. DB::Exception: Substitution \`${name}\` is not set. (UNKNOWN_QUERY_PARAMETER)`,
      )
    }
  }
}

type Work = {
  readonly statement: Exclude<Statement, { kind: 'session' }>
  readonly asked: ClickhouseRequest
  readonly response: ServerResponse
  /** 0: no limit. */
  readonly maxMs: number
  /** Aborted when the client went away. */
  readonly gone: AbortSignal
}

async function run(seat: Seat, work: Work): Promise<void> {
  const { statement, asked, response } = work
  switch (statement.kind) {
    case 'data': {
      const values =
        statement.inline === ''
          ? asked.data
          : Buffer.concat([Buffer.from(statement.inline), asked.data])
      const sum = await seat.session.insert({
        table: statement.table,
        ...(statement.columns.length === 0 ? {} : { columns: statement.columns }),
        values,
        format: statement.format as 'JSONEachRow',
      })
      finish(response, {
        written_rows: sum.rowsWritten,
        written_bytes: sum.bytesWritten,
        elapsed: sum.elapsed,
      })
      return
    }
    case 'command': {
      const text = asked.data.length === 0 ? asked.sql : `${asked.sql}\n${asked.data.toString()}`
      const result = await seat.session.queryAsync(text, { format: asked.defaultFormat })
      finish(
        response,
        { read_rows: result.rowsRead, read_bytes: result.bytesRead, elapsed: result.elapsed },
        result.bytes(),
      )
      return
    }
    case 'select':
      response.setHeader('x-clickhouse-format', statement.format)
      response.setHeader('content-type', contentType(statement.format))
      if (statement.streams && !asked.waitsForEnd) return stream(seat, work)
      return whole(seat, work)
  }
}

async function whole(seat: Seat, work: Work): Promise<void> {
  const result = await seat.session.queryAsync(work.asked.sql, { format: work.asked.defaultFormat })
  finish(
    work.response,
    { read_rows: result.rowsRead, read_bytes: result.bytesRead, elapsed: result.elapsed },
    result.bytes(),
  )
}

/** Sends rows as the engine makes them. Until the first rows are there an error still has its own HTTP status. */
async function stream(seat: Seat, { asked, response, gone, maxMs }: Work): Promise<void> {
  const startedAt = performance.now()
  const chunks = seat.session.queryStream(asked.sql, { format: asked.defaultFormat })
  response.setHeader('x-clickhouse-exception-tag', exceptionTag)
  try {
    for await (const chunk of chunks) {
      if (response.destroyed) break
      if (!response.write(chunk.raw())) await once(response, 'drain', { signal: gone })
    }
  } catch (error) {
    // chdb keeps a failed stream (and its place among the running queries) until the session's next statement.
    await seat.session.queryAsync('select 1').catch(() => {})
    throw error
  }
  // When the time runs out after the last row was made but before it was fetched, chdb drops it and calls the stream done.
  const tookMs = performance.now() - startedAt
  if (maxMs > 0 && tookMs >= maxMs) {
    throw new Error(
      `Code: 159. DB::Exception: Timeout exceeded: elapsed ${Math.round(tookMs)} ms, maximum: ${maxMs} ms. (TIMEOUT_EXCEEDED)`,
    )
  }
  finish(response, {})
}

function finish(
  response: ServerResponse,
  summary: Readonly<Record<string, number>>,
  body?: Uint8Array,
): void {
  if (!response.headersSent) {
    const { elapsed, ...counts } = summary
    const nanoseconds = Math.round((elapsed ?? 0) * 1e9)
    response.setHeader(
      'x-clickhouse-summary',
      JSON.stringify(
        Object.fromEntries(
          Object.entries({ ...emptySummary, ...counts, elapsed_ns: nanoseconds }).map(
            ([name, value]) => [name, String(value)],
          ),
        ),
      ),
    )
  }
  response.end(body)
}

const emptySummary = {
  read_rows: 0,
  read_bytes: 0,
  written_rows: 0,
  written_bytes: 0,
  total_rows_to_read: 0,
  result_rows: 0,
  result_bytes: 0,
}

function contentType(format: string): string {
  if (format.startsWith('JSONEachRow') || format.startsWith('JSONCompactEachRow'))
    return 'application/x-ndjson; charset=UTF-8'
  if (format.startsWith('JSON')) return 'application/json; charset=UTF-8'
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8'
  if (format === 'Native' || format.startsWith('RowBinary')) return 'application/octet-stream'
  return 'text/tab-separated-values; charset=UTF-8'
}

function fail(host: Host, response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  const text = exceptionText(error instanceof Error ? error.message : String(error), host.version)
  if (response.headersSent) {
    const length = Buffer.byteLength(text)
    response.end(
      `\r\n__exception__\r\n${exceptionTag}\r\n${text}${length} ${exceptionTag}\r\n__exception__\r\n`,
    )
    return
  }
  const code = exceptionCode(text)
  response.statusCode = exceptionStatus(code)
  response.setHeader('x-clickhouse-exception-code', String(code))
  response.setHeader('content-type', 'text/plain; charset=UTF-8')
  response.end(text)
}

function isAuthentic(request: IncomingMessage, token: string): boolean {
  const key = request.headers['x-clickhouse-key']
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const given = Buffer.from(
    typeof key === 'string'
      ? key
      : Buffer.from(basic ?? '', 'base64')
          .toString()
          .replace(/^[^:]*:/, ''),
  )
  const wanted = Buffer.from(token)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
