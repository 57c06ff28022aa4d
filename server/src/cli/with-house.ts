import type { Config } from '../config.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import { type House, wire } from '../wiring.ts'
import { firstStart } from './first-start.ts'
import { type Opened, openInstallation } from './open.ts'
import type { progressBar } from './progress-bar.ts'

const lookEveryMs = 200

/** Does a command's work in the whole house, beside the server where one runs, and closes it after. */
export async function withHouse(
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

/** The shop that `--shop` names, or the first one; refuses one that is not there. */
export async function shopOf(house: House, asked: string | undefined): Promise<ShopId> {
  const ids = await house.shops.ids()
  const shop = asked === undefined ? ids[0] : ids.find((id) => `${id}` === asked)
  if (shop === undefined)
    throw new Refusal('not-found', `There is no shop ${asked ?? ''}.`, '--shop')
  return shop
}

/** Waits until all that is in the log is written to history, so that reports show it. */
export async function caughtUp(
  house: House,
  shop: ShopId,
  bar: ReturnType<typeof progressBar>,
): Promise<void> {
  for (;;) {
    const { head, written } = await house.position(shop)
    bar.show('정리하는 중 settling', head === 0 ? 1 : written / head)
    if (written >= head) return
    await new Promise((done) => setTimeout(done, lookEveryMs))
  }
}
