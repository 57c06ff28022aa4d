import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import {
  countAssigned,
  insertAssignments,
  mergeAssignments,
  readAssignments,
} from './assignments.store.ts'
import { type HoldoutSet, shareInForce } from './learning.ts'

/** Who plays which arm of which experiment, once it was recorded. */
export function assignments() {
  // A learning that is over stays over, so who has reached the number is not counted again.
  const reached = new Map<string, number>()
  return {
    read: readAssignments,
    record: insertAssignments,
    merge: mergeAssignments,
    /** The share that each experiment holds out now; only those that learn are looked up. */
    sharesNow: async (
      db: Database | Tx,
      shop: ShopId,
      experiments: readonly { readonly experiment: string; readonly set: HoldoutSet }[],
    ): Promise<(experiment: string, set: HoldoutSet) => number> => {
      const upTo = new Map<string, number>()
      for (const { experiment, set } of experiments) {
        const people = set.learning?.people ?? 0
        if (people > (reached.get(`${shop}:${experiment}`) ?? 0))
          upTo.set(experiment, Math.max(people, upTo.get(experiment) ?? 0))
      }
      const counted = new Map<string, number>()
      for (const [experiment, most] of upTo) {
        const people = await countAssigned(db, shop, { experiment, upTo: most })
        counted.set(experiment, people)
        if (people >= most) reached.set(`${shop}:${experiment}`, people)
      }
      return (experiment, set) =>
        shareInForce(set, counted.get(experiment) ?? reached.get(`${shop}:${experiment}`) ?? 0)
    },
  }
}
export type Assignments = ReturnType<typeof assignments>
