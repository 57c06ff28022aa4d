import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { lives, markOf, type ProcessMark } from './process.driver.ts'

/** What a running Danggol tells others on the machine: who it is and where its engines are. Readable by its user only. */
export type Running = ProcessMark & {
  readonly databaseUrl?: string
  readonly warehouseUrl?: string
  readonly warehouseDatabase?: string
}

const lockName = 'danggol.pid'

/**
 * Takes a data folder for this process. A folder that a living Danggol holds is refused; the note of one that was killed is
 * recognised (its number is gone or belongs to a process that began later) and replaced.
 */
export function lockFolder(folder: string) {
  makeFolder(folder)
  const own = markOf(process.pid)
  if (!own) throw new Error('The start time of this process cannot be read; is /proc mounted?')
  const lock = join(folder, lockName)
  const write = (running: Running) => {
    const draft = `${lock}.${process.pid}`
    writeFileSync(draft, JSON.stringify(running), { mode: 0o600 })
    return draft
  }
  const draft = write(own)
  try {
    while (!taken(draft, lock)) clearStale(folder, lock)
  } finally {
    rmSync(draft, { force: true })
  }
  return {
    /** Lets the CLI find the engines while they run. */
    announce(running: Omit<Running, keyof ProcessMark>): void {
      renameSync(write({ ...own, ...running }), lock)
    },
    release(): void {
      if (readNote(lock)?.pid === process.pid) rmSync(lock, { force: true })
    },
  }
}
export type FolderLock = ReturnType<typeof lockFolder>

/** The Danggol that runs on this data folder now, if any. */
export function runningOn(folder: string): Running | undefined {
  const note = readNote(join(folder, lockName))
  return note && lives(note) ? note : undefined
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The data folder ${folder} cannot be used (${why}). Give it to this user, or set DANGGOL_DATA to another folder.`,
    )
  }
}

/** A link either is made or is not: two starts at once cannot both have it. */
function taken(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function clearStale(folder: string, lock: string): void {
  const note = readNote(lock)
  if (note && lives(note)) {
    throw new Error(
      `Danggol already runs on ${folder} (process ${note.pid}). Stop it first, or set DANGGOL_DATA to another folder.`,
    )
  }
  // Whoever renames it first has it; what was renamed is looked at again, because it may be a new one by now.
  const aside = `${lock}.stale.${process.pid}`
  try {
    renameSync(lock, aside)
  } catch {
    return
  }
  const moved = readNote(aside)
  if (moved && lives(moved)) taken(aside, lock)
  rmSync(aside, { force: true })
}

function readNote(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch {
    return undefined
  }
}

/** Versions of what wrote a data folder, in numbers parted by dots. */
export type Versions = {
  readonly danggol: string
  readonly postgresql?: string
  readonly clickhouse?: string
}

/** Refuses data that a newer version wrote. Data of an older one are taken over by migrations. */
export function refuseNewer(folder: string, ours: Versions): void {
  const file = join(folder, 'versions.json')
  if (!existsSync(file)) return
  const written = JSON.parse(readFileSync(file, 'utf8')) as Versions
  for (const name of ['danggol', 'postgresql', 'clickhouse'] as const) {
    const [before, now] = [written[name], ours[name]]
    if (before !== undefined && now !== undefined && isNewer(before, now)) {
      throw new Error(
        `The data in ${folder} were written by ${name} ${before}; this installation has ${now}. Install the newer Danggol again, or use another data folder.`,
      )
    }
  }
}

/** Names in the data folder what writes it from now on. */
export function noteVersions(folder: string, ours: Versions): void {
  const file = join(folder, 'versions.json')
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(ours, undefined, 2)}\n`)
  renameSync(draft, file)
}

/** Compares the first two numbers: patch releases read each other's data. */
function isNewer(a: string, b: string): boolean {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number)
  const [b1 = 0, b2 = 0] = b.split('.').map(Number)
  return a1 > b1 || (a1 === b1 && a2 > b2)
}
