import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { copiedSince, countQueued, readHalt, setHalt, takeOver } from './halt.store.ts'
import { messageChannels } from './intent.ts'
import { readers } from './listing.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'audit'>
  /** Messages may leave again. */
  readonly onResumed: () => void
}

const Halted = z.object({
  /** Null while messages leave. */
  halt: z.object({ at: z.number(), by: z.string() }).nullable(),
  /** Since when this is a restored copy that nobody has called the one yet, UTC ms. */
  copiedAt: z.number().nullable(),
  /** What waits, by channel. */
  queued: z.array(z.object({ channel: z.enum(messageChannels), messages: z.number() })),
})

/** Stops everything that leaves the shop, and lets it go again. What stands on its pages is not concerned. */
export function haltRoutes({ db, clock, shops, onResumed }: Needs): readonly Route[] {
  const shown = async (shop: ShopId): Promise<z.infer<typeof Halted>> => {
    const halt = await readHalt(db, shop)
    return {
      halt: halt ? { at: halt.at, by: halt.name ?? halt.by } : null,
      copiedAt: await copiedSince(db, shop),
      queued: [...(await countQueued(db, shop))],
    }
  }
  return [
    route({
      method: 'get',
      path: '/api/sending/halt',
      summary: 'Whether all sending is stopped, by whom, and how many messages wait.',
      roles: readers,
      response: Halted,
      handle: async ({ actor }) => await shown(actor.shop),
    }),
    route({
      method: 'post',
      path: '/api/sending/halt',
      summary:
        'Stops everything: within 2 seconds nothing leaves by any channel. What is queued is kept.',
      roles: ['marketer'],
      response: Halted,
      handle: async ({ actor }) => {
        const halt = { at: clock.now(), by: actor.name }
        if (await setHalt(db, actor.shop, halt))
          await shops.audit(actor, 'sending.halted', { object: `shop:${actor.shop}` })
        return await shown(actor.shop)
      },
    }),
    route({
      method: 'post',
      path: '/api/sending/resume',
      summary: 'Lets messages leave again; what waited is decided anew, one by one.',
      roles: ['marketer'],
      response: Halted,
      handle: async ({ actor }) => {
        const before = await readHalt(db, actor.shop)
        if ((await copiedSince(db, actor.shop)) !== null)
          throw new Refusal(
            'conflict',
            'This server was restored from a backup: an owner says first that it is the one now.',
          )
        if (await setHalt(db, actor.shop, null)) {
          const detail = before ? { haltedMs: clock.now() - before.at } : {}
          await shops.audit(actor, 'sending.resumed', { object: `shop:${actor.shop}`, detail })
          onResumed()
        }
        return await shown(actor.shop)
      },
    }),
    route({
      method: 'post',
      path: '/api/sending/take-over',
      summary:
        'Says of a server that was restored from a backup that it is the one now. Until then no message, standing file, webhook or word to a platform leaves it, for the server it was copied from may be running.',
      roles: [],
      response: Halted,
      handle: async ({ actor }) => {
        const since = await copiedSince(db, actor.shop)
        if (await takeOver(db, actor.shop)) {
          const detail = since === null ? {} : { copiedMs: clock.now() - since }
          await shops.audit(actor, 'installation.taken-over', {
            object: `shop:${actor.shop}`,
            detail,
          })
          onResumed()
        }
        return await shown(actor.shop)
      },
    }),
  ]
}
