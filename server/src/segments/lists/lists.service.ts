import { randomUUID } from 'node:crypto'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import { namedSegments } from '../begin-build.service.ts'
import { type List, type ListChangeKind, listMembersLimit, listsLimit } from './list.ts'
import {
  addListMembers,
  archiveList,
  insertList,
  listMembers,
  membersAmong,
  readLists,
  removeListMembers,
  renameList,
} from './lists.store.ts'
import { listsIn } from './lists-in.ts'
import { takeFile } from './upload.service.ts'

/** People whose change is written at once. */
const changeBatch = 500
/** No list has this id: a new one has nobody on it yet. */
const noList = 0

export type ListsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly accept: Accept['accept']
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
type Actor = { readonly shop: ShopId; readonly name: string }
/** People to be put on a list or taken off it. */
export type ListChange = {
  readonly list: List
  readonly change: ListChangeKind
  readonly customers: readonly number[]
}
export type Changed = { readonly found: number; readonly changed: number }

/**
 * Lists of people put together by hand or by a file. Being put on one is a happening in the log, so that the fact `lists`
 * follows on the line and with it every segment that asks for it.
 */
export function lists(needs: ListsNeeds) {
  const { db, clock, audit } = needs
  const get = (shop: ShopId, id: number) => getList(db, shop, id)
  const change = (actor: Actor, what: ListChange) => changeMembers(needs, actor, what)
  return {
    get,
    list: (shop: ShopId) => readLists(db, shop, { limit: listsLimit }),
    members: (shop: ShopId, page: Parameters<typeof listMembers>[2]) => listMembers(db, shop, page),

    create: async (actor: Actor, name: string): Promise<List> => {
      const { shop } = actor
      if ((await readLists(db, shop, { limit: listsLimit })).length >= listsLimit)
        throw new Refusal('too-many', `A shop may have ${listsLimit} lists. Delete one first.`)
      const id = await insertList(db, shop, { name, at: clock.now() })
      await audit(actor, 'list.created', { object: `list:${id}`, detail: { name } })
      return get(shop, id)
    },

    rename: async (actor: Actor, id: number, name: string): Promise<List> => {
      await get(actor.shop, id)
      await renameList(db, actor.shop, { id, name, at: clock.now() })
      await audit(actor, 'list.changed', { object: `list:${id}`, detail: { name } })
      return get(actor.shop, id)
    },

    /** Takes everybody off the list and forgets it; refused while a segment asks for it. */
    remove: async (actor: Actor, id: number): Promise<void> => {
      const { shop } = actor
      const list = await get(shop, id)
      const users = (await namedSegments(db, shop)).filter((one) => listsIn(one.definition).has(id))
      if (users.length > 0) {
        const named = users.map((one) => `segment ${one.id} '${one.name}'`).join(', ')
        throw new Refusal('conflict', `The list '${list.name}' is used by ${named}.`)
      }
      for (;;) {
        const rows = await listMembers(db, shop, { list: id, after: 0, limit: changeBatch })
        if (rows.length === 0) break
        const customers = rows.map(({ customer }) => customer)
        await change(actor, { list, change: 'removed', customers })
      }
      await archiveList(db, shop, { id, at: clock.now() })
      await audit(actor, 'list.deleted', { object: `list:${id}`, detail: { name: list.name } })
    },

    /** Puts customers on a list and takes others off it. */
    change: async (
      actor: Actor,
      id: number,
      what: { readonly add: readonly number[]; readonly remove: readonly number[] },
    ): Promise<{ readonly added: Changed; readonly removed: Changed }> => {
      const list = await get(actor.shop, id)
      const added = await change(actor, { list, change: 'added', customers: what.add })
      const removed = await change(actor, { list, change: 'removed', customers: what.remove })
      await audited(needs, actor, { list, added: added.changed, removed: removed.changed })
      return { added, removed }
    },

    /**
     * What a file would do, changing nothing: to a list, or to a new one when none is named. Refused where the file itself
     * would be.
     */
    check: async (
      actor: Actor,
      file: {
        readonly bytes: Buffer
        readonly change: ListChangeKind
        readonly list?: number | undefined
      },
    ) => {
      const { shop } = actor
      const { bytes, change: kind } = file
      const list = file.list === undefined ? undefined : await get(shop, file.list)
      return takeFile(needs, shop, {
        bytes,
        write: wouldChange(db, shop, { list, change: kind }),
      })
    },

    /** Puts the people of a file on a list, or takes them off it; tells what each line did. */
    upload: async (
      actor: Actor,
      id: number,
      file: { readonly bytes: Buffer; readonly change: ListChangeKind },
    ) => {
      const list = await get(actor.shop, id)
      const taken = await takeFile(needs, actor.shop, {
        bytes: file.bytes,
        write: (customers) => change(actor, { list, change: file.change, customers }),
      })
      await audited(needs, actor, { list, file: true, [file.change]: taken.changed })
      return taken
    },
  }
}
export type Lists = ReturnType<typeof lists>

async function getList(db: Database, shop: ShopId, id: number): Promise<List> {
  const [list] = await readLists(db, shop, { id, limit: 1 })
  if (!list) throw new Refusal('not-found', `There is no list ${id}.`)
  return list
}

/** Counts, some people at a time, who would be put on the list or taken off it; each counts once. */
function wouldChange(
  db: Database,
  shop: ShopId,
  { list, change }: { readonly list: List | undefined; readonly change: ListChangeKind },
) {
  const wanted = change === 'added'
  const counted = new Set<number>()
  return async (customers: readonly number[]): Promise<{ readonly changed: number }> => {
    const known = await membersAmong(db, shop, { list: list?.id ?? noList, customers })
    const before = counted.size
    for (const { customer, listed } of known) if (listed !== wanted) counted.add(customer)
    if (wanted) refuseFull((list?.members ?? 0) + counted.size)
    return { changed: counted.size - before }
  }
}

function refuseFull(members: number): void {
  if (members > listMembersLimit)
    throw new Refusal('too-many', `A list may hold ${listMembersLimit} people.`, 'file')
}

/** The happening is durable before the list's own row: whoever was cut off in between is put on again by the same file. */
async function changeMembers(needs: ListsNeeds, actor: Actor, what: ListChange): Promise<Changed> {
  const { db, clock } = needs
  const { shop } = actor
  const { list, change } = what
  const wanted = change === 'added'
  let found = 0
  let changed = 0
  for (let from = 0; from < what.customers.length; from += changeBatch) {
    const asked = what.customers.slice(from, from + changeBatch)
    const known = await membersAmong(db, shop, { list: list.id, customers: asked })
    const customers = known.filter(({ listed }) => listed !== wanted).map((one) => one.customer)
    found += known.length
    if (wanted) refuseFull(list.members + changed + customers.length)
    if (customers.length === 0) continue
    const at = clock.now()
    await needs.accept(
      shop,
      customers.map((customer) => ({
        kind: 'edit',
        name: 'List Changed',
        at,
        receivedAt: at,
        messageId: randomUUID(),
        ids: { customer: customer as never, verified: true },
        body: {
          properties: { list: list.id, list_name: list.name, change, by: actor.name },
        },
      })),
    )
    const write = wanted ? addListMembers : removeListMembers
    await write(db, shop, { list: list.id, customers, at })
    changed += customers.length
  }
  return { found, changed }
}

function audited(
  needs: ListsNeeds,
  actor: Actor,
  { list, ...detail }: { readonly list: List } & JsonObject,
): Promise<void> {
  return needs.audit(actor, 'list.members-changed', { object: `list:${list.id}`, detail })
}
