import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { parse as parseWhole } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { Refusal } from '../lib/refusal.ts'

/** Content of a file, unpacked when gzipped; Korean spreadsheets' CP949 is recognised where UTF-8 would be broken. */
export type CsvFile = {
  readonly bytes: number
  /** SHA-256 of the file as it lies on disk, hex. */
  readonly hash: string
  /** Records by column name, with the share of the file read so far. */
  readonly records: () => AsyncGenerator<{
    readonly record: Readonly<Record<string, string>>
    readonly line: number
    readonly share: number
  }>
}

/** Looks at a file; refuses what is not there or cannot be read. */
export async function csvFile(path: string): Promise<CsvFile> {
  const { size } = await stat(path).catch(() => {
    throw new Refusal('not-found', `There is no file ${path}, or it cannot be read.`, 'file')
  })
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const isGzip = await startsWith(path, [0x1f, 0x8b])
  const encoding = await encodingOf(path, isGzip)
  return {
    bytes: size,
    hash: hash.digest('hex'),
    records: () => records(path, { size, isGzip, encoding }),
  }
}

async function* records(
  path: string,
  file: { readonly size: number; readonly isGzip: boolean; readonly encoding: string },
) {
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 })
  let read = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      read += chunk.byteLength
      done(null, chunk)
    },
  })
  const plain = file.isGzip ? source.pipe(counted).pipe(createGunzip()) : source.pipe(counted)
  const text: Readable | NodeJS.ReadWriteStream = plain.pipe(iconv.decodeStream(file.encoding))
  const parser = text.pipe(
    parse({
      columns: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }),
  )
  // A broken file ends the parser with the reason instead of ending nowhere.
  for (const stage of [source, plain])
    stage.on('error', (error: Error) => parser.destroy(broken(error)))
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>
    info: { lines: number }
  }>) {
    yield { record, line: info.lines, share: file.size === 0 ? 1 : read / file.size }
  }
}

/** A line of a small file with its number, from 1. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

/**
 * The rows of a small CSV file, header or not: UTF-8 with or without its mark, else CP949; commas, semicolons or tabs. Empty
 * lines are left out; one line more than `limit` is read, so that the caller sees there are too many.
 */
export function csvRows(bytes: Buffer, limit: number): readonly CsvRow[] {
  const text = textOf(bytes)
  try {
    const parsed = parseWhole(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      to: limit + 1,
    }) as unknown as readonly {
      readonly record: readonly string[]
      readonly info: { readonly lines: number }
    }[]
    return parsed.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    throw broken(error instanceof Error ? error : new Error('it cannot be read'))
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return iconv.decode(bytes, 'cp949')
  }
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

function broken(error: Error): Refusal {
  return new Refusal('invalid', `The file is broken (${error.message}).`, 'file')
}

async function startsWith(path: string, bytes: readonly number[]): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer } = await handle.read(Buffer.alloc(bytes.length), 0, bytes.length, 0)
    return bytes.every((byte, index) => buffer[index] === byte)
  } finally {
    await handle.close()
  }
}

// The first 64 KB tell: text that is not valid UTF-8 is taken for CP949.
async function encodingOf(path: string, isGzip: boolean): Promise<string> {
  const raw = createReadStream(path, { end: 64 * 1024 })
  const stream = isGzip ? raw.pipe(createGunzip({ finishFlush: 2 })) : raw
  const chunks: Buffer[] = []
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer)
  } catch {
    throw new Refusal('invalid', 'The file is gzipped but broken.', 'file')
  }
  const head = Buffer.concat(chunks)
  // The last character may be cut in half.
  const whole = head.subarray(0, Math.max(0, head.length - 4))
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(whole, { stream: true })
    return 'utf8'
  } catch {
    return 'cp949'
  }
}
