import type { Errands } from '../connect/platform/errands.service.ts'
import type { ErrandWord, Lying } from '../connect/platform/errands.ts'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { isJsonObject } from '../lib/json.ts'
import { type ClaimRow, saveKept } from './claim.store.ts'
import type { Verdict } from './decide.ts'
import type { Recheck } from './intent.ts'
import { readKept } from './kept.ts'
import { lyingIn } from './lying-cart.ts'

/** What is done with a message that was claimed: its verdict, or what it waits for until `until` (UTC ms). */
export type Final =
  | Verdict
  | { readonly kind: 'paused' | 'paced'; readonly until: number }
  | Exclude<ErrandWord, { readonly kind: 'ready' }>

export type Decided = { readonly row: ClaimRow; readonly verdict: Final }

/** What the shop's platform has to do or say first: asked for in this transaction, done outside it. */
export async function withErrands(
  tx: Tx,
  { errands }: { readonly errands?: Errands },
  batch: {
    readonly shop: ShopId
    readonly decided: readonly (Decided & { readonly word: Recheck | undefined })[]
  },
): Promise<readonly Decided[]> {
  const asks = batch.decided.flatMap(({ row, verdict, word }) => {
    if (verdict.kind !== 'send') return []
    const cart = word?.kind === 'ok' && word.asksCart ? cartIn(row) : null
    const { id: message, customer, coupon } = row
    return coupon === null && cart === null ? [] : [{ message, customer, coupon, cart }]
  })
  if (!errands || asks.length === 0) return batch.decided
  const words = await errands(tx, batch.shop, asks)
  const after = batch.decided.map(({ row, verdict }) => {
    const word = words.get(row.id)
    if (verdict.kind !== 'send' || !word) return { row, verdict }
    if (word.kind !== 'ready') return { row, verdict: word }
    return { row: word.lying ? withLying(row, word.lying) : row, verdict }
  })
  const changed = after.filter(({ row }, at) => row.kept !== batch.decided[at]?.row.kept)
  const kept = changed.map(({ row }) => ({ id: row.id, kept: row.kept }))
  await saveKept(tx, batch.shop, kept)
  return after
}

/** The message with the goods that lie in the cart now. */
function withLying(row: ClaimRow, lying: Lying): ClaimRow {
  const kept = readKept(row.kept)
  const context = lyingIn(kept.context, lying)
  return context === kept.context ? row : { ...row, kept: JSON.stringify({ ...kept, context }) }
}

/** Products of the cart that a message shows. */
function cartIn(row: ClaimRow): readonly string[] {
  const { cart } = readKept(row.kept).context
  const items = isJsonObject(cart) && Array.isArray(cart.items) ? cart.items : []
  return items.flatMap((item) =>
    isJsonObject(item) && typeof item.product_id === 'string' ? [item.product_id] : [],
  )
}
