import { accept } from '../../events/accept.service.ts'
import type { Clock } from '../../lib/clock.ts'
import { openMessageWorld } from '../../testing/message-world.driver.ts'
import type { Actor } from '../../web/route.ts'
import { absorbing } from './absorb.service.ts'
import { platformCalls } from './call.driver.ts'
import { connections } from './connections.service.ts'
import { notices, type Posted } from './notices.service.ts'
import type { Platform } from './platform.ts'
import { pulling } from './pull.service.ts'
import { sessions } from './sessions.service.ts'

const publicUrl = 'https://danggol.example'

/**
 * A shop beside a platform that is played in the same process, over real engines: everything that connecting is built of. The clock
 * stands until it is moved, and waiting moves it.
 */
export async function openPlatformWorld<T extends { readonly fetch: typeof fetch }>(
  played: (clock: Clock) => { readonly platform: Platform; readonly server: T },
) {
  const world = await openMessageWorld()
  const { db, clock, vault } = world
  const { platform, server } = played(clock)
  const door = accept({ db, clock })
  const platforms = () => platform
  const calls = platformCalls({
    clock,
    wait: async (ms) => void clock.advance(ms),
    fetch: server.fetch,
  })
  const session = sessions({ db, clock, vault, calls, platforms })
  const absorb = absorbing({ db, clock, vault, accept: door })
  const puller = () => pulling({ db, clock, absorb, sessions: session, accept: door, platforms })
  const { audit } = world.shops
  const noticed = notices({
    ...{ db, clock, vault, absorb, sessions: session, platforms, audit },
    accept: door,
  })
  const connected = connections({
    ...{ db, clock, vault, sessions: session, platforms },
    audit,
    publicUrl,
    browserKey: async () => 'dgb_key',
    onPlanned: () => undefined,
  })
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'owner' }
  const list = async () => (await connected.list(world.shop))[0]
  return {
    ...{ world, platform, server, calls, puller, noticed, connected, actor, list, publicUrl },
    sessions: session,
    /** Looks at everything whose time has come. */
    pull: async (): Promise<void> => {
      const { turn } = puller()
      while (await turn());
      await world.line.drain(world.shop)
    },
    /** Posts webhooks to the connection's address, and looks at what they ask for; answers how many of each were new. */
    deliver: async (
      posted: readonly Pick<Posted, 'headers' | 'body'>[],
    ): Promise<readonly (number | undefined)[]> => {
      const row = (await list())?.row
      const secret = row ? (connected.hookUrl(row).split('/').at(-1) ?? '') : ''
      const answers: (number | undefined)[] = []
      for (const one of posted)
        answers.push(await noticed.note({ kind: platform.kind, secret, ...one }))
      while (await noticed.turn());
      await world.line.drain(world.shop)
      return answers
    },
    /** Orders as they are known here, by id; amounts and times as text. */
    orders: async (): Promise<readonly Counted[]> =>
      sorted(
        await db<Counted[]>`
          select o.id, o.status, o.paid_at::text as paid, o.created_at::text as created, o.gross::text as gross,
            o.refunded::text as refunded, coalesce((select i.value from identities i where i.shop = o.shop
              and i.customer = o.customer and i.kind = 'user' limit 1), '') as member
          from orders o where o.shop = ${world.shop}`,
      ),
    /** Members with what they chose, by id. */
    members: async (): Promise<readonly Choosing[]> =>
      sorted(
        await db<Choosing[]>`
          select i.value as id,
            coalesce((select ad_day from consents c where c.shop = i.shop and c.customer = i.customer and channel = 'sms'), false) as sms,
            coalesce((select ad_day from consents c where c.shop = i.shop and c.customer = i.customer and channel = 'email'), false) as email
          from identities i where i.shop = ${world.shop} and i.kind = 'user'`,
      ),
    /** Where the log stands: it moves when something is told. */
    head: async (): Promise<number> => {
      const [row] = await db<{ head: number }[]>`
        select head from log_heads where shop = ${world.shop}`
      return row?.head ?? 0
    },
  }
}
export type PlatformWorld = Awaited<ReturnType<typeof openPlatformWorld>>

/** An order as far as it is compared. */
export type Counted = {
  readonly id: string
  readonly status: string
  readonly paid: string | null
  readonly created: string
  readonly gross: string
  readonly refunded: string
  readonly member: string
}
export type Choosing = { readonly id: string; readonly sms: boolean; readonly email: boolean }

/** An order of a played shop as it must be known here; amounts in currency units, times UTC ms. */
export function countedOf(order: {
  readonly id: string | number
  readonly at: number
  readonly paidAt: number | null
  readonly isCancelled: boolean
  /** Everything that was bought came back. */
  readonly isBack: boolean
  readonly gross: number
  readonly refunded: number
  readonly member: string
}): Counted {
  const second = (at: number): string => `${Math.floor(at / 1_000) * 1_000}`
  const isBack = order.refunded > 0 && (order.refunded === order.gross || order.isBack)
  const paid = order.paidAt === null ? 'created' : 'paid'
  return {
    id: String(order.id),
    status: order.isCancelled ? 'cancelled' : isBack ? 'refunded' : paid,
    paid: order.paidAt === null ? null : second(order.paidAt),
    created: second(order.at),
    gross: `${order.gross * 10_000}`,
    refunded: `${order.refunded * 10_000}`,
    member: order.member,
  }
}

/** By id, as both sides are laid beside each other. */
export const sorted = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
  [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
