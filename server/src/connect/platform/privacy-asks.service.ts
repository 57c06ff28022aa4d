import type { Database } from '../../database/connection.store.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Absorb } from './absorb.service.ts'
import { readConnection } from './connections.store.ts'
import { closeNotices, type NoticeRow } from './notices.store.ts'
import { customerOfMember, forgetBuyers, unseenSince } from './platform-records.store.ts'

/** What platforms must be able to ask for by law, whether the connection works or not. */
export const privacyResources = ['erasures', 'requests', 'shop'] as const
/** Members that are forgotten in one transaction. */
const atOnce = 100

/** Whether a webhook asks something of privacy instead of to look at an object. */
export const isAboutPrivacy = ({ resource }: Pick<NoticeRow, 'resource'>): boolean =>
  (privacyResources as readonly string[]).includes(resource)

/**
 * Answers a platform's questions of privacy with what is done for everybody who asks: a member who is to be forgotten is erased, as by
 * hand; one who asks what is known of them stands in the audit log, from where the shop gives them their file. A shop that took the
 * app away and did not come back asks for all of its members to be forgotten.
 */
export function privacyAsks(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly absorb: Absorb
  readonly audit: Shops['audit']
}) {
  const { db, clock } = needs

  async function erase(notice: NoticeRow, ids: readonly string[], isLast: boolean): Promise<void> {
    const now = clock.now()
    const { shop, connection } = notice
    await needs.absorb({
      ...{ shop, connection, resource: 'members', rows: [], gone: ids, asOf: now },
      ...{ isHistory: false, isErasure: true },
      also: async (tx) => {
        if (isLast) await closeNotices(tx, [notice], { now, error: null })
      },
    })
  }

  async function eraseAll(notice: NoticeRow): Promise<void> {
    const { shop, connection } = notice
    const own = await readConnection(db, shop, { id: connection })
    // Else it was connected anew meanwhile: the shop is there.
    if (own?.state !== 'connected') {
      const of = { shop, connection, resource: 'members' } as const
      const all = { before: Number.MAX_SAFE_INTEGER, limit: atOnce }
      let before: string | undefined
      for (let ids = await unseenSince(db, of, all); ids.length > 0; ) {
        if (ids[0] === before) throw new Error(`Member ${before} was not forgotten.`)
        before = ids[0]
        await erase(notice, ids, false)
        ids = await unseenSince(db, of, all)
      }
      await forgetBuyers(db, { shop, connection })
    }
    await closeNotices(db, [notice], { now: clock.now(), error: null })
  }

  return async (notice: NoticeRow): Promise<void> => {
    const { shop, resource, id } = notice
    const actor = { shop, name: 'platform' }
    switch (resource) {
      case 'erasures':
        return await erase(notice, [id], true)
      case 'shop':
        return await eraseAll(notice)
      case 'requests':
        await needs.audit(actor, 'customer.data_requested', {
          object: `customer:${await customerOfMember(db, shop, id)}`,
        })
        return await closeNotices(db, [notice], { now: clock.now(), error: null })
      default:
        throw new Error(`${resource} is no question of privacy.`)
    }
  }
}
