import { randomUUID } from 'node:crypto'
import type { ConsentChange } from '../consent/consent.ts'
import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import type { Accept } from './accept.service.ts'
import { headAndLine } from './feed.store.ts'
import type { Body, HappeningKind } from './happening.ts'

/** How long an edit waits for the line, so that the page that made it reads its own change. */
const settleWaitMs = 2_000
const settleLookMs = 25

type Made = {
  readonly kind: HappeningKind
  readonly name: string
  readonly customer: CustomerId
  readonly body: Body
  /** UTC ms; now where it is absent. */
  readonly at?: number
}

/** What members of the team do in the dashboard enters the log like everything else: the line alone changes state. */
export function edits(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Pick<Accept, 'accept'>
}) {
  const { db, clock, accept } = needs

  async function append(shop: ShopId, ...made: readonly Made[]): Promise<void> {
    const now = clock.now()
    await accept.accept(
      shop,
      made.map(({ kind, name, customer, body, at = now }) => ({
        kind,
        name,
        at: Math.min(at, now),
        receivedAt: now,
        messageId: randomUUID(),
        ids: { customer, verified: true },
        body,
      })),
    )
    await settled(db, shop)
  }

  return {
    append,
    /** Sets traits; null removes one. `by` is `member:12` or `key:3`. */
    traits: (
      shop: ShopId,
      edit: { readonly customer: CustomerId; readonly traits: JsonObject; readonly by: string },
    ) =>
      append(shop, {
        kind: 'edit',
        name: 'Customer Edited',
        customer: edit.customer,
        body: { traits: edit.traits, properties: { by: edit.by } },
      }),
    consent: (
      shop: ShopId,
      edit: { readonly customer: CustomerId; readonly change: ConsentChange; readonly at?: number },
    ) => append(shop, consentMade(edit)),
    /** Several words of one person at the same instant. */
    consents: (
      shop: ShopId,
      edit: { readonly customer: CustomerId; readonly changes: readonly ConsentChange[] },
    ) =>
      append(
        shop,
        ...edit.changes.map((change) => consentMade({ customer: edit.customer, change })),
      ),
    erase: (shop: ShopId, edit: { readonly customer: CustomerId; readonly by: string }) =>
      append(shop, {
        kind: 'edit',
        name: 'Customer Erased',
        customer: edit.customer,
        body: { properties: { by: edit.by } },
      }),
    /** Two customers are one person, says a member of the team: `other` becomes `customer`. */
    merge: (
      shop: ShopId,
      edit: { readonly customer: CustomerId; readonly other: number; readonly by: string },
    ) =>
      append(shop, {
        kind: 'alias',
        name: 'Aliased',
        customer: edit.customer,
        body: { previousId: `customer:${edit.other}`, properties: { by: edit.by } },
      }),
  }
}
export type Edits = ReturnType<typeof edits>

function consentMade(edit: {
  readonly customer: CustomerId
  readonly change: ConsentChange
  readonly at?: number
}): Made {
  const properties: Record<string, Json> = {}
  for (const [key, value] of Object.entries(edit.change))
    if (value !== undefined) properties[key] = value
  return {
    kind: 'consent',
    name: 'Consent Changed',
    customer: edit.customer,
    body: { properties },
    ...(edit.at === undefined ? {} : { at: edit.at }),
  }
}

/** Waits until the line has come as far as the log was, for a while; an edit is safe in the log either way. */
export async function settled(db: Database, shop: ShopId): Promise<void> {
  const { head } = await headAndLine(db, shop)
  for (let waited = 0; waited < settleWaitMs; waited += settleLookMs) {
    await new Promise((resolve) => setTimeout(resolve, settleLookMs))
    if ((await headAndLine(db, shop)).line >= head) return
  }
}
