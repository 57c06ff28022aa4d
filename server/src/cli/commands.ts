import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { migrateDatabase } from '../database/migrate.store.ts'
import { runningEngines, startEngines } from '../engines/engines.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Scope, scopes } from '../shops/access.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'
import { type House, wire } from '../wiring.ts'
import { backtest, backtestAsked } from './backtest.ts'
import { firstStart, pageKey } from './first-start.ts'
import { consentsAsked, importConsents } from './import-consents.ts'
import { type Opened, openInstallation } from './open.ts'
import { platformTestServer } from './platform-test-server.ts'
import { progressBar } from './progress-bar.ts'
import { undoUpgrade } from './undo-upgrade.ts'
import { refuseHalfUndone } from './upgrade.ts'
import { backUp, doctor, restoreFrom } from './upkeep.ts'
import {
  exactFolder,
  importExactly,
  importWholeShop,
  isWholeShop,
  wholeShopAsked,
} from './whole-shop.ts'

type Command = {
  readonly sentence: string
  readonly run: (config: Config, args: readonly string[]) => Promise<void>
}

/** What `npm run danggol -- NAME` can do. Each works whether the server runs or not. */
export const commands: Readonly<Record<string, Command>> = {
  help: { sentence: 'Says what there is.', run: async () => help() },
  start: {
    sentence:
      'start [--domain crm.myshop.kr] [--role all|engines|api|worker]: starts the server, as npm start does.',
    run: async () => void (await import('../main.ts')),
  },
  key: {
    sentence:
      'key create --scope browser|write|admin [--name N] [--shop ID]: prints a new key and nothing else.',
    run: key,
  },
  shop: {
    sentence: 'shop create NAME: makes another shop and prints the one-time link of its owner.',
    run: makeShop,
  },
  export: {
    sentence:
      'export FOLDER [--shop ID]: writes everything the shop owns: tables that any program reads, and row by row for a fresh installation. Addresses in the clear.',
    run: exportShop,
  },
  import: {
    sentence:
      'import FOLDER|orders|consents FILE [--shop ID]: brings a folder of `export` (whole into an empty shop, else its tables), or reads a file of orders (continues where it stopped), or of consents and refusals (--by NAME --attest SENTENCE; --look only looks).',
    run: importFile,
  },
  backtest: {
    sentence:
      'backtest CAMPAIGN [--from YYYY-MM-DD] [--to YYYY-MM-DD] [--shop ID] [--json]: tries a campaign on the past; the last 28 days unless told. Sends nothing.',
    run: tryOnPast,
  },
  upgrade: {
    sentence:
      'upgrade [--undo]: writes a backup, then brings the data to this version; --undo goes back to it. The server is stopped.',
    run: upgrade,
  },
  migrate: { sentence: 'Brings the databases to this version, without a backup.', run: migrate },
  backup: {
    sentence: 'backup FOLDER: writes both databases into a new folder; the server may go on.',
    run: backUp,
  },
  restore: {
    sentence: 'restore FOLDER: loads a backup into an empty installation.',
    run: restoreFrom,
  },
  'platform-test-server': {
    sentence:
      'platform-test-server cafe24|shopify|woocommerce [PORT]: plays a platform on this machine, to try connecting a shop without an account.',
    run: platformTestServer,
  },
  doctor: { sentence: 'Looks at what Danggol needs from this machine.', run: doctor },
}

function help(): void {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2
  for (const [name, { sentence }] of Object.entries(commands))
    console.log(`${name.padEnd(width)}${sentence}`)
}

async function withHouse(
  config: Config,
  work: (house: House, opened: Opened) => Promise<void>,
): Promise<void> {
  const opened = await openInstallation(config, { join: 'if-running' })
  const house = wire(opened)
  try {
    await firstStart(house, config, false)
    await work(house, opened)
  } finally {
    await house.stop()
    await opened.close()
  }
}

async function shopOf(house: House, asked: string | undefined): Promise<ShopId> {
  const ids = await house.shops.ids()
  const shop = asked === undefined ? ids[0] : ids.find((id) => `${id}` === asked)
  if (shop === undefined)
    throw new Refusal('not-found', `There is no shop ${asked ?? ''}.`, '--shop')
  return shop
}

async function key(config: Config, args: readonly string[]): Promise<void> {
  const options = {
    scope: { type: 'string' },
    name: { type: 'string' },
    shop: { type: 'string' },
  } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const scope = scopes.find((one): one is Scope => one === values.scope)
  if (positionals[0] !== 'create' || !scope)
    throw new Refusal('invalid', 'Say: key create --scope browser|write|admin', '--scope')
  await withHouse(config, async (house) => {
    const made = await house.keys.create(
      await shopOf(house, values.shop),
      values.name ?? 'cli',
      scope,
    )
    console.log(made.key)
  })
}

async function makeShop(config: Config, args: readonly string[]): Promise<void> {
  const [act, ...words] = args
  const name = words.join(' ').trim()
  if (act !== 'create' || name === '' || name.length > 100)
    throw new Refusal('invalid', 'Say: shop create NAME (at most 100 characters)', 'shop')
  await withHouse(config, async (house) => {
    const shop = await house.shops.create(name, false)
    await pageKey(house, shop)
    const token = await house.members.invite(shop, 'owner')
    console.log(`Shop ${shop}. Its owner's link, once: ${config.publicUrl}/welcome#${token}`)
  })
}

async function exportShop(config: Config, args: readonly string[]): Promise<void> {
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

async function importShop(config: Config, args: readonly string[]): Promise<void> {
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

async function importFile(config: Config, args: readonly string[]): Promise<void> {
  if (isWholeShop(args[0])) return importShop(config, args)
  if (args[0] === 'consents') return importConsentsFile(config, args)
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { shop: { type: 'string' } },
    allowPositionals: true,
  })
  const [kind, file] = positionals
  if (kind !== 'orders' || file === undefined)
    throw new Refusal('invalid', 'Say: import orders FILE, or import consents FILE', 'import')
  await withHouse(config, async (house, { started }) => {
    const shop = await shopOf(house, values.shop)
    const bar = progressBar(process.stderr)
    const wasEmpty = (await house.position(shop)).head === 0
    // Without a server the line runs here, beside the reading, so that nothing piles up.
    if (started) await house.start()
    const done = await house.imports.orders(shop, file, ({ phase, share }) =>
      bar.show(phase === 'reading' ? '읽는 중 reading' : '쓰는 중 writing', share),
    )
    await caughtUp(house, shop, bar)
    bar.end()
    if (wasEmpty && (await house.shops.shop(shop)).currency !== done.currency) {
      await house.shops.change(shop, { currency: done.currency })
      console.error(`The shop was empty; its currency is now that of the file, ${done.currency}.`)
    }
    console.log(JSON.stringify(done, null, 2))
  })
}

async function tryOnPast(config: Config, args: readonly string[]): Promise<void> {
  const asked = backtestAsked(args)
  await withHouse(config, async (house, { started, clock }) => {
    const shop = await shopOf(house, asked.shop)
    await backtest(house, { ...asked, shop, runsHere: started, now: clock.now() })
  })
}

async function importConsentsFile(config: Config, args: readonly string[]): Promise<void> {
  const asked = consentsAsked(args)
  await withHouse(config, async (house, { started }) => {
    const shop = await shopOf(house, asked.shop)
    if (started) await house.start()
    const bar = progressBar(process.stderr)
    const done = await importConsents(house, {
      ...asked,
      shop,
      tell: (share) => bar.show('쓰는 중 writing', share),
    })
    if (!asked.look) await caughtUp(house, shop, bar)
    bar.end()
    console.log(JSON.stringify(done, null, 2))
  })
}

async function caughtUp(
  house: House,
  shop: ShopId,
  bar: ReturnType<typeof progressBar>,
): Promise<void> {
  for (;;) {
    const { head, written } = await house.position(shop)
    bar.show('정리하는 중 settling', head === 0 ? 1 : written / head)
    if (written >= head) return
    await new Promise((done) => setTimeout(done, 200))
  }
}

async function upgrade(config: Config, args: readonly string[]): Promise<void> {
  const [option, ...more] = args
  if ((option !== undefined && option !== '--undo') || more.length > 0)
    throw new Refusal('invalid', 'Say: upgrade, or upgrade --undo', 'upgrade')
  const tell = (what: string, detail = '') => console.error(`${what} ${detail}`.trim())
  if (option === '--undo') {
    const aside = await undoUpgrade(config, tell)
    console.log('The data are those of before the upgrade. Start the older version now.')
    if (aside !== undefined)
      console.log(`What came in since lies in ${aside}; delete it when nobody misses it.`)
    return
  }
  const opened = await openInstallation(config, { join: 'never', tell })
  const house = wire(opened)
  const { ownerLink } = await firstStart(house, config, false)
  await house.stop()
  await opened.close()
  console.log('The databases are of this version.')
  if (ownerLink) console.log(`First owner, once: ${ownerLink}`)
}

/** Without a backup: for who has made one, or has no room. */
async function migrate(config: Config): Promise<void> {
  refuseHalfUndone(config.dataFolder)
  const running = runningEngines(config)
  const engines = running
    ? { ...running, stop: async () => undefined }
    : await startEngines(config, () => undefined)
  const db = connectDatabase(engines.databaseUrl, { max: 2 })
  const warehouse = connectWarehouse({
    url: engines.warehouseUrl,
    database: engines.warehouseDatabase,
  })
  try {
    await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
  } finally {
    await db.end({ timeout: 5 })
    await warehouse.close()
    await engines.stop()
  }
  console.log('The databases are of this version.')
}
