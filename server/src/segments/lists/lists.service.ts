import { randomUUID } from 'node:crypto'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import { namedSegments } from '../begin-build.service.ts'
import {
  type Changed,
  changeBatch,
  changeMembers,
  getList,
  type ListChange,
} from './change-members.service.ts'
import { type List, listsLimit } from './list.ts'
import { archiveList, insertList, listMembers, readLists, renameList } from './lists.store.ts'
import { listsIn } from './lists-in.ts'

export type ListsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Accept['accept']
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
type Actor = { readonly shop: ShopId; readonly name: string }

/**
 * Lists of people put together by hand or by a file. Being put on one is a happening in the log, so that the fact `lists`
 * follows on the line and with it every segment that asks for it.
 */
export function lists(needs: ListsNeeds) {
  const { db, clock, audit } = needs
  const get = (shop: ShopId, id: number) => getList(db, shop, id)
  const change = (actor: Actor, what: Pick<ListChange, 'list' | 'change' | 'customers'>) =>
    changeMembers(needs, actor.shop, { ...what, by: actor.name, messageId: () => randomUUID() })
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
  }
}
export type Lists = ReturnType<typeof lists>

function audited(
  needs: ListsNeeds,
  actor: Actor,
  { list, ...detail }: { readonly list: List } & JsonObject,
): Promise<void> {
  return needs.audit(actor, 'list.members-changed', { object: `list:${list.id}`, detail })
}
