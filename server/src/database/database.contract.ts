import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectDatabase, type Database } from './connection.store.ts'
import { databaseCopy } from './copy.store.ts'
import { databaseHealth } from './health.store.ts'
import { migrateDatabase } from './migrate.store.ts'

/** What every PostgreSQL must do for Danggol, the embedded one and one given by URL alike. */
export function databaseContract(serverUrl: () => string): void {
  const name = `c_${randomBytes(6).toString('hex')}`
  let server: Database
  let db: Database

  beforeAll(async () => {
    server = connectDatabase(serverUrl(), { max: 1 })
    await server.unsafe(`create database ${name}`)
    const url = new URL(serverUrl())
    url.pathname = `/${name}`
    db = connectDatabase(url.toString(), { max: 4 })
  })
  afterAll(async () => {
    await db.end()
    await server.unsafe(`drop database ${name} with (force)`)
    await server.end()
  })

  describe('PostgreSQL', () => {
    test('is migrated once, however many processes start together', async () => {
      const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase(db)))
      const applied = runs.flat().sort()
      expect(applied.length).toBeGreaterThan(4)
      expect(new Set(applied).size).toBe(applied.length)
      expect(await migrateDatabase(db)).toEqual([])
    })

    test('written by a newer version is refused', async () => {
      await db`insert into schema_migrations (name) values ('9999_future.sql')`
      await expect(migrateDatabase(db)).rejects.toThrow(
        'written by a newer Danggol (migration 9999_future.sql)',
      )
      await db`delete from schema_migrations where name = '9999_future.sql'`
    })

    test('gives 64-bit numbers as numbers, in columns and in arrays, and takes bigint', async () => {
      const [row] = await db<{ one: number; many: number[]; at: number }[]>`
        select ${2 ** 53 - 1}::bigint as one, ${[1, 2 ** 40]}::bigint[] as many, ${10n}::bigint as at`
      expect(row).toEqual({ one: 2 ** 53 - 1, many: [1, 2 ** 40], at: 10 })
    })

    test('finds part of a Hangul name by its index', async () => {
      await db.begin(async (tx) => {
        await tx`create temporary table people (name text) on commit drop`
        await tx`create index on people using gin (name gin_trgm_ops)`
        await tx`insert into people select '손님 ' || n from generate_series(1, 3000) n`
        await tx`insert into people values ('김단골손님')`
        await tx`analyze people`
        // Three thousand short rows are read faster without an index; the question is whether it can be used.
        await tx`set local enable_seqscan = off`
        const found = await tx`select name from people where name like ${'%단골손%'}`
        expect(found).toEqual([{ name: '김단골손님' }])
        const plan = await tx`explain select name from people where name like ${'%단골손%'}`
        expect(JSON.stringify(plan)).toContain('Bitmap Index Scan')
      })
    })

    test('rolls back a transaction that throws', async () => {
      await db`create table rolled (n bigint)`
      const failing = db.begin(async (tx) => {
        await tx`insert into rolled values (1)`
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      expect(await db`select n from rolled`).toEqual([])
      await db`drop table rolled`
    })

    test('is copied out and into an empty database, row for row', async () => {
      await db`
        insert into shops (name, created_at) values (${'tab\there, line\nthere, \\N and 단골'}, ${2 ** 52})`
      const { snapshot, files } = await dumped(db)
      await server.unsafe(`create database ${name}_copy`)
      const url = new URL(serverUrl())
      url.pathname = `/${name}_copy`
      const copy = connectDatabase(url.toString(), { max: 2 })
      try {
        expect(await databaseCopy(copy).firstFull()).toBeUndefined()
        await databaseCopy(copy).load(snapshot, async function* (table) {
          yield files.get(table) ?? new Uint8Array()
        })
        const [before] = await db`select * from shops`
        const [after] = await copy`select * from shops`
        // A copy says that it is one, and sends nothing until somebody calls it the one.
        const at = after?.restored_at
        expect(at).toBeGreaterThan(0)
        expect(after).toEqual({ ...before, restored_at: at, halted_at: at, halted_by: 'restore' })
        expect(await databaseCopy(copy).firstFull()).toBe('shops')
      } finally {
        await copy.end()
        await server.unsafe(`drop database ${name}_copy with (force)`)
      }
    })

    test('says that it is well', async () => {
      expect(await databaseHealth(db)).toEqual({ ok: true, message: 'answers' })
    })
  })
}

async function dumped(db: Database) {
  const files = new Map<string, Buffer>()
  const snapshot = await databaseCopy(db).dump(async (table, bytes) => {
    const parts: Uint8Array[] = []
    for await (const part of bytes) parts.push(part)
    const whole = Buffer.concat(parts)
    files.set(table, whole)
    return whole.filter((byte) => byte === 10).length
  })
  return { snapshot, files }
}
