import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { textSettings } from '../channels/text/settings.ts'
import { readTextAccount } from '../channels/text/text.store.ts'
import { backlogRowsLimit } from '../events/accept.service.ts'
import { loop } from '../jobs/loop.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { minuteMs } from '../lib/duration.ts'
import { morningPost } from '../reports/morning/post.service.ts'
import { alarmSettings } from '../running/alarm-settings.ts'
import { alarms } from '../running/alarms.service.ts'
import { backups } from '../running/backups.service.ts'
import { databaseBytes } from '../running/backups.store.ts'
import { certificates } from '../running/certificate/certificate.service.ts'
import { health } from '../running/health.service.ts'
import { backupDisk, diskOf } from '../running/machine.driver.ts'
import { warehouseBytes } from '../running/readings.store.ts'
import { warehouseHealth } from '../warehouse/health.store.ts'
import { backUpInThread } from './backup-threads.ts'
import type { Ground, HouseNeeds } from './ground.ts'

/** A backup that was asked for waits at most so long. */
const backupRestMs = 5_000

export type RunningWork = ReturnType<typeof runningWork>

/** What lets the developer sleep: backups, health and alarms, and the work on them. */
export function runningWork(needs: HouseNeeds, ground: Ground) {
  const { config, db, databaseUrl, warehouse, clock, log } = needs
  const { tenants: shops, safe: vault } = ground
  const backup = backups({
    db,
    clock,
    plan: config.backup,
    disk: backupDisk,
    engineBytes: async () => (await databaseBytes(db)) + (await warehouseBytes(warehouse)),
    write: (folder, tell) => {
      mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
      const keep = config.secret === undefined ? [join(config.dataFolder, 'secret.key')] : []
      const { url: warehouseUrl, database: warehouseDatabase } = warehouse
      return backUpInThread({ databaseUrl, warehouseUrl, warehouseDatabase, folder, keep }, tell)
    },
  })
  const certificate =
    config.secure && certificates({ clock, vault, dataFolder: config.dataFolder, ...config.secure })
  const state = health({
    db,
    warehouse,
    clock,
    disk: () => diskOf(config.dataFolder),
    backups: backup,
    lineLimit: backlogRowsLimit,
    warehouseHealth: () => warehouseHealth(warehouse),
    money: (shop) => moneyOf(needs, ground, shop),
    certificate: async () => certificate?.state() ?? null,
  })
  const alarm = alarms({
    db,
    clock,
    vault,
    shops,
    findings: state.findings,
    post: morningPost({
      channels: ground.carriers,
      vault,
      publicUrl: config.publicUrl,
      type: 'alarm',
      sealedSlack: (shop) => alarmSettings(shop.settings.alarms)?.sealedSlack,
    }),
  })
  const saver = loop({
    turn: backup.turn,
    idleMs: backupRestMs,
    onError: (error) => log.failed(error, 'backups'),
  })
  const watcher = loop({
    turn: alarm.turn,
    idleMs: minuteMs,
    onError: (error) => log.failed(error, 'alarms'),
  })
  return {
    backups: backup,
    certificates: certificate,
    health: state,
    alarms: alarm,
    workers: [saver, watcher],
  }
}

async function moneyOf({ db }: HouseNeeds, { tenants }: Ground, shop: ShopId) {
  const settings = textSettings((await tenants.shop(shop)).settings.text)
  const account = settings && (await readTextAccount(db, shop))
  if (!settings || !account || account.balanceWon === null) return null
  const { balanceWon: balance, failures } = account
  return { balance, warnBelow: settings.warnBelowWon, failures }
}
