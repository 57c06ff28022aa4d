import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connectDatabase, type Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { manualClock } from '../lib/clock.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { likeTemplate } from './warehouse-template.store.ts'

/** The database every world's database is copied from. */
export const templateDatabase = 'danggol_template'

/** A Sunday morning in Seoul, noon of no holiday: 2026-03-01T00:00:00Z. */
const startsAt = Date.UTC(2026, 2, 1)

export type TestWorld = Awaited<ReturnType<typeof openTestWorld>>

/**
 * A world for one test file: a PostgreSQL and a ClickHouse database of its own, migrated and empty, and a clock that moves by
 * hand. Open it in `beforeAll`, close it in `afterAll`.
 */
export async function openTestWorld(
  options: { readonly now?: number; readonly max?: number } = {},
) {
  const name = `w_${randomBytes(6).toString('hex')}`
  const server = connectDatabase(inject('databaseUrl'), { max: 1 })
  const root = connectWarehouse({ url: inject('warehouseUrl'), database: 'default' })
  const warehouse = connectWarehouse({ url: inject('warehouseUrl'), database: name })
  await Promise.all([
    server.unsafe(`create database ${name} template ${templateDatabase} strategy file_copy`),
    likeTemplate(root, name),
  ])
  await root.close()
  const databaseUrl = siblingUrl(inject('databaseUrl'), name)
  const db = connectDatabase(databaseUrl, { max: options.max ?? 8 })
  return {
    db,
    warehouse,
    clock: manualClock(options.now ?? startsAt),
    databaseUrl,
    warehouseUrl: inject('warehouseUrl'),
    async close(): Promise<void> {
      await Promise.all([db.end({ timeout: 5 }), warehouse.command(`drop database ${name}`)])
      await warehouse.close()
      await server.unsafe(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/**
 * Databases of its own for a server that runs as a process, migrated and empty, named as the settings of the server name them.
 * They go with the run's engines.
 */
export async function openServerDatabases(): Promise<{
  readonly DATABASE_URL: string
  readonly CLICKHOUSE_URL: string
}> {
  const name = `s_${randomBytes(6).toString('hex')}`
  const server = connectDatabase(inject('databaseUrl'), { max: 1 })
  const root = connectWarehouse({ url: inject('warehouseUrl'), database: 'default' })
  await Promise.all([
    server.unsafe(`create database ${name} template ${templateDatabase} strategy file_copy`),
    likeTemplate(root, name),
  ])
  await Promise.all([server.end(), root.close()])
  return {
    DATABASE_URL: siblingUrl(inject('databaseUrl'), name),
    CLICKHOUSE_URL: siblingUrl(inject('warehouseUrl'), name),
  }
}

/** The URL of another database of the same server. */
export function siblingUrl(url: string, name: string): string {
  const sibling = new URL(url)
  sibling.pathname = `/${name}`
  return sibling.toString()
}

/** Inserts a shop row, the least that anything else needs; with its log head and lanes. */
export async function insertShop(
  db: Database,
  shop: {
    readonly name?: string
    readonly timeZone?: string
    readonly currency?: string
    readonly createdAt?: number
  } = {},
): Promise<ShopId> {
  const [row] = await db<{ id: number }[]>`
    insert into shops (name, time_zone, currency, created_at)
    values (${shop.name ?? '단골상점'}, ${shop.timeZone ?? 'Asia/Seoul'}, ${shop.currency ?? 'KRW'}, ${shop.createdAt ?? startsAt})
    returning id`
  const id = row?.id as ShopId
  await db`insert into log_heads (shop) values (${id})`
  await db`insert into lanes (shop, name) values (${id}, 'line'), (${id}, 'history')`
  return id
}
