import type { ShopId } from '../lib/brand.ts'
import type { Placed } from './happening.ts'

/** Happenings of recent turns that are kept for history at most; about 2 KB each. */
const keptLimit = 20_000

/**
 * What the line has just processed, so that the history writer of the same process need not read and parse it again. A
 * convenience only: what is not here is read from the log.
 */
export function recentTurns() {
  const shops = new Map<ShopId, Map<number, readonly Placed[]>>()
  let kept = 0
  return {
    /** Keeps one turn's happenings; forgets everything when there is too much, because then history is behind anyway. */
    keep: (shop: ShopId, placed: readonly Placed[]): void => {
      const first = placed[0]?.position
      if (first === undefined) return
      if (kept + placed.length > keptLimit) {
        shops.clear()
        kept = 0
      }
      const turns = shops.get(shop) ?? new Map<number, readonly Placed[]>()
      shops.set(shop, turns.set(first, placed))
      kept += placed.length
    },
    /** All happenings of a range made of whole turns, or undefined when one of them is not here. They are forgotten. */
    take: (
      shop: ShopId,
      range: { readonly first: number; readonly last: number },
    ): readonly Placed[] | undefined => {
      const turns = shops.get(shop)
      const found: Placed[] = []
      for (let next = range.first; turns && next <= range.last; ) {
        const turn = turns.get(next)
        if (!turn) return undefined
        found.push(...turn)
        turns.delete(next)
        kept -= turn.length
        next += turn.length
      }
      return found.length === range.last - range.first + 1 ? found : undefined
    },
  }
}
