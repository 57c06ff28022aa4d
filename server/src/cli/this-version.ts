import type { Config } from '../config.ts'
import { migrateDatabase } from '../database/migrate.store.ts'
import { runningEngines, startEngines } from '../engines/engines.service.ts'
import { Refusal } from '../lib/refusal.ts'
import { migrateWarehouse } from '../warehouse/migrate.store.ts'
import { wire } from '../wiring.ts'
import { withDatabases } from './connected.ts'
import { firstStart } from './first-start.ts'
import { openInstallation } from './open.ts'
import { undoUpgrade } from './undo-upgrade.ts'
import { refuseHalfUndone } from './upgrade.ts'

/** `upgrade`: to this version, after a backup; `--undo`: back to it. */
export async function upgrade(config: Config, args: readonly string[]): Promise<void> {
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

/** `migrate`: to this version without a backup, for who has made one, or has no room. */
export async function migrate(config: Config): Promise<void> {
  refuseHalfUndone(config.dataFolder)
  const running = runningEngines(config)
  const engines = running
    ? { ...running, stop: async () => undefined }
    : await startEngines(config, () => undefined)
  await withDatabases(engines, async ({ db, warehouse }) => {
    await Promise.all([migrateDatabase(db), migrateWarehouse(warehouse)])
  })
  console.log('The databases are of this version.')
}
