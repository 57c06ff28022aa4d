import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import {
  type BackupNote,
  bytesNeeded,
  folderName,
  foldersToForget,
  isNightDue,
  lastNight,
  silentMs,
} from './backup-plan.ts'
import {
  askBackup,
  beginBackup,
  endBackup,
  forgetNotes,
  noteProgress,
  readBackups,
  readInstallation,
} from './backups.store.ts'

const shownNotes = 20
const keptNotes = 200
const progressMs = secondMs

/** What is written so far. */
export type Progress = { readonly files: number; readonly rows: number; readonly bytes: number }

export type BackupsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly plan: {
    readonly folder: string | undefined
    readonly minute: number
    readonly copies: number
  }
  /** Writes both engines into this folder; `tell` is called at least every few seconds. */
  readonly write: (folder: string, tell: (so: Progress) => void) => Promise<Progress>
  /** The folder of backups: names in it, bytes free, and removing one. */
  readonly disk: {
    readonly names: (folder: string) => readonly string[]
    readonly free: (folder: string) => number
    readonly remove: (folder: string, name: string) => void
  }
  /** What both engines hold on disk. */
  readonly engineBytes: () => Promise<number>
}

/**
 * The backups that nobody has to think of: one a night into a folder, the newest few kept, room looked for before anything is
 * written. What came of each is noted where every process sees it; of several workers one writes.
 */
export function backups(needs: BackupsNeeds) {
  const { db, clock, plan } = needs
  return {
    /** Makes the nightly backup when it is due, and one that was asked for; true when it wrote one. */
    turn: async (): Promise<boolean> => {
      const installation = await readInstallation(db)
      if (plan.folder === undefined || !installation) return false
      const now = clock.now()
      const { zone, installedAt } = installation
      const night = lastNight(now, zone, plan.minute)
      const notes = await readBackups(db, shownNotes)
      const isAsked = notes.some(({ state }) => state === 'asked')
      if (!isAsked && !isNightDue({ now, night, installedAt, notes })) return false
      const kind = isAsked ? 'asked' : 'nightly'
      return await one(needs, { kind, folder: plan.folder, name: folderName(now, zone), notes })
    },
    /** Lets a worker write one soon. */
    ask: async (): Promise<void> => {
      if (plan.folder === undefined)
        throw new Refusal('conflict', 'Backups are switched off (BACKUP_FOLDER=off).')
      await askBackup(db, clock.now())
    },
    /** What is planned and what came of the last ones. */
    status: async () => {
      const notes = await readBackups(db, shownNotes)
      const installation = await readInstallation(db)
      const now = clock.now()
      return {
        ...plan,
        notes: notes.map((note) => (isSilent(note, now) ? silenced(note) : note)),
        lastDone: notes.find((note) => note.state === 'done'),
        night: installation ? lastNight(now, installation.zone, plan.minute) : undefined,
        installedAt: installation?.installedAt,
      }
    },
  }
}
export type Backups = ReturnType<typeof backups>

const isSilent = (note: BackupNote, now: number) =>
  note.state === 'running' && now - note.seenAt >= silentMs
const silenced = (note: BackupNote): BackupNote => ({
  ...note,
  state: 'failed',
  finishedAt: note.seenAt,
  problem: 'interrupted',
})

async function one(
  needs: BackupsNeeds,
  begun: {
    readonly kind: BackupNote['kind']
    readonly folder: string
    readonly name: string
    readonly notes: readonly BackupNote[]
  },
): Promise<boolean> {
  const { db, clock } = needs
  const now = clock.now()
  const { kind, folder } = begun
  const path = `${folder}/${begun.name}`
  const newest = begun.notes[0]?.id ?? 0
  const id = await beginBackup(db, { kind, folder: path, now, alive: now - silentMs, newest })
  if (id === undefined) return false
  try {
    const problem = await written(needs, { ...begun, id, path })
    await endBackup(db, id, { now: clock.now(), problem })
    await forgetNotes(db, keptNotes)
    return problem === null
  } catch (error) {
    const problem = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
    await endBackup(db, id, { now: clock.now(), problem })
    throw error
  }
}

/** Writes it, notes what it is, and lets the oldest go; a code where there is no room. */
async function written(
  needs: BackupsNeeds,
  begun: {
    readonly id: number
    readonly folder: string
    readonly path: string
    readonly notes: readonly BackupNote[]
  },
): Promise<string | null> {
  const { db, clock, disk, plan } = needs
  const { id, folder, path, notes } = begun
  const lastBytes = notes.find(({ state }) => state === 'done')?.bytes ?? null
  const wanted = bytesNeeded({ lastBytes, engineBytes: await needs.engineBytes() })
  if (disk.free(folder) < wanted) return 'no_room'
  const so = await needs.write(path, throttled(needs, id))
  await noteProgress(db, id, { ...so, now: clock.now() })
  for (const name of foldersToForget(disk.names(folder), plan.copies)) disk.remove(folder, name)
  return null
}

/** Notes progress at most once a second; what cannot be noted is no reason to stop. */
function throttled({ db, clock }: BackupsNeeds, id: number): (so: Progress) => void {
  let last = 0
  return (so) => {
    const now = clock.now()
    if (now - last < progressMs) return
    last = now
    noteProgress(db, id, { ...so, now }).catch(() => undefined)
  }
}
