import { readdir, readFile } from 'node:fs/promises'
import type { Database, Tx } from './connection.store.ts'

const migrationsFolder = new URL('./migrations/', import.meta.url)
/** Any number will do, as long as every Danggol process takes the same lock. */
const migrationLock = 4_700_004_700

/**
 * Brings the database to the newest schema: each file of migrations/ in order of its name, each in its own transaction
 * under one advisory lock, so that several processes may start at once. Returns the names applied now.
 * `only` (restore) stops at the schema that a backup was written under.
 */
export async function migrateDatabase(
  db: Database,
  options: { readonly only?: readonly string[] } = {},
): Promise<readonly string[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  const missing = options.only?.find((name) => !names.includes(name))
  if (missing) {
    throw new Error(`The backup was written by a newer Danggol (migration ${missing}).`)
  }
  await db.begin(async (tx) => {
    await lock(tx)
    await tx`create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now())`
  })
  const known = await db<{ name: string }[]>`select name from schema_migrations`
  const unknown = known.find((row) => !names.includes(row.name))
  if (unknown) {
    throw new Error(
      `The database was written by a newer Danggol (migration ${unknown.name}). Install that version, or restore a backup of this one.`,
    )
  }
  const applied: string[] = []
  for (const name of names) {
    if (known.some((row) => row.name === name)) continue
    if (options.only && !options.only.includes(name)) continue
    const text = await readFile(new URL(name, migrationsFolder), 'utf8')
    const isNew = await db.begin(async (tx) => apply(tx, name, text))
    if (isNew) applied.push(name)
  }
  return applied
}

/** Names of migrations that the database has not seen; all of them where it is empty. */
export async function pendingMigrations(db: Database): Promise<readonly string[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  const [table] = await db`select to_regclass('public.schema_migrations') is not null as is_there`
  if (!table?.is_there) return names
  const known = await db<{ name: string }[]>`select name from schema_migrations`
  return names.filter((name) => !known.some((row) => row.name === name))
}

async function apply(tx: Tx, name: string, text: string): Promise<boolean> {
  await lock(tx)
  const [done] = await tx`select 1 from schema_migrations where name = ${name}`
  if (done) return false
  await tx.unsafe(text).simple()
  await tx`insert into schema_migrations (name) values (${name})`
  return true
}

async function lock(tx: Tx): Promise<void> {
  await tx`select pg_advisory_xact_lock(${migrationLock})`
}
