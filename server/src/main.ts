import { demoShopUrl, startDemo } from './cli/demo.ts'
import { firstStart } from './cli/first-start.ts'
import { type Opened, openInstallation } from './cli/open.ts'
import { startSettings } from './cli/start-settings.ts'
import type { Config } from './config.ts'
import { onRejection } from './database/connection-lost.ts'
import { runningEngines } from './engines/engines.service.ts'
import { openDoors } from './http/doors.ts'
import { houseApp } from './http/house.ts'
import { type House, wire } from './wiring.ts'

const graceMs = 5_000
/** How soon a process notices that the engines it works with are gone. */
const watchMs = 2_000

// config -> engines -> wiring -> listen -> stop
async function main(): Promise<void> {
  const { config, isDemo } = startSettings(process.argv.slice(2), process.env)
  const { role } = config
  const isOneOfSeveral = role === 'api' || role === 'worker'
  const opened = await openInstallation(config, { join: isOneOfSeveral ? 'must' : 'never' })
  const note = (error: unknown) => opened.log.failed(error, 'a connection that was just made')
  process.on('unhandledRejection', onRejection(note))
  const house = wire({ ...opened, ...(isDemo ? { demoShopUrl: demoShopUrl(config) } : {}) })
  const doors = await doorsOf(opened, house).catch(async (error) => {
    await opened.close()
    throw error
  })
  const works = role === 'all' || role === 'worker'
  if (works) await house.start()
  // One of several meets a shop that is there; two that begin at once would make two.
  const first = isOneOfSeveral ? undefined : await firstStart(house, config, isDemo)
  const demo =
    isDemo && first ? await startDemo({ config, house, ...first, log: opened.log }) : undefined

  const stop = async () => {
    await demo?.stop()
    await doors?.close(graceMs)
    await house.stop()
    await opened.close()
  }
  let stopping = false
  const end = (code: 0 | 1) => {
    if (stopping) return
    stopping = true
    stop().then(() => process.exit(code), fail)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  if (isOneOfSeveral) watchEngines(config, () => end(1))

  console.log(`\nDanggol is ready: ${doors ? config.publicUrl : role}`)
  if (isDemo) console.log(`The demo shop:    ${demoShopUrl(config)}`)
  if (first?.ownerLink) console.log(`First owner, once: ${first.ownerLink}`)
}

/** Where people and programs come in; workers and engines have no doors. */
async function doorsOf(opened: Opened, house: House) {
  const { role } = opened.config
  if (role !== 'all' && role !== 'api') return undefined
  return await openDoors(houseApp({ ...opened, ...house }), { ...opened, ...house })
}

/** Engines that were started anew may listen elsewhere: whoever started us starts us again. */
function watchEngines(config: Config, gone: () => void): void {
  const known = runningEngines(config)
  if (!known) return
  setInterval(() => {
    const now = runningEngines(config)
    if (now?.databaseUrl !== known.databaseUrl || now.warehouseUrl !== known.warehouseUrl) gone()
  }, watchMs).unref()
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

main().catch(fail)
