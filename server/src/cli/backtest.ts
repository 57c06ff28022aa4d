import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import { localTime, utcOfLocal } from '../lib/zone.ts'
import type { House } from '../wiring.ts'
import { backtestLines } from './backtest-lines.ts'
import { progressBar } from './progress-bar.ts'
import { shopOf, withHouse } from './with-house.ts'

const usualDays = 28
const lookEveryMs = 200

/** `backtest CAMPAIGN`: the running server does the work, or else this process. */
export async function tryOnPast(config: Config, args: readonly string[]): Promise<void> {
  const asked = backtestAsked(args)
  await withHouse(config, async (house, { started, clock }) => {
    const shop = await shopOf(house, asked.shop)
    await backtest(house, { ...asked, shop, runsHere: started, now: clock.now() })
  })
}

/** What the command line asks for; days are those of the shop's clocks. */
function backtestAsked(args: readonly string[]) {
  const options = {
    from: { type: 'string' },
    to: { type: 'string' },
    shop: { type: 'string' },
    json: { type: 'boolean', default: false },
  } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const campaign = Number(positionals[0])
  if (!Number.isInteger(campaign) || campaign < 1)
    throw new Refusal('invalid', 'Say: backtest CAMPAIGN, its number.', 'backtest')
  return { ...values, campaign }
}

/** Tries a campaign on the past and prints what it would have done. */
async function backtest(
  house: Pick<House, 'shops' | 'backtests'>,
  asked: Omit<ReturnType<typeof backtestAsked>, 'shop'> & {
    readonly shop: ShopId
    readonly runsHere: boolean
    /** UTC ms. */
    readonly now: number
  },
): Promise<void> {
  const { shop, campaign } = asked
  const { timeZone, currency } = await house.shops.shop(shop)
  const to = dayOf('--to', asked.to, timeZone) ?? asked.now
  const from = dayOf('--from', asked.from, timeZone) ?? to - usualDays * dayMs
  const actor = { shop, name: 'system', role: 'owner' } as const
  const { id } = await house.backtests.ask(actor, { campaign, from, to })
  const bar = progressBar(process.stderr)
  const working = asked.runsHere ? house.backtests.turn() : undefined
  let one = await house.backtests.get(shop, id)
  while (one.state === 'queued' || one.state === 'running') {
    bar.show('돌려보는 중 trying', one.people === 0 ? 0 : one.done / one.people)
    await new Promise((done) => setTimeout(done, lookEveryMs))
    one = await house.backtests.get(shop, id)
  }
  await working
  bar.end()
  if (!one.result) {
    const { ko, en } = one.problem ?? { ko: '그만뒀어요.', en: 'It was called off.' }
    throw new Refusal('conflict', `${ko} ${en}`)
  }
  if (asked.json) {
    console.log(JSON.stringify(one.result, null, 2))
    return
  }
  const shown = (at: number) => new Date(localTime(at, timeZone)).toISOString().slice(0, 10)
  console.log(`캠페인 campaign ${campaign}, ${shown(from)} ~ ${shown(to)}`)
  for (const line of backtestLines(one.result.side, currency)) console.log(line)
  for (const { ko, en } of one.result.assumptions) console.log(`  · ${ko} ${en}`)
}

function dayOf(name: string, text: string | undefined, zone: string): number | undefined {
  if (text === undefined) return undefined
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(day)) throw new Refusal('invalid', `${name} is a day such as 2026-11-01.`, name)
  return utcOfLocal(day, zone)
}
