import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandOf, end, lives, markOf, type ProcessMark } from '../engines/process.driver.ts'

const prefix = 'danggol-test-'
const ownerFile = 'owner.json'

/** A folder for one run, readable by PostgreSQL's own user; one that a killed run leaves is cleared by the next run. */
export function newTestFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, ownerFile), JSON.stringify(markOf(process.pid)))
  return folder
}

/** Ends the servers of runs that were killed, and removes their folders. */
export async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
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
