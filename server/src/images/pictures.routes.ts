import { Hono } from 'hono'
import { readPicturePath } from './address.ts'
import type { Images } from './images.service.ts'

/** What is asked for most is kept in memory, bytes. */
const memoryBytes = 48 * 1024 * 1024

const headersOf = (media: string) => ({
  'content-type': media,
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  // Opened by itself it is a picture and nothing more.
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
})

/** Pictures of the library for everybody: `/i/<key>/<file>`. What an address holds never changes, so it is kept for ever. */
export function picturePages(needs: {
  readonly images: Pick<Images, 'served'>
  readonly onError?: (error: unknown) => void
}): Hono {
  const app = new Hono()
  const kept = recentFiles(memoryBytes)
  app.get('/i/:key/:file', async (context) => {
    const asked = readPicturePath(context.req.path)
    if (!asked) return missing()
    const etag = `"${asked.key}.${asked.file}"`
    try {
      const file = kept.get(context.req.path) ?? (await needs.images.served(asked.key, asked.file))
      if (!file) return missing()
      kept.put(context.req.path, file)
      const headers = { ...headersOf(file.media), etag }
      if (context.req.header('if-none-match') === etag) {
        return new Response(null, { status: 304, headers })
      }
      const length = { 'content-length': String(file.bytes.byteLength) }
      return new Response(Buffer.from(file.bytes), { headers: { ...headers, ...length } })
    } catch (error) {
      needs.onError?.(error)
      return new Response('', { status: 503, headers: { 'retry-after': '2' } })
    }
  })
  return app
}

const missing = () =>
  new Response('', {
    status: 404,
    headers: { 'cache-control': 'public, max-age=60', 'x-content-type-options': 'nosniff' },
  })

type File = { readonly media: string; readonly bytes: Uint8Array }

/** Files by address up to so many bytes together; the one that was not asked for the longest leaves first. */
function recentFiles(bytesLimit: number) {
  const files = new Map<string, File>()
  let bytes = 0
  const drop = (path: string) => {
    bytes -= files.get(path)?.bytes.byteLength ?? 0
    files.delete(path)
  }
  return {
    get: (path: string): File | undefined => files.get(path),
    put: (path: string, file: File): void => {
      drop(path)
      files.set(path, file)
      bytes += file.bytes.byteLength
      for (const oldest of files.keys()) {
        if (bytes <= bytesLimit || oldest === path) break
        drop(oldest)
      }
    },
  }
}
