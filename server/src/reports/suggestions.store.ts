import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { livingSql } from '../segments/compile.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { lookBackDays, type Standing, suggestionKinds } from './suggestions.ts'

/** Who is at a step still does not need a word; after this long without an order the person has left. */
const leftMs = hourMs
/** Members count as newly joined for so long. */
const joinedDays = 30

type Counted = { readonly [column: string]: number }

// One look at the newest row of each living customer. A person is at one step: a checkout with a cart counts as checkout.
const standingSql = `
  with
    fact_texts['stage.now'] as stage,
    toUnixTimestamp64Milli(fact_times['stage.since']) as since,
    since > {from:Int64} and since <= {left:Int64} as has_left,
    toUnixTimestamp64Milli(fact_times['cart.changed_at']) as changed,
    fact_numbers['cart.items'] > 0 and changed > {from:Int64} and changed <= {left:Int64} as has_cart,
    fact_numbers['orders.count'] as orders,
    toUnixTimestamp64Milli(fact_times['orders.last_at']) as ordered,
    stage = 'checkout' and has_left as at_checkout,
    stage != 'checkout' and has_cart as at_cart,
    orders > 0 and ordered <= {due:Int64} and ordered > {lapsed:Int64} as at_due,
    member and orders = 0 and toUnixTimestamp64Milli(fact_times['member.joined_at']) > {joined:Int64} as at_joined,
    stage = 'considered' and has_left and not has_cart as at_viewed,
    stage = 'searched' and has_left as at_searched
  select
    ${suggestionKinds.map((kind) => `countIf(at_${kind}) as ${kind}, countIf(at_${kind} and notEmpty(reachable)) as ${kind}_reachable`).join(',\n    ')},
    toInt64(sumIf(fact_numbers['cart.value'], at_cart) * 10000) as cart_amount
  from customers final
  where ${livingSql}`

/** Who stands where a ready-made campaign would meet them, at `now` (UTC ms); `dueDays` after an order the next one is due. */
export async function readStanding(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly now: number; readonly dueDays: number; readonly signal: AbortSignal },
): Promise<readonly Standing[]> {
  const { now, dueDays, signal } = asked
  const [row] = await warehouse.query<Counted>(
    standingSql,
    {
      shop,
      from: now - lookBackDays * dayMs,
      left: now - leftMs,
      due: now - dueDays * dayMs,
      lapsed: now - 3 * dueDays * dayMs,
      joined: now - joinedDays * dayMs,
    },
    { maxMs: 60_000, signal },
  )
  if (!row) return []
  return suggestionKinds.map((kind) => ({
    kind,
    people: Number(row[kind]),
    reachable: Number(row[`${kind}_reachable`]),
    amount: kind === 'cart' ? Number(row.cart_amount) : null,
  }))
}
