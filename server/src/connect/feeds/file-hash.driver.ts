import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../../lib/refusal.ts'

/** Copies a file and answers its SHA-256, hex. */
export async function fileHash(from: string, to: string): Promise<string> {
  return await hashed(createReadStream(from), { to, limitBytes: Number.POSITIVE_INFINITY })
}

/** Writes what comes into a file; answers its SHA-256, hex. Refuses what is longer than the limit. */
export async function hashed(
  source: AsyncIterable<Uint8Array>,
  { to, limitBytes }: { readonly to: string; readonly limitBytes: number },
): Promise<string> {
  const hash = createHash('sha256')
  let size = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.byteLength
      hash.update(chunk)
      if (size <= limitBytes) done(null, chunk)
      else done(new Refusal('too-large', 'The file is larger than is taken.', 'file'))
    },
  })
  await pipeline(source, counted, createWriteStream(to))
  return hash.digest('hex')
}
