import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Database, Tx } from '../../database/connection.store.ts'
import { readFileOf, sha256Of, writeFileOf } from '../../engines/backup-files.driver.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { ShopHistory } from '../../warehouse/shop-copy.store.ts'
import { keepCarriedKeys, readCarriedKeys } from './carried-keys.store.ts'
import {
  aliasesOf,
  clearRows,
  isUntouched,
  knowsAddresses,
  putRows,
  putShopRow,
  readShopRow,
  renumber,
  restCampaigns,
  rowsOf,
  shopTables,
  standingOf,
} from './shop-copy.store.ts'
import {
  carriedPurposes,
  type Row,
  resealed,
  settingsToLeave,
  tablesOfShop,
} from './shop-tables.ts'

const linesAtOnce = 1_000

const Table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  sha256: z.string(),
})
const ExactManifest = z.object({
  format: z.literal(1),
  shop: z.object({
    name: z.string(),
    url: z.string().nullable(),
    timeZone: z.string(),
    currency: z.string(),
    language: z.string(),
    sender: z.string(),
    settings: z.string(),
    createdAt: z.number(),
  }),
  tables: z.array(Table),
  history: z.array(Table),
  keys: z.record(z.string(), z.string()),
})
type ExactManifest = z.infer<typeof ExactManifest>

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open' | 'seal' | 'keyToCarry'>
  /** Makes the partitions that today's rows belong into: those of a fresh installation may be missing. */
  readonly makeRoom: () => Promise<void>
  /** Stops what waited to be sent, and locks the first send, of a shop that arrived. */
  readonly quiet: (tx: Tx, shop: ShopId) => Promise<void>
  /** A shop's part of ClickHouse. */
  readonly history: {
    readonly write: (
      of: { readonly shop: ShopId; readonly line: number; readonly history: number },
      write: (table: string, lines: AsyncIterable<Uint8Array>) => Promise<number>,
    ) => Promise<readonly ShopHistory[]>
    readonly read: (
      shop: ShopId,
      table: Omit<ShopHistory, 'rows'> & { readonly lines: AsyncIterable<Uint8Array> },
    ) => Promise<void>
    readonly clear: (shop: ShopId) => Promise<void>
    /** Takes out who came only after the rows were read. */
    readonly forgetUnborn: (of: {
      readonly shop: ShopId
      readonly line: number
    }) => Promise<unknown>
  }
}

/**
 * A shop row by row, to be brought into an empty installation as it is: the same people under the same numbers, with everything that
 * hangs on them. Secrets stay; what was sealed leaves opened and is sealed with the other installation's own secret.
 */
export function shopCopy(needs: Needs) {
  return {
    /** Writes the shop into a folder that is not there yet; rows by table. */
    write: (shop: ShopId, folder: string) => writeCopy(needs, shop, folder),
    /** Brings a folder of `write` into a shop in which nothing ever happened; rows by table. */
    read: (shop: ShopId, folder: string) => readCopy(needs, shop, folder),
  }
}

async function writeCopy(needs: Needs, shop: ShopId, folder: string) {
  const { db, vault } = needs
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const tables: ExactManifest['tables'] = []
  const { row, standing } = await db.begin(
    'isolation level repeatable read read only',
    async (tx) => {
      for (const { name, columns } of await shopTables(tx)) {
        if (leavingOf(name).kind === 'stays') continue
        const written = await writeFileOf(fileOf(folder, name), linesOf(needs, tx, { shop, name }))
        tables.push({ name, columns: [...columns], rows: written.rows, sha256: written.sha256 })
      }
      return { row: await readShopRow(tx, shop), standing: await standingOf(tx, shop) }
    },
  )
  if (!row) throw new Refusal('not-found', `There is no shop ${shop}.`)
  const sums = new Map<string, string>()
  const history = await needs.history.write({ shop, ...standing }, async (name, lines) => {
    const written = await writeFileOf(fileOf(folder, `history-${name}`), lines)
    sums.set(name, written.sha256)
    return written.rows
  })
  const settings = settingsToLeave(JSON.parse(row.settings) as JsonObject)
  const manifest: ExactManifest = {
    format: 1,
    shop: { ...row, settings: JSON.stringify(settings) },
    tables,
    history: history.map((one) => ({
      ...one,
      columns: [...one.columns],
      sha256: sums.get(one.name) ?? '',
    })),
    keys: Object.fromEntries(carriedPurposes.map((one) => [one, vault.keyToCarry(one)])),
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2), { mode: 0o600 })
  return countsOf(manifest)
}

async function readCopy(needs: Needs, shop: ShopId, folder: string) {
  const { db, warehouse, vault } = needs
  const manifest = await readManifest(folder)
  await refuseUnfit(needs, shop, manifest)
  await needs.makeRoom()
  try {
    for (const { name, columns } of manifest.history) {
      const lines = readFileOf(fileOf(folder, `history-${name}`))
      await needs.history.read(shop, { name, columns, lines })
    }
    await db.begin(async (tx) => {
      const order = (await shopTables(tx)).filter(({ name }) => leavingOf(name).kind === 'leaves')
      for (const { name } of [...order].reverse()) await clearRows(tx, shop, name)
      for (const { name } of order) {
        const table = manifest.tables.find((one) => one.name === name)
        if (table) await loadTable(needs, tx, { shop, folder, table })
      }
      await putShopRow(tx, shop, manifest.shop)
      await needs.quiet(tx, shop)
      await restCampaigns(tx, shop, needs.clock.now())
      await renumber(tx)
      if ((await readCarriedKeys(tx)).length === 0)
        await keepCarriedKeys(
          tx,
          Object.entries(manifest.keys).map(([purpose, key]) => ({
            purpose,
            sealed: vault.seal(key),
          })),
        )
    })
  } catch (error) {
    await needs.history.clear(shop)
    throw error
  }
  const aliases = await aliasesOf(db, shop)
  if (aliases.length > 0) await warehouse.insert('aliases', aliases)
  const { line } = await db.begin((tx) => standingOf(tx, shop))
  await needs.history.forgetUnborn({ shop, line })
  await warehouse.reloadAliases()
  return countsOf(manifest)
}

async function loadTable(
  { vault }: Needs,
  tx: Tx,
  of: {
    readonly shop: ShopId
    readonly folder: string
    readonly table: ExactManifest['tables'][number]
  },
): Promise<void> {
  const { shop, folder, table } = of
  const { name, columns, rows } = table
  const leaving = leavingOf(name)
  if (leaving.kind === 'stays') return
  const isSealed = leaving.sealed.length + (leaving.within?.length ?? 0) > 0
  const arriving = (line: string) =>
    isSealed ? JSON.stringify(resealed(JSON.parse(line) as Row, leaving, vault.seal)) : line
  let count = 0
  let lines: string[] = []
  const put = async () => {
    if (lines.length > 0) await putRows(tx, shop, { table: name, columns, lines })
    count += lines.length
    lines = []
  }
  const file = createInterface({ input: Readable.from(readFileOf(fileOf(folder, name))) })
  for await (const line of file) {
    lines.push(arriving(line))
    if (lines.length >= linesAtOnce) await put()
  }
  await put()
  if (count !== rows)
    throw new Error(`${name} has ${count} rows in its file; the manifest says ${rows}.`)
}

async function* linesOf(
  { vault }: Needs,
  tx: Tx,
  { shop, name }: { readonly shop: ShopId; readonly name: string },
): AsyncGenerator<Uint8Array> {
  const leaving = leavingOf(name)
  if (leaving.kind === 'stays') return
  const { sealed, within = [], instead, only } = leaving
  const isAsItIs = instead === undefined && sealed.length + within.length === 0
  const departing = (line: string) => {
    const row = JSON.parse(line) as Row
    const put = instead?.(row) ?? {}
    const still = { sealed: sealed.filter((column) => !(column in put)), within }
    return JSON.stringify(resealed({ ...row, ...put }, still, vault.open))
  }
  for await (const lines of rowsOf(tx, shop, { table: name, only }))
    yield Buffer.from(`${(isAsItIs ? lines : lines.map(departing)).join('\n')}\n`)
}

async function readManifest(folder: string): Promise<ExactManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new Refusal('not-found', `${folder} has no manifest.json.`, 'folder')
  const manifest = ExactManifest.parse(JSON.parse(text))
  const files = [
    ...manifest.tables,
    ...manifest.history.map((one) => ({ ...one, name: `history-${one.name}` })),
  ]
  for (const { name, sha256 } of files) {
    const found = await sha256Of(fileOf(folder, name)).catch(() => undefined)
    if (found !== sha256)
      throw new Refusal('invalid', `${fileOf(folder, name)} is not what was written.`, 'folder')
  }
  return manifest
}

async function refuseUnfit(
  { db, vault }: Needs,
  shop: ShopId,
  manifest: ExactManifest,
): Promise<void> {
  if (!(await isUntouched(db, shop)))
    throw new Refusal('conflict', 'This shop is not empty. Bring it into a fresh installation.')
  const here = new Map((await shopTables(db)).map(({ name, columns }) => [name, columns]))
  for (const { name, columns } of manifest.tables) {
    const unknown = columns.find((one) => !here.get(name)?.includes(one))
    if (unknown !== undefined || leavingOf(name).kind === 'stays')
      throw new Refusal(
        'invalid',
        `${name} was written by another version of Danggol. Upgrade first.`,
      )
  }
  const known = await readCarriedKeys(db)
  const isOther = known.some(({ purpose, sealed }) => manifest.keys[purpose] !== vault.open(sealed))
  const isOurs = carriedPurposes.every((one) => manifest.keys[one] === vault.keyToCarry(one))
  if (isOther || (!isOurs && known.length === 0 && (await knowsAddresses(db))))
    throw new Refusal(
      'conflict',
      'Addresses of another shop are hashed here with other keys. Use a fresh installation.',
    )
}

function leavingOf(name: string) {
  const leaving = tablesOfShop[name]
  if (!leaving) throw new Error(`Nobody said whether ${name} leaves with its shop.`)
  return leaving
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.zst`)

function countsOf({ tables, history }: ExactManifest): Readonly<Record<string, number>> {
  return Object.fromEntries([
    ...tables.map(({ name, rows }) => [name, rows]),
    ...history.map(({ name, rows }) => [`history of ${name}`, rows]),
  ])
}
