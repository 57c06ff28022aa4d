import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { Flow } from '../campaign.ts'
import { eventOfTrigger } from '../trigger.ts'
import { peopleWith } from './history.store.ts'
import { membersToday, nextPeople } from './people.store.ts'

type Needs = { readonly db: Database; readonly warehouse: Warehouse }
type Period = {
  readonly shop: ShopId
  readonly campaign: number
  readonly from: number
  readonly to: number
}

/** Event times may lie so far from when we heard of them and still set something off. */
const aroundMs = dayMs
/** Ids read at once. */
const peoplePage = 20_000

/** Whoever might enter, by id. */
export async function candidates(
  { db, warehouse }: Needs,
  run: Period,
  of: { readonly flows: readonly Flow[]; readonly signal: AbortSignal },
): Promise<readonly number[]> {
  const ids = new Set<number>()
  const read = async (name: string, only: { segment?: number; campaign?: number } = {}) => {
    const found = await peopleWith(warehouse, run.shop, {
      name,
      from: run.from - aroundMs,
      to: run.to + aroundMs,
      segment: only.segment ?? null,
      campaign: only.campaign ?? null,
      signal: of.signal,
    })
    for (const id of found) ids.add(id)
  }
  for (const flow of of.flows) {
    const { trigger, audience } = flow
    const name = eventOfTrigger(trigger)
    if (trigger.kind === 'event') await read(name)
    else if (trigger.kind === 'segment') await read(name, { segment: trigger.segment })
    else if (trigger.kind === 'api') await read(name, { campaign: run.campaign })
    else if (audience === undefined) return await everybody({ db }, run.shop, of.signal)
    else {
      for (const id of await membersToday(db, run.shop, audience)) ids.add(id)
      // Whoever was a member in the period and is none today has left since.
      await readSince(audience)
    }
  }
  return [...ids].sort((a, b) => a - b)

  async function readSince(segment: number): Promise<void> {
    const found = await peopleWith(warehouse, run.shop, {
      name: 'Left Segment',
      from: run.from,
      to: Number.MAX_SAFE_INTEGER,
      segment,
      campaign: null,
      signal: of.signal,
    })
    for (const id of found) ids.add(id)
  }
}

async function everybody(
  { db }: Pick<Needs, 'db'>,
  shop: ShopId,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const ids: number[] = []
  for (;;) {
    signal.throwIfAborted()
    const page = await nextPeople(db, shop, { after: ids.at(-1) ?? 0, limit: peoplePage })
    for (const id of page) ids.push(id)
    if (page.length < peoplePage) return ids
  }
}
