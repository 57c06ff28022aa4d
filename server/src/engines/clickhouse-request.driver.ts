import type { IncomingMessage } from 'node:http'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib'

/** A request to ClickHouse's HTTP interface, read whole. */
export type ClickhouseRequest = {
  /** The statement without its data. */
  readonly sql: string
  /** Rows of an INSERT, still bytes; empty otherwise. */
  readonly data: Buffer
  readonly database: string
  readonly queryId: string
  readonly defaultFormat: string
  readonly waitsForEnd: boolean
  /** Settings by name and parameters as `param_<name>`, in text. */
  readonly settings: ReadonlyMap<string, string>
}

const bodyMaxBytes = 256 * 1024 * 1024
/** Words of the HTTP interface that are no settings of the engine. */
const interfaceWords = new Set([
  'query',
  'database',
  'query_id',
  'default_format',
  'wait_end_of_query',
  'buffer_size',
  'user',
  'password',
  'role',
  'session_id',
  'session_timeout',
  'session_check',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'compress',
  'decompress',
  'cancel_http_readonly_queries_on_client_close',
])

/** Reads statement, data, parameters and settings from the URL, the body (compressed or not) or a multipart form. */
export async function readRequest(request: IncomingMessage): Promise<ClickhouseRequest> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const fields = new Map(url.searchParams)
  const body = await readBody(request)
  const type = request.headers['content-type'] ?? ''
  const isForm = type.startsWith('multipart/form-data')
  if (isForm) {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData()
    for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value)
  }
  const inUrl = fields.get('query') ?? ''
  const settings = new Map<string, string>()
  for (const [name, value] of fields) {
    if (interfaceWords.has(name)) continue
    if (!/^\w+$/.test(name)) {
      throw new Error(`Code: 115. DB::Exception: Unknown setting '${name}'. (UNKNOWN_SETTING)`)
    }
    settings.set(name, value)
  }
  return {
    sql: inUrl === '' ? body.toString() : inUrl,
    data: inUrl === '' || isForm ? Buffer.alloc(0) : body,
    database: fields.get('database') ?? header(request, 'x-clickhouse-database') ?? 'default',
    queryId: fields.get('query_id') ?? crypto.randomUUID(),
    defaultFormat:
      fields.get('default_format') ?? header(request, 'x-clickhouse-format') ?? 'TabSeparated',
    waitsForEnd: fields.get('wait_end_of_query') === '1',
    settings,
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of decompressed(request)) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > bodyMaxBytes) {
      throw new Error(
        `Code: 637. DB::Exception: The request is larger than ${bodyMaxBytes} bytes; send it in parts. (HTTP_REQUEST_TOO_LARGE)`,
      )
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks, length)
}

function decompressed(request: IncomingMessage): AsyncIterable<unknown> {
  switch (request.headers['content-encoding']) {
    case undefined:
    case 'identity':
      return request
    case 'gzip':
      return request.pipe(createGunzip())
    case 'deflate':
      return request.pipe(createInflate())
    case 'br':
      return request.pipe(createBrotliDecompress())
    case 'zstd':
      return request.pipe(createZstdDecompress())
    default:
      throw new Error(
        `Code: 89. DB::Exception: Unknown compression method ${request.headers['content-encoding']}. (UNKNOWN_COMPRESSION_METHOD)`,
      )
  }
}
