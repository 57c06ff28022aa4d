import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { databaseCopy } from '../database/copy.store.ts'
import { restore } from '../engines/backup.service.ts'
import { startEngines } from '../engines/engines.service.ts'
import { warehouseCopy } from '../warehouse/copy.store.ts'
import { withDatabases } from './connected.ts'
import type { Tell } from './upgrade.ts'
import { type Journal, readJournal, writeDurably, writeJournal } from './upgrade-journal.ts'

/** What the engines keep in the data folder; the note of where PostgreSQL lies goes with its data. */
const enginesOwn = [
  'postgres',
  'postgres.location',
  'postgres.password',
  'clickhouse',
  'clickhouse.xml',
  'clickhouse.pid',
] as const

/**
 * The way back: the data of the new version are moved aside, the backup of before the upgrade is loaded under its own schema, and
 * the older version may be started again. Cut off at any moment, it is finished by calling it again. Answers where the data of
 * the new version lie; nothing when nothing had changed yet.
 */
export async function undoUpgrade(config: Config, tell: Tell): Promise<string | undefined> {
  const { dataFolder } = config
  const journal = readJournal(dataFolder)
  if (!journal || journal.step === 'undone')
    throw new Error('There is no upgrade to undo in this data folder.')
  if (journal.step === 'saving') {
    // The backup was cut off: what the data folder holds is still the older version's.
    rmSync(`${journal.backup}.partial`, { recursive: true, force: true })
    finish(dataFolder, journal, tell)
    return undefined
  }
  refuseGiven(config, journal)
  // Stops what a killed run left behind, and lets the engines write everything down.
  await (await startEngines(config, quiet)).stop()
  const aside = journal.aside ?? join(dataFolder, `undone-${journal.at}`)
  if (journal.step !== 'restoring') {
    writeJournal(dataFolder, { ...journal, aside, step: 'aside' })
    tell('aside', aside)
    moveAside(dataFolder, aside)
    tell('moved')
  } else clearFresh(dataFolder)
  writeJournal(dataFolder, { ...journal, aside, step: 'restoring' })
  tell('restoring', journal.backup)
  await load(config, journal.backup)
  tell('restored')
  finish(dataFolder, journal, tell)
  return aside
}

function refuseGiven(config: Config, { backup }: Journal): void {
  if (config.databaseUrl === undefined && config.clickhouseUrl === undefined) return
  throw new Error(
    `The databases are given by URL, so they are not ours to clear. Make two empty ones, name them in DATABASE_URL and CLICKHOUSE_URL, and with the older version: npm run danggol -- restore ${backup}`,
  )
}

/** What lies aside already is the new version's; what lies in its place again is empty and was made since. */
function moveAside(dataFolder: string, aside: string): void {
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const name of enginesOwn) {
    const [from, to] = [join(dataFolder, name), join(aside, name)]
    if (!existsSync(from)) continue
    if (existsSync(to)) remove(dataFolder, name)
    else renameSync(from, to)
  }
}

/** A loading that was cut off left halves: they begin anew. */
function clearFresh(dataFolder: string): void {
  for (const name of enginesOwn) remove(dataFolder, name)
}

function remove(dataFolder: string, name: string): void {
  const path = join(dataFolder, name)
  if (name === 'postgres.location' && existsSync(path))
    rmSync(readFileSync(path, 'utf8').trim(), { recursive: true, force: true })
  rmSync(path, { recursive: true, force: true })
}

async function load(config: Config, folder: string): Promise<void> {
  await withDatabases(await startEngines(config, quiet), async ({ db, warehouse }) => {
    await restore({
      database: databaseCopy(db),
      warehouse: warehouseCopy(warehouse),
      folder,
      dataFolder: config.dataFolder,
      keepSchema: true,
    })
  })
}

function finish(dataFolder: string, journal: Journal, tell: Tell): void {
  const versions = join(dataFolder, 'versions.json')
  if (journal.versions === null) rmSync(versions, { force: true })
  else writeDurably(versions, journal.versions)
  writeJournal(dataFolder, { ...journal, step: 'undone' })
  tell('undone', journal.backup)
}

const quiet = () => undefined
