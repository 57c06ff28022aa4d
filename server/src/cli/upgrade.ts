import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Config } from '../config.ts'
import type { Database } from '../database/connection.store.ts'
import { databaseCopy } from '../database/copy.store.ts'
import { migrateDatabase, pendingMigrations } from '../database/migrate.store.ts'
import { backup } from '../engines/backup.service.ts'
import { systemClock } from '../lib/clock.ts'
import { bytesNeeded } from '../running/backup-plan.ts'
import { databaseBytes } from '../running/backups.store.ts'
import { warehouseBytes } from '../running/readings.store.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { warehouseCopy } from '../warehouse/copy.store.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'
import { type Journal, readJournal, writeJournal } from './upgrade-journal.ts'

/** What an upgrade tells as it goes; a test ends the process at one of them. */
export type Tell = (what: string, detail?: string) => void

type Opened = { readonly config: Config; readonly db: Database; readonly warehouse: Warehouse }

/** The newest backups of upgrades that are kept. */
const keptBackups = 2
const prefix = 'upgrade-'

/** What `versions.json` says before the engines of this version note themselves in it. */
export function versionsBefore(dataFolder: string): string | null {
  const path = join(dataFolder, 'versions.json')
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/** Throws when an undoing was cut off: what lies in the data folder then is neither the new nor the old. */
export function refuseHalfUndone(dataFolder: string): void {
  const step = readJournal(dataFolder)?.step
  if (step === 'aside' || step === 'restoring')
    throw new Error('Undoing an upgrade was cut off. Finish it: npm run danggol -- upgrade --undo')
}

/**
 * Brings the databases to this version: where they hold a shop and are older, a backup is written first, unless backups are
 * switched off. Cut off at any moment,
 * it is finished by calling it again, or undone by `undoUpgrade`. Answers whether there was anything to do.
 */
export async function bringUp(opened: Opened, before: string | null, tell: Tell): Promise<boolean> {
  const { config, db, warehouse } = opened
  const { dataFolder } = config
  const found = readJournal(dataFolder)
  const pending = await pendingMigrations(db)
  const isUnderWay = found?.step === 'migrating'
  const isSaved = config.backup.folder !== undefined && pending.length > 0 && !(await isEmpty(db))
  if (!isUnderWay && !isSaved) {
    await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
    return false
  }
  const journal = isUnderWay ? found : await saved(opened, before, tell)
  writeJournal(dataFolder, { ...journal, step: 'migrating' })
  tell('migrating', `${pending.length}`)
  await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
  tell('migrated')
  writeJournal(dataFolder, { ...journal, step: 'done' })
  forgetOld(dirname(journal.backup), journal.backup)
  tell('done', journal.backup)
  return true
}

async function saved(
  { config, db, warehouse }: Opened,
  before: string | null,
  tell: Tell,
): Promise<Journal> {
  const at = systemClock.now()
  const parent = config.backup.folder ?? config.dataFolder
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  await refuseWithoutRoom(parent, { db, warehouse })
  // To the millisecond: one that is called again within a second of being cut off finds no folder of its name.
  const folder = join(parent, `${prefix}${new Date(at).toISOString().replaceAll(/[-:.Z]/g, '')}`)
  const journal = { step: 'saving', at, backup: folder, versions: before } as const
  writeJournal(config.dataFolder, journal)
  tell('saving', folder)
  await backup({
    database: databaseCopy(db),
    warehouse: warehouseCopy(warehouse),
    folder,
    clock: systemClock,
    keep: config.secret === undefined ? [join(config.dataFolder, 'secret.key')] : [],
  })
  tell('saved', folder)
  return journal
}

async function refuseWithoutRoom(
  folder: string,
  { db, warehouse }: Pick<Opened, 'db' | 'warehouse'>,
): Promise<void> {
  const engineBytes = (await databaseBytes(db)) + (await warehouseBytes(warehouse).catch(() => 0))
  const wanted = bytesNeeded({ lastBytes: null, engineBytes })
  const disk = statfsSync(folder)
  if (disk.bavail * disk.bsize >= wanted) return
  throw new Error(
    `There is no room in ${folder} for the backup that comes before an upgrade (${(wanted / 1024 ** 3).toFixed(1)} GiB). ` +
      'Make room, set BACKUP_FOLDER to another disk, or go on without a way back: npm run danggol -- migrate',
  )
}

/** Nobody has a shop here yet: nothing could be lost. */
async function isEmpty(db: Database): Promise<boolean> {
  return (await databaseCopy(db).firstFull()) === undefined
}

function forgetOld(parent: string, newest: string): void {
  const all = readdirSync(parent).filter((name) => name.startsWith(prefix))
  // Those that were cut off are no backups, and would take the place of one.
  const cutOff = all.filter((name) => name.endsWith('.partial'))
  const whole = all.filter((name) => !name.endsWith('.partial')).sort()
  for (const name of [...cutOff, ...whole.slice(0, -keptBackups)]) {
    if (join(parent, name) !== newest) rmSync(join(parent, name), { recursive: true, force: true })
  }
}
