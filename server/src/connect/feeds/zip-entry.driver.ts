import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { Refusal } from '../../lib/refusal.ts'

/** The end of the directory stands in the last 64 KiB. */
const tailBytes = 66_000
/** Directories of feeds are short. */
const directoryBytes = 1024 * 1024

/** The first file of a zip archive, unpacked as it is read; folders and what macOS adds are passed over. */
export async function zipEntry(path: string): Promise<Readable> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, tailBytes))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0 || end + 22 > tail.length) throw broken('its directory is missing')
    const length = tail.readUInt32LE(end + 12)
    const offset = tail.readUInt32LE(end + 16)
    if (offset === 0xffffffff) throw broken('it is larger than 4 GB')
    if (length > directoryBytes || offset + length > size) throw broken('its directory is cut off')
    const directory = Buffer.alloc(length)
    await handle.read(directory, 0, length, offset)
    const entry = firstFile(directory)
    const head = Buffer.alloc(30)
    await handle.read(head, 0, 30, entry.offset)
    const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
    if (start + entry.bytes > size) throw broken('a file in it is cut off')
    const raw = createReadStream(path, { start, end: Math.max(start, start + entry.bytes - 1) })
    if (entry.method === 0) return raw
    return pipeline(raw, createInflateRaw(), () => undefined)
  } finally {
    await handle.close()
  }
}

function firstFile(directory: Buffer) {
  for (let at = 0; at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== 0x02014b50) break
    const nameLength = directory.readUInt16LE(at + 28)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
    const method = directory.readUInt16LE(at + 10)
    const isLocked = (directory.readUInt16LE(at + 8) & 1) === 1
    if (!name.endsWith('/') && !name.startsWith('__MACOSX')) {
      if (isLocked || (method !== 0 && method !== 8))
        throw broken('it is locked or packed unusually')
      return {
        method,
        bytes: directory.readUInt32LE(at + 20),
        offset: directory.readUInt32LE(at + 42),
      }
    }
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  throw broken('there is no file in it')
}

const broken = (why: string) =>
  new Refusal('invalid', `The zip archive cannot be read: ${why}.`, 'file')
