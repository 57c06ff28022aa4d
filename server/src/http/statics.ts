import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

type File = {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
  readonly forever: boolean
  packed: Map<string, Buffer>
}

/**
 * A built folder, read once into memory (under 10 MB) and answered compressed.
 * Only the names found at start are served, so no path can reach outside.
 */
export function statics(folder: string) {
  const files = new Map<string, File>()
  if (existsSync(folder)) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name)
      if (statSync(path).isFile()) files.set(`/${name.split(sep).join('/')}`, fileOf(path))
    }
  }
  return {
    count: files.size,
    /** The answer for a path of the folder, or undefined. */
    serve: (
      path: string,
      request: Request,
      headers: Readonly<Record<string, string>> = {},
    ): Response | undefined => {
      const file = files.get(path)
      return file && respond(file, request, headers)
    },
  }
}

function fileOf(path: string): File {
  const body = readFileSync(path)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const forever = /\/assets\//.test(path.split(sep).join('/'))
  return {
    body,
    etag,
    forever,
    type: types[extname(path)] ?? 'application/octet-stream',
    packed: new Map(),
  }
}

function respond(file: File, request: Request, extra: Readonly<Record<string, string>>): Response {
  const headers: Record<string, string> = {
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'cache-control': file.forever ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...extra,
  }
  if (request.headers.get('if-none-match') === file.etag)
    return new Response(null, { status: 304, headers })
  const accepts = request.headers.get('accept-encoding') ?? ''
  const encoding =
    file.type.startsWith('font/') || file.type === 'image/png'
      ? ''
      : /\bbr\b/.test(accepts)
        ? 'br'
        : /\bgzip\b/.test(accepts)
          ? 'gzip'
          : ''
  if (encoding === '') return new Response(new Uint8Array(file.body), { headers })
  const packed = file.packed.get(encoding) ?? pack(file.body, encoding)
  file.packed.set(encoding, packed)
  return new Response(new Uint8Array(packed), {
    headers: { ...headers, 'content-encoding': encoding },
  })
}

function pack(body: Buffer, encoding: string): Buffer {
  if (encoding === 'gzip') return gzipSync(body)
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}
