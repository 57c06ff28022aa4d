import { demoShopUrl, startDemo } from './cli/demo.ts'
import { firstStart } from './cli/first-start.ts'
import { openInstallation } from './cli/open.ts'
import { readConfig } from './config.ts'
import { houseApp } from './http/house.ts'
import { listen, stopListening } from './http/listen.ts'
import { wire } from './wiring.ts'

const graceMs = 5_000
/** The demo keeps its data apart, so that it never mixes with a real shop's; nobody wants a backup of it. */
const demoSettings = { DANGGOL_DATA: './data/demo', BACKUP_FOLDER: 'off' } as const

// config -> engines -> wiring -> listen -> stop
async function main(): Promise<void> {
  const isDemo = process.argv.includes('--demo')
  const config = readConfig(isDemo ? { ...demoSettings, ...process.env } : process.env)
  const opened = await openInstallation(config, { join: false })
  const house = wire({ ...opened, ...(isDemo ? { demoShopUrl: demoShopUrl(config) } : {}) })
  const server = await listen(houseApp({ ...opened, ...house }), config).catch(async (error) => {
    await opened.close()
    throw error
  })
  await house.start()
  const { shop, ownerLink } = await firstStart(house, config, isDemo)
  const demo = isDemo ? await startDemo({ config, house, shop, log: opened.log }) : undefined

  const stop = async () => {
    await demo?.stop()
    await stopListening(server, graceMs)
    await house.stop()
    await opened.close()
  }
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(() => process.exit(0), fail)
    })
  }

  console.log(`\nDanggol is ready: ${config.publicUrl}`)
  if (isDemo) console.log(`The demo shop:    ${demoShopUrl(config)}`)
  if (ownerLink) console.log(`First owner, once: ${ownerLink}`)
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

main().catch(fail)
