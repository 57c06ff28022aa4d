import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { patience } from '../wiring/refusals.ts'
import type { House } from '../wiring.ts'
import { importConsents } from './import-consents.ts'
import { progressBar } from './progress-bar.ts'
import { caughtUp, shopOf, withHouse } from './with-house.ts'

const pollMs = 200
const usage =
  'Say: import FOLDER, a folder that `export` wrote. Add --by NAME --attest "SENTENCE" to bring its consents too.'

/** `export FOLDER`: tables that any program reads, and beside them the rows as they are. */
export async function exportShop(config: Config, args: readonly string[]): Promise<void> {
  const options = { shop: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [folder] = positionals
  if (folder === undefined) throw new Refusal('invalid', 'Say: export FOLDER', 'folder')
  await withHouse(config, async (house) => {
    const shop = await shopOf(house, values.shop)
    const tables = await house.exportShop(shop, folder)
    const exact = await house.shopCopy.write(shop, join(folder, exactFolder))
    console.log(JSON.stringify({ ...tables, exact }, null, 2))
    console.log('It holds addresses in the clear: keep it where only you can read it.')
  })
}

/** `import FOLDER`: row by row into an empty shop, else its tables. */
export async function importShop(config: Config, args: readonly string[]): Promise<void> {
  const asked = wholeShopAsked(args)
  await withHouse(config, async (house, { started }) => {
    const shop = await shopOf(house, asked.shop)
    const exact = await importExactly(house, { shop, folder: asked.folder, isAlone: started })
    if (exact) return void console.log(JSON.stringify(exact, null, 2))
    if (started) await house.start()
    const bar = progressBar(process.stderr)
    const { brought, consents } = await importWholeShop(house, { shop, folder: asked.folder })
    console.log(JSON.stringify(brought, null, 2))
    for (const file of asked.signature ? consents : []) {
      const how = { kind: 'consents', from: 'danggol export', look: false } as const
      const signature = asked.signature ?? { name: '', sentence: '' }
      const done = await importConsents(house, {
        ...how,
        file,
        shop,
        signature,
        tell: () => undefined,
      })
      console.log(JSON.stringify(done, null, 2))
    }
    await caughtUp(house, shop, bar)
    bar.end()
  })
}

/** Whether what is to be imported is a folder of `export`. */
export const isWholeShop = (path: string | undefined): path is string =>
  path !== undefined && existsSync(join(path, 'manifest.json'))

/** What the command asks for. */
function wholeShopAsked(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { shop: { type: 'string' }, by: { type: 'string' }, attest: { type: 'string' } },
    allowPositionals: true,
  })
  const [folder] = positionals
  if (folder === undefined) throw new Refusal('invalid', usage, 'import')
  const { by, attest, shop } = values
  const signature = by?.trim() && attest?.trim() ? { name: by, sentence: attest } : undefined
  return { folder, shop, signature }
}

/** Where in the folder the rows lie as they are, for a fresh installation. */
const exactFolder = 'exact'

/**
 * Brings a shop row by row into one in which nothing ever happened; undefined where the folder has no rows or the shop is in use, and
 * its tables go through the door for files. Campaigns rest, waiting messages are sent by nobody, and the first send is locked.
 */
async function importExactly(
  house: House,
  asked: { readonly shop: ShopId; readonly folder: string; readonly isAlone: boolean },
): Promise<Readonly<Record<string, number>> | undefined> {
  const { shop, isAlone } = asked
  const folder = join(asked.folder, exactFolder)
  if (!existsSync(folder) || (await house.position(shop)).head > 0) return undefined
  if (!isAlone)
    throw new Refusal(
      'conflict',
      'Stop the server first: the shop is brought in while nobody works on it.',
    )
  return await house.shopCopy.read(shop, folder)
}

/**
 * Brings what `export` wrote of another installation: products, people and orders through the door for files, so that bringing it
 * again doubles nothing. Answers the files of consents that wait for somebody who answers for them.
 */
async function importWholeShop(
  house: House,
  asked: { readonly shop: ShopId; readonly folder: string },
): Promise<{ readonly brought: readonly unknown[]; readonly consents: readonly string[] }> {
  const { shop, folder } = asked
  const names = (await readdir(folder)).sort()
  const brought: unknown[] = []
  for (const table of ['products', 'members', 'orders'])
    for (const name of names.filter((one) => isPart(one, table)))
      brought.push({ name, ...(await bring(house, shop, { name, path: join(folder, name) })) })
  const consents = names.filter((one) => isPart(one, 'consents')).map((name) => join(folder, name))
  return { brought, consents }
}

const isPart = (name: string, table: string): boolean =>
  new RegExp(`^${table}(-\\d+)?\\.csv$`).test(name)

async function bring(
  house: House,
  shop: ShopId,
  file: { readonly name: string; readonly path: string },
): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readFile(file.path)
  if (bytes.toString('utf8').trim().split('\n').length < 2) return { empty: true }
  const actor = { shop, name: 'cli' }
  const id = await house.files.lookAt(actor, { name: file.name, bytes })
  await until(house, shop, { id, isThere: (state) => state !== 'looking' })
  await house.files.apply(actor, id)
  const { answer } = await until(house, shop, { id, isThere: (state) => state === 'done' })
  const { came, faults } = JSON.parse(answer) as {
    readonly came?: unknown
    readonly faults?: unknown
  }
  return { came, faults }
}

/** The worker of the server, or of this very run, works on it. */
async function until(
  house: House,
  shop: ShopId,
  asked: { readonly id: number; readonly isThere: (state: string) => boolean },
) {
  for (;;) {
    const row = await house.files.get(shop, asked.id)
    if (row.state === 'failed') throw new Refusal('invalid', `${row.fileName}: ${row.problem}`)
    if (asked.isThere(row.state)) return row
    await patience(pollMs)
  }
}
