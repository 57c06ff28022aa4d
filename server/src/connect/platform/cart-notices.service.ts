import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Clock } from '../../lib/clock.ts'
import { PlatformTrouble } from './call.driver.ts'
import { cartTold } from './carts.ts'
import { closeNotices, type NoticeRow } from './notices.store.ts'
import type { Platform } from './platform.ts'
import { readRecords } from './platform-records.store.ts'
import type { PlatformProduct } from './rows.ts'
import type { Sessions } from './sessions.service.ts'

type Own = NonNullable<Awaited<ReturnType<Sessions['open']>>> & { readonly platform: Platform }

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Pick<Accept, 'appendInTransaction'>
}

/**
 * Looks into the carts of members whom a webhook named, and tells what was put in: the webhook proves nothing, and what lies there does.
 * Answers those that the platform refused to show, with why.
 */
export function cartNotices({ db, clock, accept }: Needs) {
  return async (about: readonly NoticeRow[], own: Own): Promise<ReadonlyMap<string, Error>> => {
    const refused = new Map<string, Error>()
    const { platform, session, connection } = own
    const { shop, id } = connection
    for (const member of new Set(about.map((notice) => notice.id))) {
      try {
        const lines = platform.cart ? await platform.cart(session, member) : []
        const of = { shop, connection: id, resource: 'products' } as const
        await db.begin(async (tx) => {
          const known = await readRecords(
            tx,
            of,
            lines.map(({ product }) => product),
          )
          const products = new Map(
            [...known].flatMap(([product, { row }]) =>
              row === null ? [] : [[product, JSON.parse(row) as PlatformProduct] as const],
            ),
          )
          const now = clock.now()
          const told = cartTold({
            ...{ kind: platform.kind, connection: id },
            ...{ member, lines, products, now },
          })
          await accept.appendInTransaction(tx, shop, told)
          const looked = about.filter((notice) => notice.id === member)
          await closeNotices(tx, looked, { now, error: null })
        })
      } catch (error) {
        if (!(error instanceof PlatformTrouble) || error.kind !== 'refused') throw error
        refused.set(member, error)
      }
    }
    return refused
  }
}
