import { approvals } from '../campaigns/approval.service.ts'
import { campaigns } from '../campaigns/campaigns.service.ts'
import { forgetMembers } from '../connect/platform/platform-records.store.ts'
import { accept } from '../events/accept.service.ts'
import { feed } from '../events/feed.service.ts'
import { type History, history } from '../events/history.service.ts'
import { line } from '../events/line.service.ts'
import { live } from '../events/live.service.ts'
import { visits } from '../events/visits.ts'
import { factBuilds } from '../facts/build.service.ts'
import { factsRoom } from '../facts/room.service.ts'
import { type Messages, messages } from '../messages/messages.service.ts'
import { noticesRoom } from '../messages/notices/room.service.ts'
import type { Sender } from '../messages/send.service.ts'
import { couponUse } from '../orders/coupon-use.service.ts'
import { orders } from '../orders/orders.service.ts'
import { recommendations } from '../recommendations/recommendations.service.ts'
import { eraseLines } from '../reports/standing/standing.store.ts'
import { segments } from '../segments/segments.service.ts'
import type { Ground, HouseNeeds } from './ground.ts'

/** What rooms let the sender know; it is made after them. */
type News = { queued: () => void; unpaid: Sender['unpaid']; done: Sender['done'] }

export type Rooms = Ground & ReturnType<typeof lineRooms>

const nothingNew: News = {
  queued: () => undefined,
  unpaid: () => undefined,
  done: async () => undefined,
}

/** The log, the rooms that follow it on the line, and history behind it. */
export function lineRooms({ db, warehouse, clock, log }: HouseNeeds, ground: Ground) {
  const { tenants, ledger, customer, products } = ground
  const news: News = { ...nothingNew }
  const door = accept({ db, clock, onAppended: (id) => lane.wake(id) })
  const past = history({
    db,
    warehouse,
    clock,
    onError: (_, error) => log.failed(error, 'history'),
  })
  const counted = countedRooms({ db, warehouse, clock, log }, ground, past)
  const order = orders()
  const facts = factsRoom({ orders: order, consent: ledger })
  const segment = segments({
    db,
    warehouse,
    clock,
    audit: tenants.audit,
    facts,
    customers: customer,
    completeTo: past.completeTo,
    vault: ground.safe,
    users: (id, one) => campaign.usersOf(id, one),
  })
  const message = messages({
    db,
    clock,
    shops: tenants,
    consent: ledger,
    channels: ground.carriers,
    assignments: ground.acts.assignments,
    coupons: ground.coupon,
    catalog: products,
    recommendations: counted.recommended,
  })
  const { approval, campaign } = marketing({ db, warehouse, clock }, ground, message)
  const lane = line({
    db,
    clock,
    customers: customer,
    consent: ledger,
    catalog: products,
    // The order in which each happening passes them.
    rooms: [
      visits(),
      order.room,
      couponUse({ coupons: ground.coupon }),
      facts.room,
      segment.room,
      message.room,
      campaign.room(segment),
      noticesRoom({ consent: ledger, messages: message, shops: tenants }),
    ],
    facts,
    // Who asks to be forgotten is forgotten by every room.
    erasers: [
      facts.erase,
      segment.erase,
      campaign.erase,
      ground.coupon.erase,
      eraseLines,
      forgetMembers,
      async (tx, id, customers) => {
        for (const one of customers) await message.erase(tx, id, one)
      },
    ],
    appendInTransaction: door.appendInTransaction,
    onTurn: (id, placed) => {
      past.keep(id, placed)
      past.wake(id)
      news.queued()
    },
    onError: (_, error) => log.failed(error, 'line'),
  })
  const seen = feed({ db, warehouse, customers: customer, history: past })
  const watched = live({ db, feed: seen })
  const rooms = { segment, message, approval, campaign }
  return { door, past, facts, ...counted, ...rooms, lane, news, seen, watched }
}

/** What is made of history, behind the line. */
function countedRooms(
  { db, warehouse, clock, log }: Pick<HouseNeeds, 'db' | 'warehouse' | 'clock' | 'log'>,
  { customer, products }: Ground,
  { completeTo }: History,
) {
  return {
    factBuild: factBuilds({ db, warehouse, clock, customers: customer, completeTo }),
    recommended: recommendations({
      db,
      warehouse,
      clock,
      catalog: products,
      completeTo,
      onError: (error) => log.failed(error, 'recommendations'),
    }),
  }
}

/** Campaigns, and the second person's word on the large ones. */
function marketing(
  { db, warehouse, clock }: Pick<HouseNeeds, 'db' | 'warehouse' | 'clock'>,
  { tenants, coupon, acts }: Ground,
  message: Messages,
) {
  const approval = approvals({ db, warehouse, clock, shops: tenants, coupons: coupon })
  const { refuseUnapproved } = approval
  const sending = { shops: tenants, messages: message, refuseUnapproved }
  return { approval, campaign: campaigns({ db, clock, ...sending, ...acts }) }
}
