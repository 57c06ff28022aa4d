import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Readings } from './checks.ts'

/** Room on the disk that a folder lies on; null where that cannot be read. */
export function diskOf(folder: string): Readings['disk'] {
  try {
    const disk = statfsSync(folder)
    return { free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize }
  } catch {
    return null
  }
}

/** Memory that may be taken without another process losing it. */
export function memoryNow(): Readings['memory'] {
  return { available: availableBytes(), total: totalmem() }
}

// What Linux calls available counts what it only holds as cache; elsewhere only what is free is known.
function availableBytes(): number {
  try {
    const [, kibibytes] =
      /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? []
    return kibibytes === undefined ? freemem() : Number(kibibytes) * 1024
  } catch {
    return freemem()
  }
}

/** A folder of backups, made when it is missing. */
export const backupDisk = {
  names: (folder: string): readonly string[] => readdirSync(folder),
  free: (folder: string): number => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return diskOf(folder)?.free ?? 0
  },
  remove: (folder: string, name: string): void =>
    rmSync(join(folder, name), { recursive: true, force: true }),
}
