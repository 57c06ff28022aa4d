import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { databaseCopy } from '../database/copy.store.ts'
import { databaseHealth } from '../database/health.store.ts'
import { knownIn } from '../database/restored.store.ts'
import { backup, type Manifest, readManifest, restore } from '../engines/backup.service.ts'
import { examine, type Finding } from '../engines/doctor.driver.ts'
import { runningEngines, startEngines } from '../engines/engines.service.ts'
import { systemClock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { connectWarehouse } from '../warehouse/connection.store.ts'
import { warehouseCopy } from '../warehouse/copy.store.ts'
import { warehouseHealth } from '../warehouse/health.store.ts'
import { forgetUnborn } from '../warehouse/unborn.store.ts'
import { withDatabases } from './connected.ts'
import { openInstallation } from './open.ts'

/** `backup FOLDER`: beside a running server or without one. The secret goes with it unless it is set by DANGGOL_SECRET. */
export async function backUp(config: Config, args: readonly string[]): Promise<void> {
  const folder = folderOf(args, 'backup')
  const opened = await openInstallation(config, { join: 'if-running' })
  try {
    const manifest = await backup({
      database: databaseCopy(opened.db),
      warehouse: warehouseCopy(opened.warehouse),
      folder,
      clock: systemClock,
      keep: config.secret === undefined ? [secretFile(config)] : [],
    })
    console.log(`${folder}: ${sum(manifest)}.`)
    if (manifest.kept.length > 0) {
      console.log('It holds the key that opens every contact: keep it where only you can read it.')
    }
  } finally {
    await opened.close()
  }
}

/** `restore FOLDER`: into an empty data folder, or empty databases given by URL; refused while a server runs. */
export async function restoreFrom(config: Config, args: readonly string[]): Promise<void> {
  const folder = folderOf(args, 'restore')
  // Before engines are made for nothing.
  readManifest(folder)
  const engines = await startEngines(config, (level, message) => {
    if (level !== 'info') console.error(message)
  })
  await withDatabases(engines, async ({ db, warehouse }) => {
    const manifest = await restore({
      database: databaseCopy(db),
      warehouse: warehouseCopy(warehouse),
      folder,
      dataFolder: config.dataFolder,
    })
    for (const { shop, line } of manifest.positions)
      await forgetUnborn(warehouse, { shop, line }, knownIn(db, shop))
    console.log(`Restored ${sum(manifest)}. History after that is written again from the log.`)
    console.log(
      'Nothing leaves this server until an owner signs in and says that it is the one now: stop the other one first.',
    )
  })
}

/** `doctor`: one line a finding; fails when something keeps Danggol from working. */
export async function doctor(config: Config): Promise<void> {
  const findings = [...(await examine(config)), ...(await answers(config))]
  for (const { name, state, message } of findings) {
    console.log(`${signs[state]} ${name.padEnd(12)}${message}`)
  }
  if (findings.some((finding) => finding.state === 'bad')) {
    throw new Error('Danggol cannot work until this is mended.')
  }
}

const signs = { good: '✓', poor: '!', bad: '✗' } as const satisfies Record<Finding['state'], string>

/** Whether the engines that can be reached now answer: those of a running server, and those given by URL. */
async function answers(config: Config): Promise<readonly Finding[]> {
  const running = runningEngines(config)
  const databaseUrl = running?.databaseUrl ?? config.databaseUrl
  const warehouseUrl = running?.warehouseUrl ?? config.clickhouseUrl
  const findings: Finding[] = []
  if (databaseUrl !== undefined) {
    const db = connectDatabase(databaseUrl, { max: 1 })
    const { ok, message } = await databaseHealth(db)
    findings.push({ name: 'postgresql', state: ok ? 'good' : 'bad', message })
    await db.end({ timeout: 1 })
  }
  if (warehouseUrl !== undefined) {
    const warehouse = connectWarehouse({ url: warehouseUrl, database: 'default' })
    const { ok, message } = await warehouseHealth(warehouse)
    findings.push({ name: 'clickhouse', state: ok ? 'good' : 'bad', message })
    await warehouse.close()
  }
  return findings
}

function folderOf(args: readonly string[], command: string): string {
  const [folder, ...more] = args
  if (folder === undefined || folder.startsWith('-') || more.length > 0)
    throw new Refusal('invalid', `Say: ${command} FOLDER`, command)
  return resolve(folder)
}

function secretFile(config: Config): string {
  return join(config.dataFolder, 'secret.key')
}

function sum({ files, positions }: Manifest): string {
  const rows = files.reduce((total, file) => total + file.rows, 0)
  const bytes = files.reduce((total, file) => total + file.bytes, 0)
  const at = positions.map(({ shop, history }) => `shop ${shop} at ${history}`).join(', ')
  return `${rows} rows in ${(bytes / 1024 ** 2).toFixed(1)} MiB (${at || 'no shop yet'})`
}
