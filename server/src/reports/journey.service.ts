import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import type { Effects } from '../proof/effects.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { readCampaigns, readMoves, readNames, readPeople, readSizes } from './journey.store.ts'
import { columnsOf, flowsOf, type StageColumn, servingFirst, stagePlaybooks } from './journey.ts'

/** How long an answer about a shop serves everybody who looks: the page is a look at the day, not at the second. */
const freshMs = 20 * secondMs

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly effects: Pick<Effects, 'own'>
}

/** The five stages of a shop's people: how many, how long, who moved, and what serves them. */
export function journeys(needs: Needs) {
  const { db, warehouse, clock } = needs
  const kept = new Map<ShopId, { readonly at: number; readonly counted: Counted }>()

  // One question at a time and shop, however many people have the page open.
  function counted(shop: ShopId): Counted {
    const now = clock.now()
    const before = kept.get(shop)
    if (before && now - before.at < freshMs) return before.counted
    const fresh = count(warehouse, shop, now)
    kept.set(shop, { at: now, counted: fresh })
    fresh.catch(() => kept.delete(shop))
    return fresh
  }

  return {
    journey: async (shop: ShopId) => {
      const [now, campaigns] = await Promise.all([counted(shop), readCampaigns(db, shop)])
      const columns = now.columns.map(async (column) => ({
        ...column,
        ...(await served(needs, shop, servingFirst(campaigns, column.stage))),
        playbook: { id: stagePlaybooks[column.stage][0] },
      }))
      return { at: now.at, flows: now.flows, columns: await Promise.all(columns) }
    },

    /** People of a stage, those who came last first. */
    people: async (shop: ShopId, page: Parameters<typeof readPeople>[2]) => {
      const rows = await readPeople(warehouse, shop, page)
      const names = await readNames(
        db,
        shop,
        rows.map(({ customer }) => customer),
      )
      const known = new Map(names.map((one) => [one.id, one]))
      return rows.map(({ customer, since }) => ({
        id: Number(customer),
        name: known.get(Number(customer))?.name ?? null,
        member: known.get(Number(customer))?.member ?? false,
        since: since > 0 ? since : null,
      }))
    },
  }
}
export type Journeys = ReturnType<typeof journeys>

type Counted = ReturnType<typeof count>

async function count(warehouse: Warehouse, shop: ShopId, now: number) {
  const [sizes, moves] = await Promise.all([
    readSizes(warehouse, shop, now),
    readMoves(warehouse, shop, now),
  ])
  return {
    at: now,
    columns: columnsOf(sizes, moves) satisfies readonly StageColumn[],
    flows: flowsOf(moves),
  }
}

/** The campaign that serves a stage with its result, and how many others there are; nothing for an empty column. */
async function served(needs: Needs, shop: ShopId, of: ReturnType<typeof servingFirst>) {
  const { chosen } = of
  const [first, ...others] = of.general
  if (!first) return { campaign: null, chosen }
  const { id, name, state } = first
  const effect = state === 'draft' ? null : await needs.effects.own(shop, id)
  const result = effect === null ? null : resultOf(effect)
  return { campaign: { id, name, state, others: others.length, result }, chosen }
}

/** Nothing is known yet while it is worked out for the first time. */
function resultOf(effect: Awaited<ReturnType<Effects['own']>>) {
  return {
    metric: effect?.metric ?? 'purchase',
    margin: effect?.margin ?? null,
    verdict: effect?.verdict ?? 'too_little',
    people: effect?.people ?? { treatment: 0, holdout: 0 },
    difference: effect?.difference ?? null,
    needed: effect?.needsMore ?? null,
    isMismatched: effect?.isMismatched ?? false,
    madeAt: effect?.madeAt ?? null,
  }
}
