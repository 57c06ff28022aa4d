import type { Consent } from '../consent/consent.service.ts'
import { contactIdentity, maskContact, normalisePhone } from '../customers/contact.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Vault } from '../vault/vault.service.ts'
import { countPhoneTests } from './test-phones.store.ts'

/** Tests to phones that a shop may send in 24 hours: enough to try a text, too few to advertise by them. */
const testsADay = 30

/** Looks at the phone number a test is meant for. The members of a shop are known by e-mail; their phones are typed in. */
export function testPhones(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'hash'>
  readonly consent: Pick<Consent, 'closedSince'>
}) {
  const sentBy = (shop: ShopId) => countPhoneTests(needs.db, shop, needs.clock.now() - dayMs)
  const tooMany = () =>
    new Refusal('conflict', `At most ${testsADay} tests go to phones in 24 hours.`, 'to')
  return {
    /** Counts again once the audit log has this test: of many begun at once no more leave than of many in a row. */
    counted: async (shop: ShopId): Promise<void> => {
      if ((await sentBy(shop)) > testsADay) throw tooMany()
    },
    /** The number in E.164 and as the audit log may show it; refused for who has refused, and when there were too many. */
    checked: async (
      shop: ShopId,
      asked: { readonly text: string; readonly channel: 'sms' | 'kakao' },
    ): Promise<{ readonly address: string; readonly masked: string }> => {
      const phone = normalisePhone(asked.text)
      if (phone?.kind !== 'mobile') {
        throw new Refusal('invalid', 'A mobile number such as 010-1234-5678 is needed.', 'to')
      }
      const hash = needs.vault.hash('phone', contactIdentity('phone', phone.e164))
      const closed = await needs.consent.closedSince(needs.db, shop, {
        channel: asked.channel,
        hashes: [hash],
      })
      if (closed.size > 0) {
        throw new Refusal('conflict', 'This number has refused messages of the shop.', 'to')
      }
      if ((await sentBy(shop)) >= testsADay) throw tooMany()
      return { address: phone.e164, masked: maskContact('phone', phone.e164) }
    },
  }
}
export type TestPhones = ReturnType<typeof testPhones>
