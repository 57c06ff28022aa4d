import { createHash } from 'node:crypto'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs, epochDay, minuteMs, secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Absorb, NotConnected } from './absorb.service.ts'
import { wordsOfGone } from './apart.service.ts'
import { PlatformTrouble } from './call.driver.ts'
import type { PlatformSession } from './call.ts'
import { cartNotices } from './cart-notices.service.ts'
import { connectionOfHook, markTrouble } from './connections.store.ts'
import {
  closeNotices,
  delayNotices,
  dropNotices,
  type NoticeRow,
  noteNotice,
  takeNotices,
} from './notices.store.ts'
import { oneByOne } from './one-by-one.provider.ts'
import type { Platform } from './platform.ts'
import { isAboutPrivacy, privacyAsks, privacyResources } from './privacy-asks.service.ts'
import { lookSooner } from './progress.store.ts'
import type { MemberWord } from './rest.ts'
import { type ObjectResource, platformResources } from './rows.ts'
import type { Sessions } from './sessions.service.ts'

/** Notices looked at in one turn, of one connection. */
const atOnce = 50
const leaseMs = 2 * minuteMs
const tries = 8
const firstRestMs = 5 * secondMs
/** How long those that are done with are kept, so that a repeated one is known. */
const keptMs = 14 * dayMs
/** Of coupons the platform is asked by what was given since, not by one. */
const askedById: readonly ObjectResource[] = platformResources.filter((one) => one !== 'coupons')

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open' | 'hash'>
  readonly absorb: Absorb
  readonly accept: Pick<Accept, 'appendInTransaction'>
  readonly sessions: Sessions
  readonly platforms: (kind: string) => Platform | undefined
  readonly audit: Shops['audit']
  readonly onNoted?: () => void
}

export type Posted = {
  readonly kind: string
  readonly secret: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Webhooks: noted for good within milliseconds, then looked at. What one says is never believed: the object it is about is asked of
 * the platform, so lost, late, repeated and forged ones can do no harm.
 */
export function notices(needs: Needs) {
  const { db, clock } = needs
  const forget = privacyAsks(needs)
  const carts = cartNotices(needs)

  async function turn(): Promise<boolean> {
    const now = clock.now()
    const until = now + leaseMs
    const noted = await takeNotices(db, { now, until, limit: atOnce, always: privacyResources })
    if (noted.length === 0) return false
    await lookAt(noted.filter((one) => !isAboutPrivacy(one)))
    for (const ask of noted.filter(isAboutPrivacy))
      await forget(ask).catch((error: unknown) => stumble(needs, [ask], error))
    return true
  }

  async function lookAt(taken: readonly NoticeRow[]): Promise<void> {
    const [first] = taken
    if (!first) return
    const opened = await needs.sessions.open(first.shop, first.connection)
    const platform = opened && needs.platforms(opened.connection.kind)
    if (!opened || !platform) return
    try {
      for (const resource of askedById) {
        const about = taken.filter((one) => one.resource === resource)
        if (about.length > 0) await look(about, resource, { ...opened, platform })
      }
      const inCarts = taken.filter(({ resource }) => resource === 'carts')
      await stumbleOver(needs, inCarts, await carts(inCarts, { ...opened, platform }))
      const others = taken.filter(({ resource }) => resource !== 'carts' && !isResource(resource))
      for (const notice of others) await other(needs, notice, { ...opened, platform })
      await needs.sessions.went(opened.connection)
    } catch (error) {
      await stumble(needs, taken, error)
      if (error instanceof PlatformTrouble) await needs.sessions.stumbled(opened.connection, error)
      else if (!(error instanceof NotConnected)) throw error
    }
  }

  async function look(
    about: readonly NoticeRow[],
    resource: ObjectResource,
    own: NonNullable<Awaited<ReturnType<Sessions['open']>>> & { readonly platform: Platform },
  ): Promise<void> {
    const asOf = clock.now()
    const ids = [...new Set(about.map((notice) => notice.id))]
    const { rows, gone, refused } = await oneByOne(own, resource, ids)
    const said = wordsOf(about, own.platform)
    const words = await wordsOfGone(db, own, { resource, gone, words: said })
    const { shop, id: connection } = own.connection
    const looked = about.filter(({ id }) => !refused.has(id))
    await needs.absorb({
      ...{ shop, connection, resource, rows, gone, asOf, words },
      isHistory: false,
      also: (tx) => closeNotices(tx, looked, { now: clock.now(), error: null }),
    })
    await stumbleOver(needs, about, refused)
  }

  return {
    turn,
    /** Resolves once it is kept; undefined when no connection has this address or it is not signed as it must be. */
    note: async ({ kind, secret, headers, body }: Posted): Promise<number | undefined> => {
      const connection = await connectionOfHook(db, needs.vault.hash('hook', secret))
      const platform = connection?.kind === kind ? needs.platforms(kind) : undefined
      if (!connection?.credentials || !platform) return undefined
      const credentials = JSON.parse(needs.vault.open(connection.credentials)) as JsonObject
      const read = platform.readNotice({ headers, body, credentials })
      if (!read) return undefined
      const now = clock.now()
      const fallback = `${epochDay(now)}:${createHash('sha256').update(body).digest('base64url')}`
      const noted = await noteNotice(
        db,
        { shop: connection.shop as ShopId, connection: connection.id },
        {
          delivery: read.delivery ?? fallback,
          isNamed: read.delivery !== null,
          topic: read.topic,
          about: read.about,
          now,
        },
      )
      if (noted > 0) needs.onNoted?.()
      return noted
    },
    prune: () => dropNotices(db, clock.now() - keptMs),
  }
}
export type Notices = ReturnType<typeof notices>

/**
 * Our app was taken away, a webhook says, and what names its topic stands outside of what is signed: the platform is asked, and only where
 * it does not take our key any more the page says so.
 */
async function other(
  { db, clock }: Needs,
  notice: NoticeRow,
  own: Parameters<typeof isKeyTaken>[0],
): Promise<void> {
  const now = clock.now()
  if (notice.resource === 'coupons') await lookSooner(db, { ...notice, resource: 'coupons' }, now)
  if (notice.resource === 'connection' && !(await isKeyTaken(own))) {
    const key = { shop: notice.shop, id: notice.connection }
    const detail = 'The app was taken away at the platform.'
    await markTrouble(db, key, { error: 'removed', detail, isBroken: true, now })
  }
  await closeNotices(db, [notice], { now, error: null })
}

/** Any question does; a product that nobody has costs the platform least. */
async function isKeyTaken({
  platform,
  session,
}: {
  readonly platform: Platform
  readonly session: PlatformSession
}): Promise<boolean> {
  try {
    await platform.one(session, { resource: 'products', id: '0' })
    return true
  } catch (error) {
    if (error instanceof PlatformTrouble && error.kind === 'denied') return false
    throw error
  }
}

/** Those about what the platform refused to show. */
async function stumbleOver(
  needs: Needs,
  about: readonly NoticeRow[],
  refused: ReadonlyMap<string, Error>,
): Promise<void> {
  for (const [id, why] of refused) {
    const own = about.filter((notice) => notice.id === id)
    await stumble(needs, own, why)
  }
}

async function stumble(
  { db, clock }: Needs,
  taken: readonly NoticeRow[],
  error: unknown,
): Promise<void> {
  const now = clock.now()
  const why = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
  const over = taken.filter((one) => one.tries >= tries)
  await closeNotices(db, over, { now, error: why })
  const most = Math.max(1, ...taken.map((one) => one.tries))
  const nextAt = now + firstRestMs * 2 ** Math.min(most, 10)
  const again = taken.filter((one) => one.tries < tries)
  await delayNotices(db, again, { nextAt, error: why })
}

/** What is said of members beside that they changed; who withdrew did so, whatever else was said. */
function wordsOf(about: readonly NoticeRow[], { rest }: Platform): ReadonlyMap<string, MemberWord> {
  const words = new Map<string, MemberWord>()
  for (const { id, topic, isGone } of about) {
    if (isGone) words.set(id, 'withdrawn')
    else if (words.get(id) === 'withdrawn') continue
    else if (topic === rest?.topics.dormant) words.set(id, 'dormant')
    else if (topic === rest?.topics.released) words.set(id, 'released')
  }
  return words
}

const isResource = (resource: string): boolean =>
  (askedById as readonly string[]).includes(resource)
