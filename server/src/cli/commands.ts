import type { Config } from '../config.ts'
import { tryOnPast } from './backtest.ts'
import { importFile } from './import.ts'
import { key } from './key.ts'
import { platformTestServer } from './platform-test-server.ts'
import { makeShop } from './shop.ts'
import { migrate, upgrade } from './this-version.ts'
import { backUp, doctor, restoreFrom } from './upkeep.ts'
import { exportShop } from './whole-shop.ts'

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
