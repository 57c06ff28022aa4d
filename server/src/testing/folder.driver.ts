import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandOf, end, lives, markOf, type ProcessMark } from '../engines/process.driver.ts'

const prefix = 'danggol-test-'
const ownerFile = 'owner.json'
/** A file system in memory, where the system has one. */
const inMemory = '/dev/shm'
/** So much must be free for it: what several engines of one run may write at most. */
const plentyBytes = 8 * 1024 ** 3

/** In memory where there is plenty: the thousand files of one more database take 30 ms there, and 900 on a virtual disk. */
function home(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory)
    const isPlenty = Math.min(bavail * bsize, process.availableMemory()) >= plentyBytes
    return isPlenty ? inMemory : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** A folder for one run, readable by PostgreSQL's own user; one that a killed run leaves is cleared by the next run. */
export function newTestFolder(): string {
  const folder = mkdtempSync(join(home(), prefix))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, ownerFile), JSON.stringify(markOf(process.pid)))
  return folder
}

/** Ends the servers of runs that were killed, and removes their folders. */
export async function clearLeftovers(): Promise<void> {
  const homes = [tmpdir(), inMemory].filter((one) => existsSync(one))
  const folders = homes.flatMap((one) => readdirSync(one).map((name) => ({ name, one })))
  for (const { name, one } of folders) {
    if (!name.startsWith(prefix)) continue
    const folder = join(one, name)
    const owner = ownerOf(folder)
    if (!owner || lives(owner)) continue
    await endServers(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

function ownerOf(folder: string): ProcessMark | undefined {
  const file = join(folder, ownerFile)
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProcessMark) : undefined
  } catch {
    return undefined
  }
}

async function endServers(folder: string): Promise<void> {
  const notes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('postmaster.pid'),
  )
  for (const note of notes) {
    const mark = markOf(Number(readFileSync(join(folder, note), 'utf8').split('\n')[0]))
    if (!mark || !commandOf(mark.pid)?.includes(folder)) continue
    await end(mark, [
      { signal: 'SIGQUIT', waitMs: 3_000 },
      { signal: 'SIGKILL', waitMs: 3_000 },
    ])
  }
}
