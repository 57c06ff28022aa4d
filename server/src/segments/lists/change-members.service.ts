import type { Database, Tx } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type List, type ListChangeKind, listMembersLimit } from './list.ts'
import { addListMembers, membersAmong, readLists, removeListMembers } from './lists.store.ts'

/** People whose change is written at once. */
export const changeBatch = 500
/** No list has this id: a new one has nobody on it yet. */
const noList = 0

export type ChangeNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Accept['accept']
}
/** People to be put on a list or taken off it. */
export type ListChange = {
  readonly list: List
  readonly change: ListChangeKind
  readonly customers: readonly number[]
  /** Who changes it: a member's name. */
  readonly by: string
  /** Names the change of one person, so that the same change told again is one happening. */
  readonly messageId: (customer: number) => string
  /** Written together with the last of them; hears how many changed. */
  readonly together?: (tx: Tx, changed: number) => Promise<void>
}
export type Changed = { readonly found: number; readonly changed: number }

export async function getList(db: Database, shop: ShopId, id: number): Promise<List> {
  const [list] = await readLists(db, shop, { id, limit: 1 })
  if (!list) throw new Refusal('not-found', `There is no list ${id}.`)
  return list
}

/** Counts, some people at a time, who would be put on the list or taken off it; each counts once. */
export function wouldChange(
  db: Database,
  shop: ShopId,
  { list, change }: { readonly list: List | undefined; readonly change: ListChangeKind },
) {
  const wanted = change === 'added'
  const counted = new Set<number>()
  return async (customers: readonly number[]): Promise<number> => {
    const known = await membersAmong(db, shop, { list: list?.id ?? noList, customers })
    for (const { customer, listed } of known) if (listed !== wanted) counted.add(customer)
    if (wanted) refuseFull((list?.members ?? 0) + counted.size)
    return counted.size
  }
}

function refuseFull(members: number): void {
  if (members > listMembersLimit)
    throw new Refusal('too-many', `A list may hold ${listMembersLimit} people.`, 'file')
}

/** The happening is durable before the list's own row: whoever was cut off in between is put on again by the same file. */
export async function changeMembers(
  needs: ChangeNeeds,
  shop: ShopId,
  what: ListChange,
): Promise<Changed> {
  let found = 0
  let changed = 0
  const all = what.customers
  for (let from = 0; from < all.length; from += changeBatch) {
    const customers = all.slice(from, from + changeBatch)
    const last = from + changeBatch >= all.length
    const batch = await changeSome(needs, shop, { ...what, customers, last, before: changed })
    found += batch.found
    changed += batch.changed
  }
  return { found, changed }
}

async function changeSome(
  { db, clock, accept }: ChangeNeeds,
  shop: ShopId,
  what: ListChange & { readonly before: number; readonly last: boolean },
): Promise<Changed> {
  const { list, change, together } = what
  const wanted = change === 'added'
  const known = await membersAmong(db, shop, { list: list.id, customers: what.customers })
  const customers = known.filter(({ listed }) => listed !== wanted).map((one) => one.customer)
  if (wanted) refuseFull(list.members + what.before + customers.length)
  const at = clock.now()
  await accept(
    shop,
    customers.map((customer) => ({
      kind: 'edit',
      name: 'List Changed',
      at,
      receivedAt: at,
      messageId: what.messageId(customer),
      ids: { customer: customer as never, verified: true },
      body: { properties: { list: list.id, list_name: list.name, change, by: what.by } },
    })),
  )
  const write = wanted ? addListMembers : removeListMembers
  await db.begin(async (tx) => {
    if (customers.length > 0) await write(tx, shop, { list: list.id, customers, at })
    if (what.last) await together?.(tx, what.before + customers.length)
  })
  return { found: known.length, changed: customers.length }
}
