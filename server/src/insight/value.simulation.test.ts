import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../lib/random.ts'
import type { BgNbd } from '../statistics/bg-nbd.ts'
import type { GammaGamma } from '../statistics/gamma-gamma.ts'
import { gammaDraw } from '../testing/gamma-draw.ts'
import { type Known, outlookOf, worthOf } from './value.ts'
import { horizons } from './value-report.ts'
import type { Buyers, Watched } from './value-sums.ts'

/** FIGURES=1 prints what docs/statistics.md says, of a thousand shops. */
const isWhole = Boolean(process.env.FIGURES)
const seeds = isWhole ? 1_000 : 25

/** A shop whose customers behave as the models say, in days; of CDNOW's size of baskets. */
type Shop = BgNbd & { readonly spend: GammaGamma; readonly customers: number }
const spend = { p: 6.25, q: 3.74, v: 15_440 }
const shops: Readonly<Record<string, Shop>> = {
  'buys rarely, as CDNOW': { r: 0.243, alpha: 30.9, a: 0.793, b: 2.426, spend, customers: 2_000 },
  'buys often': { r: 1.2, alpha: 40, a: 0.6, b: 3, spend, customers: 600 },
}
const hiddenDays = 90
const year = 365

/** One customer of the model: days of their orders since the first one until `until`, what each brought, and whether they live at `age`. */
function lifeOf(random: Random, shop: Shop, { age, until }: { age: number; until: number }) {
  const rate = gammaDraw(random, shop.r) / shop.alpha
  const [stay, go] = [gammaDraw(random, shop.b), gammaDraw(random, shop.a)]
  const leaves = go / (go + stay)
  const each = gammaDraw(random, shop.spend.q) / shop.spend.v
  const orders: { day: number; spent: number }[] = []
  let isAlive = true
  for (let day = random.exponential(1 / rate); day < until; day += random.exponential(1 / rate)) {
    orders.push({ day, spent: gammaDraw(random, shop.spend.p) / each })
    if (random.next() < leaves) {
      if (day <= age) isAlive = false
      break
    }
  }
  return { orders, isAlive }
}

/** What a shop knows on a day, and what really happens after it. */
function shopOf(random: Random, shop: Shop) {
  const [buyers, watched, spending]: [Buyers[], Watched[], Known['spending'][number][]] = [
    [],
    [],
    [],
  ]
  let alive = 0
  const after = horizons.map(() => ({ orders: 0, revenue: 0 }))
  const lives: { isAlive: boolean; brings: number }[] = []
  for (let customer = 0; customer < shop.customers; customer++) {
    const age = 1 + random.next() * (year - 1)
    const life = lifeOf(random, shop, { age, until: age + year })
    if (life.isAlive) alive++
    const next = life.orders.filter(({ day }) => day > age && day <= age + year)
    lives.push({ isAlive: life.isAlive, brings: next.reduce((sum, { spent }) => sum + spent, 0) })
    const seen = life.orders.filter(({ day }) => day <= age)
    const mean = seen.reduce((sum, { spent }) => sum + spent, 0) / Math.max(1, seen.length)
    const repeats = seen.length
    buyers.push({ people: 1, repeats, recency: seen.at(-1)?.day ?? 0, age, mean })
    if (repeats > 0) spending.push({ people: 1, repeats, mean, logMean: Math.log(mean) })
    horizons.forEach((days, at) => {
      const later = life.orders.filter(({ day }) => day > age && day <= age + days)
      const sums = after[at]
      if (!sums) return
      sums.orders += later.length
      sums.revenue += later.reduce((sum, { spent }) => sum + spent, 0)
    })
    const then = age - hiddenDays
    if (then <= 0) continue
    const before = seen.filter(({ day }) => day <= then)
    const known = { repeats: before.length, recency: before.at(-1)?.day ?? 0, age: then }
    watched.push({ people: 1, ...known, later: repeats - before.length })
  }
  const known: Known = {
    ...{ currency: 'KRW', days: year, buyers, spending },
    hidden: { days: hiddenDays, watched },
  }
  return { known, alive, after, lives }
}

type Model = Parameters<typeof outlookOf>[0]

/** What really became of the customers of each part of the pictures. */
function partsOf(
  known: Known,
  model: Model,
  lives: readonly { isAlive: boolean; brings: number }[],
) {
  const each = known.buyers.map((buyer, at) => {
    const { isAlive = false, brings = 0 } = lives[at] ?? {}
    return { ...outlookOf(model, buyer), isAlive, brings }
  })
  const ranked = each.toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0))
  return Array.from({ length: 10 }, (_, at) => ({
    alive: each.filter((one) => one.isAlive && Math.min(9, Math.floor(one.alive * 10)) === at)
      .length,
    revenue: ranked
      .filter((_one, rank) => Math.floor((rank * 10) / ranked.length) === at)
      .reduce((sum, { brings }) => sum + brings, 0),
  }))
}

test.each(Object.entries(shops))(
  'what a shop %s really does lies inside the prediction intervals as often as they say',
  {
    timeout: 900_000,
  },
  (name, shop) => {
    const held = new Map<string, { inside: number; tried: number }>()
    const note = (
      what: string,
      truth: number,
      said: { low: number | null; high: number | null },
    ) => {
      const sum = held.get(what) ?? { inside: 0, tried: 0 }
      sum.tried++
      if (said.low !== null && said.high !== null && said.low <= truth && truth <= said.high)
        sum.inside++
      held.set(what, sum)
    }
    for (let seed = 0; seed < seeds; seed++) {
      const { known, alive, after, lives } = shopOf(seededRandom(`${name}/${seed}`), shop)
      const { said, check } = worthOf(known)
      if (!said || !check) throw new Error('such a shop is spoken of')
      note('customers who live', alive, said.alive)
      said.ahead.forEach(({ days, orders, revenue }, at) => {
        note(`orders of ${days} days`, after[at]?.orders ?? 0, orders)
        if (revenue) note(`revenue of ${days} days`, after[at]?.revenue ?? 0, revenue)
      })
      note('orders of the hidden days', check.actual, check)
      partsOf(known, said.model, lives).forEach(({ alive: live, revenue }, at) => {
        const [part, tenth] = [said.aliveParts[at], said.tenths[at]]
        if (part && part.people >= 20) note('customers who live of a part', live, part.alive)
        if (tenth?.revenue) note('revenue of a tenth', revenue, tenth.revenue)
      })
      for (const row of check.rows)
        if (row.people >= 20) note('a bar of the picture', row.actual, row)
    }
    for (const [what, { inside, tried }] of held) {
      const share = inside / tried
      if (isWhole) console.log(`${name}: ${what}: ${(100 * share).toFixed(1)} % of ${tried}`)
      // Three Monte Carlo errors below 95 of 100 is another interval.
      expect(share, what).toBeGreaterThan(
        0.95 - 3 * Math.sqrt((0.95 * 0.05) / Math.min(tried, seeds)),
      )
    }
  },
)
