import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Backups } from './backups.service.ts'
import { databaseBytes } from './backups.store.ts'
import { type Finding, findingsOf, type Readings } from './checks.ts'
import { memoryNow } from './machine.driver.ts'
import { readConnectors, readLine, readResting, warehouseBytes } from './readings.store.ts'

type HealthNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  /** Room on the disk of the data folder. */
  readonly disk: () => Readings['disk']
  readonly backups: Pick<Backups, 'status'>
  /** How many may wait before callers are asked to come again. */
  readonly lineLimit: number
  /** Why ClickHouse does not answer, or nothing. */
  readonly warehouseHealth: () => Promise<{ readonly ok: boolean; readonly message: string }>
  readonly money: (shop: ShopId) => Promise<Readings['money']>
  readonly certificate: () => Promise<Readings['certificate']>
}

/** How the installation and a shop in it are, check by check. */
export function health(needs: HealthNeeds) {
  return {
    findings: async (shop: ShopId): Promise<readonly Finding[]> =>
      findingsOf(await read(needs, shop)),
  }
}
export type Health = ReturnType<typeof health>

async function read(needs: HealthNeeds, shop: ShopId): Promise<Readings> {
  const { db, clock } = needs
  const [line, resting, connectors, money, database, warehouse, backup, certificate] =
    await Promise.all([
      readLine(db, shop),
      readResting(db, shop),
      readConnectors(db, shop, clock.now()),
      needs.money(shop),
      databaseBytes(db),
      warehouseNow(needs),
      backupNow(needs),
      needs.certificate(),
    ])
  return {
    now: clock.now(),
    disk: needs.disk(),
    memory: memoryNow(),
    database: { bytes: database },
    warehouse,
    line: { rows: line.rows, oldestAt: line.oldestAt, limit: needs.lineLimit },
    historyBehind: line.historyBehind,
    aside: line.aside,
    resting,
    money,
    connectors,
    backup,
    certificate,
  }
}

async function warehouseNow({
  warehouse,
  warehouseHealth,
}: HealthNeeds): Promise<Readings['warehouse']> {
  const answered = await warehouseHealth()
  return { ...answered, bytes: answered.ok ? await warehouseBytes(warehouse).catch(() => 0) : 0 }
}

async function backupNow({ backups, clock }: HealthNeeds): Promise<Readings['backup']> {
  const { folder, notes, lastDone, installedAt } = await backups.status()
  const [newest] = notes.filter(({ state }) => state === 'done' || state === 'failed')
  return {
    isOn: folder !== undefined,
    doneAt: lastDone?.finishedAt ?? null,
    bytes: lastDone?.bytes ?? 0,
    problem: newest?.state === 'failed' ? (newest.problem ?? 'failed') : null,
    installedAt: installedAt ?? clock.now(),
    isRunning: notes.some(({ state }) => state === 'running'),
  }
}
