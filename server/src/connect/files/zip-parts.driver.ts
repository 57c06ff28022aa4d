import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Refusal } from '../../lib/refusal.ts'

/** The end of the directory stands in the last 64 KiB. */
const tailBytes = 66_000
/** A workbook has a dozen parts; pictures and drawings make a few hundred. */
const partsLimit = 5_000

type Part = { readonly method: number; readonly bytes: number; readonly offset: number }

/** The parts of a zip archive that is held in memory, unpacked as they are read and never beyond the limit asked for. */
export function zipParts(archive: Buffer) {
  const parts = directoryOf(archive)
  return {
    has: (name: string) => parts.has(name),
    /** Chunks of the part; throws as soon as it has unpacked to more than `limitBytes`: what its directory says is not believed. */
    read: (name: string, limitBytes: number): AsyncGenerator<Buffer> => {
      const part = parts.get(name)
      if (!part) throw broken(`${name} is missing`)
      return unpacked(archive, part, limitBytes)
    },
  }
}
export type ZipParts = ReturnType<typeof zipParts>

async function* unpacked(archive: Buffer, part: Part, limitBytes: number): AsyncGenerator<Buffer> {
  const { offset } = part
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== 0x04034b50)
    throw broken('a part of it is missing')
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  if (start + part.bytes > archive.length) throw broken('a part of it is cut off')
  const packed = archive.subarray(start, start + part.bytes)
  const source = part.method === 0 ? [packed] : Readable.from([packed]).pipe(createInflateRaw())
  let size = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.byteLength
      if (size > limitBytes)
        throw new Refusal('too-large', 'The workbook unpacks to too much; split it.', 'file')
      yield chunk
    }
  } catch (error) {
    throw error instanceof Refusal ? error : broken('a part of it is damaged')
  }
}

function directoryOf(archive: Buffer): ReadonlyMap<string, Part> {
  const from = Math.max(0, archive.length - tailBytes)
  const end = archive.subarray(from).lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || from + end + 22 > archive.length) throw broken('its directory is missing')
  const count = archive.readUInt16LE(from + end + 10)
  if (count > partsLimit) throw broken('it has too many parts')
  const parts = new Map<string, Part>()
  let at = archive.readUInt32LE(from + end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== 0x02014b50)
      throw broken('its directory is cut off')
    const nameLength = archive.readUInt16LE(at + 28)
    const method = archive.readUInt16LE(at + 10)
    const isLocked = (archive.readUInt16LE(at + 8) & 1) === 1
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    if (!isLocked && (method === 0 || method === 8))
      parts.set(name, {
        method,
        bytes: archive.readUInt32LE(at + 20),
        offset: archive.readUInt32LE(at + 42),
      })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return parts
}

const broken = (why: string) =>
  new Refusal('invalid', `The workbook cannot be read: ${why}.`, 'file')
