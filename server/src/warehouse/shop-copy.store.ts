import type { Warehouse } from './connection.store.ts'
import { copyRows, tablesOf } from './copy.store.ts'
import { copyIn, inLines, withClient } from './copy-lines.store.ts'

/** Tables with history of a shop; the others are made anew from these and from PostgreSQL's rows. */
const wanted: ReadonlySet<string> = new Set(['events', 'customers', 'order_versions'])

export type ShopHistory = {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: number
}

/**
 * One shop's history as tab-separated text without the shop: events up to where history is complete, and of each person and order
 * the newest row up to the line (as warehouseCopy has it of all shops).
 */
export async function copyShopOut(
  warehouse: Warehouse,
  of: { readonly shop: number; readonly line: number; readonly history: number },
  write: (table: string, lines: AsyncIterable<Uint8Array>) => Promise<number>,
): Promise<readonly ShopHistory[]> {
  return await withClient(warehouse, async (client) => {
    const done: ShopHistory[] = []
    for (const table of await tablesOf(warehouse)) {
      if (!wanted.has(table.name)) continue
      const columns = table.columns.filter((name) => name !== 'shop')
      const rows = await write(table.name, copyRows(client, { table, columns, ...of }))
      done.push({ name: table.name, columns, rows })
    }
    return done
  })
}

/** Loads lines of `copyShopOut` as the history of a shop. */
export async function copyShopIn(
  warehouse: Warehouse,
  shop: number,
  table: Omit<ShopHistory, 'rows'> & { readonly lines: AsyncIterable<Uint8Array> },
): Promise<void> {
  if (!wanted.has(table.name)) throw new Error(`${table.name} is no table of history.`)
  const columns = ['shop', ...table.columns]
  await withClient(warehouse, async (client) => {
    for await (const lines of inLines(table.lines))
      await copyIn(client, { table: { name: table.name, columns }, lines: ownedBy(shop, lines) })
  })
}

/** Leaves no history of a shop behind whose import failed. */
export async function clearShop(warehouse: Warehouse, shop: number): Promise<void> {
  for (const table of [...wanted, 'aliases'])
    await warehouse.command(
      'delete from {table:Identifier} where shop = {shop:UInt32}',
      { table, shop },
      { maxMs: 600_000 },
    )
}

// The shop's number before each line: a line ends nowhere but at its end.
function ownedBy(shop: number, lines: Buffer): Buffer {
  const text = lines.toString('latin1')
  const whole = text.endsWith('\n') ? text.slice(0, -1) : text
  return Buffer.from(`${shop}\t${whole.replaceAll('\n', `\n${shop}\t`)}\n`, 'latin1')
}
