import { randomUUID } from 'node:crypto'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Campaigns } from '../campaigns.service.ts'
import { flows } from '../flows.service.ts'
import { calledEvent } from '../trigger.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly campaigns: Pick<Campaigns, 'get'>
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly accept: Pick<Accept, 'accept'>
}

/** How the shop's server names a person. */
export type Named = {
  readonly kind: 'user' | 'customer' | 'email' | 'phone'
  readonly value: string
}

/** What became of one name, in the order given; `called` says that the trigger was told, not that they may enter. */
export type Called =
  | { readonly outcome: 'called'; readonly customer: number }
  | { readonly outcome: 'unknown' | 'several' }

/** Properties (JSON) that may go with a call: an enrolment keeps them. */
export const dataLength = 4_000

/** Lets the shop's server call people into a campaign whose trigger is the API. */
export function enterByApi(needs: Needs) {
  const published = flows()
  return async (
    shop: ShopId,
    asked: {
      readonly campaign: number
      readonly people: readonly Named[]
      readonly data: JsonObject
      /** The same key calls the same people once. */
      readonly key: string | undefined
    },
  ): Promise<readonly Called[]> => {
    const { id, state, version } = await needs.campaigns.get(shop, asked.campaign)
    if (state !== 'live') throw new Refusal('conflict', 'This campaign is not live.')
    const flowOf = await published.load(needs.db, shop, [{ campaign: id, version }])
    if (flowOf(id, version).trigger.kind !== 'api')
      throw new Refusal('conflict', 'This campaign is not entered by the API; see its trigger.')
    if (JSON.stringify(asked.data).length > dataLength)
      throw new Refusal('too-large', `data may have ${dataLength} characters.`, 'data')
    const found = await needs.customers.behindKeys(shop, asked.people)
    const now = needs.clock.now()
    const key = asked.key ?? randomUUID()
    const answers = found.map((behind): Called => {
      const [customer, ...others] = behind
      if (customer === undefined) return { outcome: 'unknown' }
      return others.length > 0 ? { outcome: 'several' } : { outcome: 'called', customer }
    })
    const customers = answers.flatMap((one) => (one.outcome === 'called' ? one.customer : []))
    const happenings = [...new Set(customers)].map(
      (customer): Happening => ({
        kind: 'derived',
        name: calledEvent,
        at: now,
        receivedAt: now,
        messageId: `${calledEvent}:api:${id}:${key}:${customer}`,
        ids: { customer, verified: true },
        body: { properties: { ...asked.data, campaign_id: id } },
      }),
    )
    await needs.accept.accept(shop, happenings)
    return answers
  }
}
export type EnterByApi = ReturnType<typeof enterByApi>
