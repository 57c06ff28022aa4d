import { cohortRows } from '../../server/src/insight/cohort.store.ts'
import { cohortStarts, cohortsOf } from '../../server/src/insight/cohort.ts'
import { funnelRows } from '../../server/src/insight/funnel.store.ts'
import { funnelOf, periodsOf } from '../../server/src/insight/funnel.ts'
import { changedScores, rfmRows } from '../../server/src/insight/rfm.store.ts'
import { rfmOf } from '../../server/src/insight/rfm.ts'
import type { ShopId } from '../../server/src/lib/brand.ts'
import type { Warehouse } from '../../server/src/warehouse/connection.store.ts'
import { type Generated, withWarehouse } from './cached-warehouse.ts'
import { type Line, type Measured, percentile, rounded } from './measured.ts'
import { dayMs, now, yearOf } from './shop-year.ts'

const fullEvents = 20_000_000
const eventsPerPerson = 20
const eventsPerVisit = 5
const visitsPerOrder = 4
const runs = 3
/** A kept report may take this long; the page shows the one before meanwhile. */
const goalSeconds = 10
const yearMs = 365 * dayMs
const shop = 1 as ShopId
const currency = 'KRW'

/** How long the reports on a shop's people take over a year of 1 M customers. */
export const insight: Line = {
  name: 'insight',
  sentence: 'funnel, cohorts and RFM over 20 M events and 1 M orders of 1 M customers',
  run: async (size) => {
    const events = size.rows ?? fullEvents
    return withWarehouse(`insight-1-${events}`, lifeOf(events), async (warehouse) => {
      const measured: Measured[] = []
      for (const { name, ask } of questions(warehouse)) {
        const took: number[] = []
        let notes: Measured['notes'] = {}
        for (let run = 0; run <= runs; run++) {
          const from = performance.now()
          notes = await ask()
          if (run > 0) took.push((performance.now() - from) / 1_000)
        }
        const seconds = percentile(took, 0.5)
        measured.push({
          line: `insight: ${name}`,
          value: rounded(seconds),
          unit: 's',
          floor: null,
          ratio: null,
          goal: `${goalSeconds} s`,
          met: seconds <= goalSeconds && events === fullEvents,
          notes: { events, ...notes },
        })
      }
      return measured
    })
  },
}

function questions(warehouse: Warehouse) {
  const midnight = now
  const funnel = async (days: number, windowMs: number | undefined) => {
    const rows = await funnelRows(warehouse, shop, {
      ...periodsOf({ now, midnight }, days),
      asOf: now,
      windowMs,
      path: 'any',
      currency,
      product: undefined,
      category: undefined,
      among: undefined,
    })
    const { visit, view, cart, checkout, order } = funnelOf(rows).now
    return { visit, view, cart, checkout, order }
  }
  const cohort = async (base: 'purchase' | 'visit', returns: 'order' | 'visit') => {
    const starts = cohortStarts(now - 1, { unit: 'month', count: 12, zone: 'Asia/Seoul' })
    const rows = await cohortRows(warehouse, shop, {
      base,
      returns,
      starts,
      periodMs: 30 * dayMs,
      asOf: now,
      currency,
    })
    const { people, cells } = cohortsOf(rows, starts, now).all
    return { people, firstPeriod: `${cells[0]?.returned} of ${cells[0]?.n}` }
  }
  const asOf = { asOf: now, before: now - 30 * dayMs, currency }
  return [
    { name: 'funnel by visit, 30 days and 30 before', ask: () => funnel(30, undefined) },
    { name: 'funnel by person, 30 days and 30 before', ask: () => funnel(30, 7 * dayMs) },
    { name: 'funnel by visit, 180 days and 180 before', ask: () => funnel(180, undefined) },
    { name: 'cohorts of first orders by orders', ask: () => cohort('purchase', 'order') },
    { name: 'cohorts of first visits by visits', ask: () => cohort('visit', 'visit') },
    {
      name: 'RFM with moves',
      ask: async () => {
        const { people, cells } = rfmOf(await rfmRows(warehouse, shop, asOf))
        return { people, cells: cells.length }
      },
    },
    {
      name: 'a slice of the night, 20,000 scores',
      ask: async () => {
        const changed = await changedScores(warehouse, shop, { ...asOf, after: 0, limit: 20_000 })
        return { changed: changed.length }
      },
    },
  ]
}

/** A year of visits of five happenings each, one in four with an order. */
function lifeOf(events: number): readonly Generated[] {
  const people = Math.round(events / eventsPerPerson)
  const visits = Math.round(events / eventsPerVisit)
  const orders = Math.round(visits / visitsPerOrder)
  const customer = (visit: string) => `1 + cityHash64(${visit}, 1) % ${Math.round(people * 0.9)}`
  const begun = (visit: string) =>
    `toInt64(${now - yearMs} + intDiv(${visit} * ${yearMs}, ${visits}))`
  const named = yearOf({ events, people, end: now }).filter((one) => one.table !== 'events')
  return [
    ...named,
    {
      table: 'events',
      rows: events,
      insert: `insert into events (shop, customer, position, at, received_at, processed_at, kind, name, message_id, product_id, texts)
        select 1, ${customer('visit')}, number + 1, fromUnixTimestamp64Milli(${begun('visit')} + place * 60000) as moment, moment, moment,
          if(place = 0, 'derived', 'event'),
          multiIf(place = 0, 'Visit Started',
            place = 1, if(die < 85, 'Product Viewed', 'Page Viewed'),
            place = 2, multiIf(die < 20, 'Products Searched', die < 50, 'Product Added', 'Product Viewed'),
            place = 3, if(die < 25, 'Checkout Started', 'Product Viewed'),
            'Page Viewed') as name,
          hex(sipHash128(number)), if(startsWith(name, 'Product '), concat('p', toString(die)), ''),
          if(place = 0, map('source', ['naver', 'kakao', 'instagram', 'direct'][1 + visit % 4]), map())
        from (select number, intDiv(number, ${eventsPerVisit}) as visit, number % ${eventsPerVisit} as place,
          cityHash64(number, 2) % 100 as die from numbers({from:UInt64}, {count:UInt64}))`,
    },
    {
      table: 'order_versions',
      rows: orders,
      insert: `insert into order_versions (shop, order_id, version, customer, status, created_at, paid_at, sequence, currency, gross, refunded, lines)
        select 1, concat('o', toString(number)), number + 1, ${customer('visit')}, 'paid', moment, moment, number, 'KRW',
          toDecimal64(5900 + cityHash64(number, 3) % 50 * 2000, 4), toDecimal64(0, 4),
          [('p1', '상품', '의류', 1, 0, toDecimal64(5900, 4), true)]::Array(Tuple(product String, name String, category String, quantity Int32, refunded_quantity Int32, net Decimal(18, 4), is_goods Bool))
        from (select number, number * ${visitsPerOrder} as visit, fromUnixTimestamp64Milli(${begun('visit')} + 300000) as moment
          from numbers({from:UInt64}, {count:UInt64}))`,
    },
  ]
}
