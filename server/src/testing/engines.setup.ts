import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connectDatabase } from '../database/connection.store.ts'
import { migrateDatabase } from '../database/migrate.store.ts'
import { startClickhouse } from '../engines/clickhouse.driver.ts'
import { startPostgres } from '../engines/postgres.driver.ts'
import { clearLeftovers, newTestFolder } from './folder.driver.ts'
import { makeWarehouseTemplate } from './warehouse-template.store.ts'
import { templateDatabase } from './world.store.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly databaseUrl: string
    readonly warehouseUrl: string
  }
}

/**
 * One PostgreSQL and one ClickHouse for the whole run, both thrown away after it. Every test file gets databases of its own
 * from `openTestWorld`, made like templates that are migrated here, once.
 */
export async function setup(project: TestProject): Promise<void> {
  await clearLeftovers()
  const folder = newTestFolder()
  const log = (level: string, message: string) => {
    if (level === 'error') console.error(message)
  }
  const [postgres, clickhouse] = await Promise.all([
    startPostgres({
      folder: join(folder, 'pg'),
      log,
      // A test run that is cut off by a power failure is run again.
      settings: {
        fsync: 'off',
        full_page_writes: 'off',
        synchronous_commit: 'off',
        max_connections: '200',
      },
    }),
    startClickhouse({ folder: join(folder, 'ch'), log }),
  ])
  await Promise.all([makeTemplate(postgres.serverUrl), makeWarehouseTemplate(clickhouse.url)])
  project.provide('databaseUrl', postgres.serverUrl('postgres'))
  project.provide('warehouseUrl', clickhouse.url)

  stop = async () => {
    await Promise.all([postgres.stop(), clickhouse.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeTemplate(urlOf: (database: string) => string): Promise<void> {
  const server = connectDatabase(urlOf('postgres'), { max: 1 })
  await server.unsafe(`create database ${templateDatabase}`)
  await server.end()
  const template = connectDatabase(urlOf(templateDatabase), { max: 1 })
  await migrateDatabase(template)
  await template.end()
}

let stop: (() => Promise<void>) | undefined

export async function teardown(): Promise<void> {
  await stop?.()
}
