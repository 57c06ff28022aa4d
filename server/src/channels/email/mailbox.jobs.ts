import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { readMailbox, wordsOf } from './mailbox.driver.ts'
import { type MailboxSettings, mailboxRead, mailboxSettings } from './mailbox-settings.ts'
import type { MailReach } from './reach.driver.ts'
import type { Returned } from './returned.ts'

const everyMs = 5 * minuteMs

type Needs = {
  readonly shops: Pick<Shops, 'ids' | 'shop' | 'set'>
  readonly vault: Pick<Vault, 'open'>
  readonly clock: Clock
  readonly mailReach: MailReach
  /** Told what came back; answers how many of them were mails of this shop. Telling the same twice changes nothing. */
  readonly tell: (shop: ShopId, returned: readonly Returned[]) => Promise<number>
}

/** Looks into the mailboxes of shops that send by SMTP, every five minutes, for mails that came back. */
export function watchMailboxes(needs: Needs) {
  const { shops, clock } = needs

  async function look(shop: ShopId, settings: MailboxSettings): Promise<void> {
    const before = mailboxRead((await shops.shop(shop)).settings.mailboxRead)
    const at = clock.now()
    if (before && Math.abs(at - before.at) < everyMs) return
    try {
      const password = needs.vault.open(settings.sealedPassword)
      const { place, returned } = await readMailbox(
        { ...settings, reach: needs.mailReach },
        password,
        before,
      )
      const found = returned.length === 0 ? 0 : await needs.tell(shop, returned)
      await shops.set(shop, 'mailboxRead', {
        ...place,
        at,
        found: (before?.found ?? 0) + found,
        error: null,
      })
    } catch (error) {
      const unread = { uidValidity: '', uid: 0, found: 0 }
      await shops.set(shop, 'mailboxRead', { ...(before ?? unread), at, error: wordsOf(error) })
    }
  }

  return {
    /** One look at every shop's mailbox that is due; for the jobs' loop. */
    turn: async (): Promise<boolean> => {
      for (const shop of await shops.ids()) {
        const settings = mailboxSettings((await shops.shop(shop)).settings.mailbox)
        if (settings) await look(shop, settings)
      }
      return false
    },
  }
}
