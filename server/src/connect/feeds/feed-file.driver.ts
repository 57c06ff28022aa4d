import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { Refusal } from '../../lib/refusal.ts'
import { columnName, type FeedLine } from './feed-fields.ts'
import { jsonRecords } from './json-records.ts'
import { xmlRecords } from './xml-records.driver.ts'
import { zipEntry } from './zip-entry.driver.ts'

/** Unpacked text of a feed; beyond it the file is a bomb or no feed. */
const plainBytesLimit = 4 * 1024 * 1024 * 1024
const headBytes = 64 * 1024

/** A file that was looked at: how it is packed, written and laid out. */
export type FeedFile = {
  readonly kind: 'xml' | 'json' | 'table'
  readonly encoding: 'utf8' | 'cp949' | 'utf16le'
  /** Records one after another; throws a Refusal where the file is broken. */
  readonly records: () => AsyncGenerator<FeedLine>
}

/** Looks at a file: gzip or zip or plain; UTF-8, UTF-16 or CP949; XML, JSON or a table with tabs, commas or semicolons. */
export async function feedFile(path: string): Promise<FeedFile> {
  const head = await headOf(path)
  const encoding = encodingOf(head)
  const first = iconv.decode(head, encoding).trimStart()
  if (first === '') throw broken('it is empty')
  const kind = first.startsWith('<') ? 'xml' : /^[[{]/.test(first) ? 'json' : 'table'
  const text = () => decoded(path, encoding)
  if (kind === 'table') {
    return { kind, encoding, records: () => tableRecords(text, signOf(first)) }
  }
  const read = kind === 'xml' ? xmlRecords : jsonReader
  return { kind, encoding, records: () => streamed(text, read) }
}

type Text = () => AsyncGenerator<string>

async function* decoded(path: string, encoding: FeedFile['encoding']): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  for await (const chunk of await plainOf(path)) yield decoder.write(chunk as Buffer)
  const last = decoder.end()
  if (last) yield last
}

async function* streamed(
  text: Text,
  reader: () => {
    readonly take: (part: string) => Iterable<FeedLine>
    readonly end: () => Iterable<FeedLine>
  },
): AsyncGenerator<FeedLine> {
  const reading = reader()
  try {
    for await (const part of text()) yield* reading.take(part)
    yield* reading.end()
  } catch (error) {
    throw asBroken(error)
  }
}

function jsonReader() {
  const cut = jsonRecords()
  const read = function* (texts: Iterable<string>): Generator<FeedLine> {
    for (const text of texts) yield lineOf(JSON.parse(text) as Record<string, unknown>)
  }
  return { take: (part: string) => read(cut.take(part)), end: () => read(cut.end()) }
}

function lineOf(record: Record<string, unknown>): FeedLine {
  const entries = Object.entries(record).map(([key, value]) => [columnName(key), textOf(value)])
  return Object.fromEntries(entries) as FeedLine
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join('\n')
  if (typeof value !== 'object') return String(value)
  // Google's API writes a price as value and currency.
  const { value: amount, currency } = value as { value?: unknown; currency?: unknown }
  return amount === undefined ? '' : [textOf(amount), textOf(currency)].join(' ').trim()
}

async function* tableRecords(text: Text, sign: string): AsyncGenerator<FeedLine> {
  const parser = parse({
    bom: true,
    delimiter: sign,
    columns: (header: string[]) => header.map((name, at) => columnName(name) || `column_${at + 1}`),
    // Naver's tables quote nothing, and names have inches in them.
    quote: sign === '\t' ? null : '"',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
  })
  // What breaks on the way ends the parser with the reason.
  pipeline(Readable.from(text()), parser, () => undefined)
  try {
    for await (const record of parser) yield record as FeedLine
  } catch (error) {
    throw asBroken(error)
  }
}

async function plainOf(path: string): Promise<Readable> {
  const packing = await packingOf(path)
  const source =
    packing === 'zip' ? await zipEntry(path) : createReadStream(path, { highWaterMark: 256 * 1024 })
  let size = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.byteLength
      if (size > plainBytesLimit) done(new Error('it unpacks to more than 4 GB'))
      else done(null, chunk)
    },
  })
  const plain = packing === 'gzip' ? pipeline(source, createGunzip(), () => undefined) : source
  pipeline(plain, counted, () => undefined)
  return counted
}

/** Whether a file is a zip archive. */
export async function isZip(path: string): Promise<boolean> {
  return (await packingOf(path)) === 'zip'
}

async function packingOf(path: string): Promise<'gzip' | 'zip' | 'plain'> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip'
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50 ? 'zip' : 'plain'
  } finally {
    await handle.close()
  }
}

/** The first 64 KB of what is in the file, however it is packed. */
async function headOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    const plain = await plainOf(path)
    for await (const chunk of plain) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).byteLength
      if (size >= headBytes) break
    }
  } catch (error) {
    // The beginning of a preview is enough; what is broken further on is found when it is read.
    if (size === 0) throw asBroken(error)
  }
  return Buffer.concat(chunks).subarray(0, headBytes)
}

function encodingOf(head: Buffer): FeedFile['encoding'] {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le'
  if (
    /^[^>]{0,100}encoding=["'](euc-kr|ks_c_5601-1987|cp949|ms949)["']/i.test(
      head.toString('latin1'),
    )
  )
    return 'cp949'
  // The last character may be cut in half.
  const whole = head.subarray(0, head.length < headBytes ? head.length : head.length - 4)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(whole, { stream: true })
    return 'utf8'
  } catch {
    return 'cp949'
  }
}

function signOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1)
  const counts = ['\t', ',', ';', '|'].map((sign) => [sign, first.split(sign).length] as const)
  const [sign, parts] = counts.reduce((best, one) => (one[1] > best[1] ? one : best))
  if (parts < 2) throw broken('its first line names no columns')
  return sign
}

function asBroken(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  return broken(error.message)
}

const broken = (why: string) => new Refusal('invalid', `The file cannot be read: ${why}.`, 'file')
