import { connectWarehouse, type Warehouse } from '../warehouse/connection.store.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'

const template = 'danggol_template'

type Made = { readonly engine: string; readonly sql: string }

/** Migrates the warehouse that every other one of the run is made like. */
export async function makeWarehouseTemplate(url: string): Promise<void> {
  const warehouse = connectWarehouse({ url, database: template })
  await migrateWarehouse(warehouse)
  await warehouse.close()
}

/**
 * Makes `name` as the template is. ClickHouse copies no database; but making the tables as they have become takes a fifth of
 * running every migration, and tests do it some two hundred times.
 */
export async function likeTemplate(warehouse: Warehouse, name: string): Promise<void> {
  await warehouse.command(`create database ${name}`)
  const made = await warehouse.query<Made>(
    `select engine, create_table_query as sql from system.tables where database = '${template}'`,
  )
  // What others read from comes first.
  for (const kind of [/MergeTree$/, /View$/, /^Dictionary$/]) {
    const ofKind = made.filter(({ engine }) => kind.test(engine))
    await Promise.all(ofKind.map(({ sql }) => warehouse.command(sql.replaceAll(template, name))))
  }
  await warehouse.command(
    `insert into ${name}.schema_migrations select * from ${template}.schema_migrations`,
  )
}
