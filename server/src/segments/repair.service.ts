import type { ShopId } from '../lib/brand.ts'
import { combineAny } from './any-leaf-state.ts'
import { forgetRepairs, nextRepairs } from './build.store.ts'
import { type HistoryNeeds, readFacts } from './leaf-history.service.ts'
import { emptyLeaf } from './leaf-state.ts'
import { isBuilt } from './register.ts'
import type { Registers } from './registers.service.ts'
import { holdLine } from './segments.store.ts'
import { emptyWrites, noteSection, readPerson, write } from './writes.service.ts'

/** People repaired in one transaction. */
const repairLimit = 50

type Needs = HistoryNeeds & { readonly registers: Registers }

/** Reads the state of single people from history again; true when there was somebody. */
export async function repair(needs: Needs, shop: ShopId, complete: number): Promise<boolean> {
  const { db, registers, clock } = needs
  const customers = await nextRepairs(db, shop, { position: complete, limit: repairLimit })
  if (customers.length === 0) return false
  await db.begin(async (tx) => {
    const { processedAt } = await holdLine(tx, shop)
    const register = await registers.load(tx, shop)
    const now = Math.max(processedAt, clock.now())
    const writes = emptyWrites()
    const later = new Set<number>()
    for (const person of await needs.customers.remembered.storedPeople(tx, shop, customers)) {
      const { remembered, sections } = readPerson(person)
      const upTo = remembered.repair
      // Asked for again meanwhile: history must come to there first.
      if (upTo === undefined) continue
      if (upTo > complete) {
        later.add(person.id)
        continue
      }
      // What a leaf that is still being built lacks, its build will add.
      const asked = [...register.leaves.values()].map(({ id, leaf, position, ...progress }) => ({
        id,
        leaf,
        after: isBuilt(progress, person.id) ? 0 : position,
        upTo,
      }))
      const facts = await readFacts(needs, shop, { customers: [person.id], asked })
      for (const { id, leaf } of asked) {
        const kept = remembered.leaves.get(id) ?? emptyLeaf
        remembered.leaves.set(id, combineAny(leaf, [facts.stateOf(id, person.id, now), kept], now))
      }
      remembered.repair = undefined
      // The line judges, so that entering and leaving become happenings.
      remembered.judgeAt = now
      noteSection(writes, { person, remembered, sections, register })
      writes.wakes.push({ customer: person.id, at: now })
    }
    await write(tx, needs, { shop, writes })
    await forgetRepairs(
      tx,
      shop,
      customers.filter((customer) => !later.has(customer)),
    )
  })
  return true
}
