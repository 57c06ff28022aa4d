import type { Database } from '../database/connection.store.ts'
import type { BackupNote } from './backup-plan.ts'

/** Any number will do, as long as every Danggol process takes the same lock. */
const backupLock = 4_700_004_702

/** The last backups, the newest first. */
export async function readBackups(db: Database, limit: number): Promise<readonly BackupNote[]> {
  return await db<BackupNote[]>`
    select id, kind, state, started_at as "startedAt", seen_at as "seenAt", finished_at as "finishedAt",
           folder, files, rows, bytes, problem
    from backups order by id desc limit ${limit}`
}

type Begun = {
  readonly kind: BackupNote['kind']
  readonly folder: string
  readonly now: number
  /** Writers that were not heard since then have died. */
  readonly alive: number
  /** The newest note that was looked at (its id): where another came since, whoever looked looks again. */
  readonly newest: number
}

/** Notes a backup that begins, unless another one is under way; one that was asked for takes its own note. */
export async function beginBackup(db: Database, begun: Begun): Promise<number | undefined> {
  const { kind, folder, now } = begun
  return await db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${backupLock})`
    await tx`
      update backups set state = 'failed', problem = 'interrupted', finished_at = seen_at
      where state = 'running' and seen_at < ${begun.alive}`
    const [other] = await tx`
      select 1 from backups where state = 'running' or (id > ${begun.newest} and state <> 'asked')`
    if (other) return undefined
    const [asked] = await tx<{ id: number }[]>`
      update backups set state = 'running', started_at = ${now}, seen_at = ${now}, folder = ${folder}
      where state = 'asked' and kind = ${kind} returning id`
    if (asked || kind === 'asked') return asked?.id
    const [row] = await tx<{ id: number }[]>`
      insert into backups (kind, state, started_at, seen_at, folder)
      values (${kind}, 'running', ${now}, ${now}, ${folder}) returning id`
    return row?.id
  })
}

/** Asks for a backup; a worker takes it. Nothing where one is asked for already. */
export async function askBackup(db: Database, now: number): Promise<void> {
  await db`
    insert into backups (kind, state, started_at, seen_at, folder)
    select 'asked', 'asked', ${now}, ${now}, ''
    where not exists (select from backups where state = 'asked')`
}

/** How far a running backup is; that it was heard of keeps it from being taken for dead. */
export async function noteProgress(
  db: Database,
  id: number,
  so: {
    readonly now: number
    readonly files: number
    readonly rows: number
    readonly bytes: number
  },
): Promise<void> {
  await db`
    update backups set seen_at = ${so.now}, files = ${so.files}, rows = ${so.rows}, bytes = ${so.bytes}
    where id = ${id} and state = 'running'`
}

/** Ends a backup, failed where a problem is told. */
export async function endBackup(
  db: Database,
  id: number,
  end: { readonly now: number; readonly problem: string | null },
): Promise<void> {
  await db`
    update backups set state = ${end.problem === null ? 'done' : 'failed'}, problem = ${end.problem},
      seen_at = ${end.now}, finished_at = ${end.now}
    where id = ${id}`
}

/** Forgets all but the newest notes. */
export async function forgetNotes(db: Database, kept: number): Promise<void> {
  await db`delete from backups where id <= (select max(id) from backups) - ${kept}`
}

/** The zone of the first shop and when the first was made; undefined while there is none. */
export async function readInstallation(
  db: Database,
): Promise<{ readonly zone: string; readonly installedAt: number } | undefined> {
  const [row] = await db<{ zone: string; installedAt: number }[]>`
    select time_zone as zone, created_at as "installedAt" from shops order by id limit 1`
  return row
}

/** Bytes of the database on disk. */
export async function databaseBytes(db: Database): Promise<number> {
  const [row] = await db<{ bytes: number }[]>`select pg_database_size(current_database()) as bytes`
  return row?.bytes ?? 0
}
