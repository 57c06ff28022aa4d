import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { Refusal } from '../lib/refusal.ts'

/** Largest body, as sent and unpacked. */
const bodyBytesLimit = 500 * 1024

const tooLarge = () =>
  new Refusal(
    'too-large',
    `A request may hold at most ${bodyBytesLimit / 1024} KB; split the batch.`,
    'body',
  )

/** Node's own request, which @hono/node-server hands over beside the standard one. */
export type NodeEnv = { readonly incoming?: IncomingMessage }

/**
 * The body's text. Reading stops at the limit, whatever the length header says. Gzip is told by its first bytes, because
 * clients label it as they like; a byte order mark is dropped.
 */
export async function bodyText(request: Request, env: NodeEnv | undefined): Promise<string> {
  // A declared 10 MB is refused before the first byte of it is read.
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesLimit) throw tooLarge()
  // Straight from the socket: the standard stream between costs as much as the rest of the request together.
  const bytes = env?.incoming ? await readIncoming(env.incoming) : await readStream(request)
  return decoded(isGzip(bytes) ? gunzipped(bytes) : bytes)
}

function readIncoming(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= bodyBytesLimit) chunks.push(chunk)
      else reject(tooLarge())
    })
    incoming.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    )
    // A connection that closes before the body ended says so here.
    incoming.on('error', () => reject(new Refusal('invalid', 'The body did not end.', 'body')))
  })
}

async function readStream(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > bodyBytesLimit) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

function gunzipped(bytes: Buffer): Buffer {
  try {
    // Stops at the limit: a small file that unpacks to gigabytes never does.
    return gunzipSync(bytes, { maxOutputLength: bodyBytesLimit })
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Refusal('invalid', 'The gzip data is damaged.', 'body')
  }
}

function decoded(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return bytes.toString('utf8', hasMark ? 3 : 0)
}
