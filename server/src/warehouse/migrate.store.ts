import { readdir, readFile } from 'node:fs/promises'
import { ClickHouseError, createClient } from '@clickhouse/client'
import type { Warehouse } from './connection.store.ts'
import { nameEngines, splitStatements } from './engine.ts'

const migrationsFolder = new URL('./migrations/', import.meta.url)
/** TABLE_ALREADY_EXISTS and DICTIONARY_ALREADY_EXISTS: a run died between the statement and its note. */
const alreadyThere = new Set(['57', '487'])

/**
 * Creates the database when it is missing and runs each statement of migrations/*.sql once, in order. ClickHouse has no
 * transactions for DDL, so every statement is noted by itself and a run that was cut off continues where it stopped.
 * `only` (undoing an upgrade) stops at the schema that a backup was written under.
 */
export async function migrateWarehouse(
  warehouse: Warehouse,
  topology: { readonly cluster: string | undefined } = { cluster: undefined },
  options: { readonly only?: readonly string[] | undefined } = {},
): Promise<void> {
  await createDatabase(warehouse, topology)
  await warehouse.command(
    nameEngines(
      'create table if not exists schema_migrations (name String, statement UInt32) engine = {{MergeTree}} order by (name, statement)',
      topology,
    ),
  )
  const done = await warehouse.query<{ name: string; statement: number }>(
    'select name, statement from schema_migrations',
  )
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  const unknown = done.find((row) => !names.includes(row.name))
  if (unknown) {
    throw new Error(
      `The history was written by a newer Danggol (migration ${unknown.name}). Install that version, or restore a backup of this one.`,
    )
  }
  for (const name of names) {
    if (options.only && !options.only.includes(name)) continue
    const text = await readFile(new URL(name, migrationsFolder), 'utf8')
    for (const [statement, sql] of splitStatements(text).entries()) {
      if (done.some((row) => row.name === name && row.statement === statement)) continue
      await once(warehouse, nameEngines(named(sql, warehouse), topology))
      await warehouse.insert('schema_migrations', [{ name, statement }])
    }
  }
}

/** Names of migrations that have run, so far as they have. */
export async function warehouseMigrations(warehouse: Warehouse): Promise<readonly string[]> {
  const rows = await warehouse.query<{ name: string }>(
    'select distinct name from schema_migrations order by name',
  )
  return rows.map((row) => row.name)
}

async function once(warehouse: Warehouse, sql: string): Promise<void> {
  try {
    await warehouse.command(sql)
  } catch (error) {
    if (error instanceof ClickHouseError && alreadyThere.has(error.code)) return
    throw error
  }
}

/** A dictionary reads its table as a user of the server: the one of our URL, unless that is the passwordless default. */
function named(sql: string, warehouse: Warehouse): string {
  const url = new URL(warehouse.url)
  const user = decodeURIComponent(url.username)
  const credentials =
    user === '' || user === embeddedUser
      ? ''
      : `user ${quoted(user)} password ${quoted(decodeURIComponent(url.password))}`
  return sql
    .replaceAll('{{credentials}}', credentials)
    .replaceAll('{{database}}', warehouse.database)
}

/** The embedded host takes its token as the password of this name; inside, everything is the default user. */
export const embeddedUser = 'danggol-embedded'

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

async function createDatabase(
  warehouse: Warehouse,
  topology: { readonly cluster: string | undefined },
): Promise<void> {
  const client = createClient({ url: warehouse.url, log: { level: 127 } })
  const onCluster = topology.cluster === undefined ? '' : ` on cluster ${topology.cluster}`
  try {
    await client.command({
      query: `create database if not exists ${warehouse.database}${onCluster}`,
    })
  } finally {
    await client.close()
  }
}
