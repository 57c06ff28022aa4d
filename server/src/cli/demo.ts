import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Log } from '../http/log.ts'
import type { ShopId } from '../lib/brand.ts'
import type { House } from '../wiring.ts'

const entry = join(import.meta.dirname, '../../../demo-shop/src/main.ts')
const keyName = '데모 상점'
const restartMs = 2_000

/** Where the demo's storefront listens: one port above Danggol's. */
export const demoShopUrl = (config: Config): string => `http://localhost:${config.port + 1}`

/**
 * Runs the demo shop beside us as a shop would run: a process of its own that speaks HTTP only, with keys of its own.
 * It is started again when it ends by itself.
 */
export async function startDemo(needs: {
  readonly config: Config
  readonly house: House
  readonly shop: ShopId
  readonly log: Log
}) {
  const { config, shop, log } = needs
  const keys = await demoKeys(needs.house, shop)
  let stopping = false
  let child = run()

  function run() {
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
      // It ends with us, however we end: by the channel it knows.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DEMO_DANGGOL_URL: `http://localhost:${config.port}`,
        DEMO_PORT: `${config.port + 1}`,
        DEMO_HOST: config.host,
        DEMO_BROWSER_KEY: keys.browser,
        DEMO_WRITE_KEY: keys.write,
        DEMO_ADMIN_KEY: keys.admin,
      },
    })
    started.once('exit', (code) => {
      if (stopping) return
      log.say('warn', `the demo shop ended (${code}); it is started again`)
      setTimeout(() => {
        if (!stopping) child = run()
      }, restartMs)
    })
    return started
  }

  return {
    stop: async (): Promise<void> => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
    },
  }
}

// Secret keys are only known when they are made, so each start makes new ones and revokes those of the last.
async function demoKeys(house: House, shop: ShopId) {
  const before = (await house.keys.list(shop)).filter(
    (key) => key.name === keyName && key.revokedAt === null,
  )
  const browser = before.find((key) => key.scope === 'browser')
  for (const key of before) if (key.scope !== 'browser') await house.keys.revoke(shop, key.id)
  return {
    browser: browser?.shown ?? (await house.keys.create(shop, keyName, 'browser')).key,
    write: (await house.keys.create(shop, keyName, 'write')).key,
    admin: (await house.keys.create(shop, keyName, 'admin')).key,
  }
}
