import { z } from 'zod'
import type { Consent } from '../consent/consent.service.ts'
import { stopEverything, stopEvidence } from '../consent/stop.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { Edits } from './edits.service.ts'

/** A person asks the shop itself to stop using their data for marketing; a member of the team presses the switch. */
export function stopRoutes(needs: {
  readonly customers: Pick<Customers, 'get'>
  readonly consent: Pick<Consent, 'of' | 'close'>
  readonly edits: Pick<Edits, 'consents'>
  readonly clock: Clock
  readonly audit: (actor: Actor, act: string, what: { readonly object: string }) => Promise<unknown>
}): readonly Route[] {
  const { customers, consent, edits, clock, audit } = needs
  return [
    route({
      method: 'post',
      path: '/api/customers/{id}/stop-marketing',
      summary:
        'Stops every processing for marketing, as the person asked: refuses advertising on every channel and the use of their data for it.',
      roles: ['marketer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params }) => {
        const { shop } = actor
        const found = await customers.get(shop, params.id)
        if (!found || found.erasedAt !== null)
          throw new Refusal('not-found', `There is no customer ${params.id}.`)
        const customer = found.id as CustomerId
        const stopped = stopEverything({
          addresses: new Set(found.contacts.map((one) => one.channel)),
          spoken: new Set((await consent.of(shop, customer)).keys()),
        })
        const channels = stopped.filter((one) => one.scope === 'ad_day').map((one) => one.channel)
        await consent.close(shop, { customer, channels, at: clock.now() })
        const evidence = { ...stopEvidence, recorded_by: actor.name }
        await edits.consents(shop, {
          customer,
          changes: stopped.map((one) => ({ ...one, kind: 'withdraw', source: 'admin', evidence })),
        })
        await audit(actor, 'customer.marketing-stopped', { object: `customer:${customer}` })
        return { ok: true }
      },
    }),
  ]
}
