import type { Customers } from '../customers/customers.service.ts'
import type { Kept } from '../jobs/kept-result.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { readAsOf } from './timing.store.ts'
import { type ListedBuyer, readListed, type ValueQuestion } from './value.store.ts'
import { outlookOf, rangesOf } from './value.ts'
import { DatedValue, type ValueList, type ValueReport } from './value-report.ts'

/** Customers change by the day: a fit of the morning serves until the evening. */
const freshMs = 6 * hourMs
/** Who is looked at to find the best by the year: their order is nearly that of just now. */
const candidates = 5

/** Whose models are fitted, and as of when. */
export type FitTask = ValueQuestion & { readonly shop: ShopId }
/** Reads what the models need and fits them, beside the server's loop. */
export type Fit = (task: FitTask, signal: AbortSignal) => Promise<ValueReport>

/** What a shop's customers are worth: the models, and the people at both ends. */
export function values(needs: {
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly customers: Pick<Customers, 'namesOf'>
  readonly kept: KeptResults
  readonly fit: Fit
}) {
  const { warehouse, shops, kept } = needs

  const report = async (shop: ShopId, asked: { readonly isFresh: boolean }) => {
    const { currency, timeZone: zone } = await shops.shop(shop)
    return await kept.answer(shop, {
      report: 'value',
      question: { currency, zone },
      schema: DatedValue,
      freshMs,
      isFresh: asked.isFresh,
      work: async (now, signal) => {
        const asOf = await readAsOf(warehouse, shop, { now, signal })
        return { asOf, ...(await needs.fit({ shop, asOf, currency, zone }, signal)) }
      },
    })
  }

  return {
    report: (shop: ShopId, asked: { readonly isFresh: boolean }): Promise<Kept<DatedValue>> =>
      report(shop, asked),

    /** People of a list by the models as they are kept now; nobody while there are none. */
    people: async (
      shop: ShopId,
      asked: { readonly list: ValueList; readonly limit: number; readonly signal?: AbortSignal },
    ) => {
      const now = await report(shop, { isFresh: false })
      const model = now.state === 'ready' ? now.result.said?.model : undefined
      if (now.state !== 'ready' || !model) return []
      const { timeZone: zone } = await shops.shop(shop)
      const rows = await readListed(warehouse, shop, {
        ...asked,
        model,
        zone,
        asOf: now.result.asOf,
        currency: now.result.currency,
        limit: asked.limit * (asked.list === 'top' ? candidates : 1),
      })
      const seen = rows.map((row) => ({ ...row, ...outlookOf(model, row) }))
      const shown = asked.list === 'top' ? best(seen).slice(0, asked.limit) : seen
      const names = await needs.customers.namesOf(
        shop,
        shown.map((row) => row.person),
      )
      return shown.map((row) => ({
        ...row,
        range: rangesOf(model, row),
        name: names.get(row.person)?.name ?? null,
      }))
    },
  }
}
export type Values = ReturnType<typeof values>

type Seen = ListedBuyer & ReturnType<typeof outlookOf>

const best = (rows: readonly Seen[]) =>
  rows.toSorted((a, b) => (b.revenue ?? b.orders) - (a.revenue ?? a.orders) || a.person - b.person)
