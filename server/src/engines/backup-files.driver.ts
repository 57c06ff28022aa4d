import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'

/** A file of a backup as its manifest names it; `sha256` is of the compressed bytes on disk. */
export type Written = { readonly bytes: number; readonly sha256: string; readonly rows: number }

const gatherBytes = 64 * 1024

/** Writes lines compressed to a file that only its owner may read, and tells what was written. */
export async function writeFileOf(
  path: string,
  lines: AsyncIterable<Uint8Array>,
): Promise<Written> {
  const digest = createHash('sha256')
  let bytes = 0
  let rows = 0
  await pipeline(
    gathered(lines),
    new Transform({
      transform(chunk: Buffer, _, done) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++
        done(null, chunk)
      },
    }),
    createZstdCompress(),
    new Transform({
      transform(chunk: Buffer, _, done) {
        digest.update(chunk)
        bytes += chunk.length
        done(null, chunk)
      },
    }),
    createWriteStream(path, { mode: 0o600, flush: true }),
  )
  return { bytes, sha256: digest.digest('hex'), rows }
}

/** PostgreSQL hands out a piece a row; pieces of 64 KiB cost far fewer steps. */
async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length < gatherBytes) continue
    yield Buffer.concat(parts, length)
    parts = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(parts, length)
}

/** The lines of a file of a backup. */
export function readFileOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path).pipe(createZstdDecompress())
}

export async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer)
  return digest.digest('hex')
}
