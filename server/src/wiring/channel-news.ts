import { watchMailboxes } from '../channels/email/mailbox.jobs.ts'
import { textTurns } from '../channels/text/text.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { applyReports } from '../messages/reports.service.ts'
import { returnedMail } from '../messages/returned-mail.service.ts'
import { textWatch } from '../messages/sms/text-watch.service.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'

// What mailboxes and text providers tell of their own accord.

/** Mails sent by SMTP come back into the shop's mailbox. */
export function lookForReturnedMail({ db, clock }: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms) {
  const { tenants, safe, ledger } = rooms
  const tell = returnedMail({
    db,
    clock,
    vault: safe,
    record: (id, told) =>
      applyReports({ db, clock, consent: ledger, coupons: rooms.coupon }, id, told),
  })
  return watchMailboxes({
    shops: tenants,
    vault: safe,
    clock,
    tell,
    mailReach: rooms.mailReach,
  }).turn()
}

function turnsOfTexts({ db, clock }: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms) {
  return textTurns({ db, clock, shops: rooms.tenants, vault: rooms.safe })
}

/** An account that paid for nothing more is looked at soon. */
export function askForBalance(needs: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms) {
  return async ({ shop, channel }: { readonly shop: ShopId; readonly channel: string }) => {
    if (channel === 'sms' || channel === 'kakao') await turnsOfTexts(needs, rooms).askSoon(shop)
  }
}

/** What text providers tell of accounts and of the 080 number. */
export function watchTexts(
  { db, clock, log }: Pick<HouseNeeds, 'db' | 'clock' | 'log'>,
  rooms: Rooms,
) {
  const { tenants, safe, ledger, customer, door } = rooms
  return textWatch({
    db,
    clock,
    shops: tenants,
    texts: turnsOfTexts({ db, clock }, rooms),
    vault: safe,
    consent: ledger,
    customers: customer,
    accept: door.accept,
    onError: (error) => log.failed(error, 'texts'),
  })
}
