import { join } from 'node:path'
import { campaigns } from './campaigns/campaigns.service.ts'
import { catalog } from './catalog/catalog.service.ts'
import { channels } from './channels/channels.service.ts'
import { mailHooks } from './channels/email/mail-hooks.service.ts'
import { watchMailboxes } from './channels/email/mailbox.jobs.ts'
import { hookRoutes } from './channels/hooks.routes.ts'
import { kakao } from './channels/kakao/kakao.service.ts'
import { subscriptions } from './channels/push/push.service.ts'
import { textTurns } from './channels/text/text.service.ts'
import type { Config } from './config.ts'
import { consentImports } from './connect/consents/imports.service.ts'
import { refusals } from './connect/consents/refusals.service.ts'
import { imports } from './connect/imports.service.ts'
import { consent } from './consent/consent.service.ts'
import { wordings } from './consent/wordings.service.ts'
import { customers } from './customers/customers.service.ts'
import type { Database } from './database/connection.store.ts'
import { accept } from './events/accept.service.ts'
import { feed } from './events/feed.service.ts'
import { history } from './events/history.service.ts'
import { ingestRoutes } from './events/ingest.routes.ts'
import { line } from './events/line.service.ts'
import { live } from './events/live.service.ts'
import { keepLog } from './events/upkeep.jobs.ts'
import { visits } from './events/visits.ts'
import { assignments } from './experiments/assignments.service.ts'
import { type FactBuilds, factBuilds } from './facts/build.service.ts'
import { factsRoom } from './facts/room.service.ts'
import { idempotencyStore } from './http/idempotency.store.ts'
import type { Log } from './http/log.ts'
import { unready } from './http/readiness.ts'
import { headOf, lineReadings } from './http/readings.store.ts'
import { routesOf } from './http/routes.ts'
import { loop } from './jobs/loop.service.ts'
import type { ShopId } from './lib/brand.ts'
import type { Clock } from './lib/clock.ts'
import { hourMs, minuteMs } from './lib/duration.ts'
import { keepShortLinks } from './messages/links/short-links.service.ts'
import { messages } from './messages/messages.service.ts'
import { noticesRoom } from './messages/notices/room.service.ts'
import { messagePages } from './messages/pages.routes.ts'
import { pushPages } from './messages/push/subscribe.routes.ts'
import { receipts } from './messages/receipts.service.ts'
import type { RefusedThere } from './messages/record.service.ts'
import { applyReports, forgetReports, type ReportsNeeds } from './messages/reports.service.ts'
import { returnedMail } from './messages/returned-mail.service.ts'
import { sender } from './messages/send.service.ts'
import { textWatch } from './messages/sms/text-watch.service.ts'
import { keepDecisions } from './messages/upkeep.jobs.ts'
import { orders } from './orders/orders.service.ts'
import { type Segments, segments } from './segments/segments.service.ts'
import { keepSegments } from './segments/upkeep.jobs.ts'
import { deliver } from './segments/webhooks/deliver.jobs.ts'
import { keys } from './shops/keys.service.ts'
import { members } from './shops/members.service.ts'
import { type Shops, shops } from './shops/shops.service.ts'
import { vault } from './vault/vault.service.ts'
import type { Warehouse } from './warehouse/connection.store.ts'

/** How long the backfill of segments rests when there is none; a new segment waits at most so long. */
const buildRestMs = 500

/** How long the webhooks' lane rests when there is nothing to tell. */
const tellRestMs = 500

export type HouseNeeds = {
  readonly config: Config
  readonly db: Database
  readonly warehouse: Warehouse
  readonly secret: Uint8Array
  readonly clock: Clock
  readonly log: Log
  readonly demoShopUrl?: string
}
export type House = ReturnType<typeof wire>

/** Builds every room and says who listens to whom. The one file that knows them all. */
export function wire(needs: HouseNeeds) {
  const { config, db, warehouse, clock } = needs
  const ground = groundFloor(needs)
  const rooms = { ...ground, ...lineRooms(needs, ground) }
  const workers = outside(needs, rooms)
  const consentFiles = filesOfConsents(needs, rooms)
  return {
    shops: ground.tenants,
    keys: ground.apiKeys,
    members: ground.people,
    imports: imports({
      db,
      accept: rooms.door,
      clock,
      folder: join(config.dataFolder, 'imports'),
      wait: patience,
    }),
    consentFiles,
    /** Where a shop's log ends, and up to where history holds it. */
    position: async (id: ShopId) => ({
      head: await headOf(db, id),
      written: await rooms.past.completeTo(id),
    }),
    routes: routesOf({ ...needs, ...rooms, consentFiles }),
    ...publicPages(needs, rooms),
    /** Why the server is not ready, a sentence each; nothing when it is. */
    unready: () => unready(db, warehouse),
    readings: () => lineReadings(db),
    ...workers,
  }
}

const patience = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

type Ground = ReturnType<typeof groundFloor>
type Rooms = Ground & ReturnType<typeof lineRooms>

/** Rooms that stand on the tables alone. */
function groundFloor({ db, clock, secret }: HouseNeeds) {
  const safe = vault(secret)
  const tenants = shops({ db, clock })
  return {
    safe,
    tenants,
    apiKeys: keys({ db, clock }),
    people: members({ db, clock }),
    customer: customers({ db, vault: safe }),
    ledger: consent({ db }),
    wording: wordings({ db, clock }),
    products: catalog({ db }),
    carriers: channels({ db, vault: safe }),
    kakaoRoom: kakao({ db, clock, shops: tenants, vault: safe }),
  }
}

/** The log, the rooms that follow it on the line, and history behind it. */
function lineRooms({ db, warehouse, clock, log }: HouseNeeds, ground: Ground) {
  const { tenants, ledger, customer, products } = ground
  const { audit } = tenants
  const news: { queued: () => void } = { queued: () => undefined }
  const door = accept({ db, clock, onAppended: (id) => lane.wake(id) })
  const past = history({
    db,
    warehouse,
    clock,
    onError: (_, error) => log.failed(error, 'history'),
  })
  const order = orders()
  const facts = factsRoom({ orders: order, consent: ledger })
  const segment = segments({
    db,
    warehouse,
    clock,
    audit,
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
    assignments: assignments(),
  })
  const campaign = campaigns({ db, clock, shops: tenants, messages: message })
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
  const factBuild = factBuilds({
    db,
    warehouse,
    clock,
    customers: customer,
    completeTo: past.completeTo,
  })
  return { door, past, facts, factBuild, segment, message, campaign, lane, news, seen, watched }
}

/** What leaves the house and what comes back of it, and the order in which the workers start and stop. */
function outside({ config, db, clock, log }: HouseNeeds, rooms: Rooms) {
  const { tenants, door, lane, past, segment, carriers } = rooms
  const post = sender({
    db,
    clock,
    shops: tenants,
    vault: rooms.safe,
    channels: carriers,
    consent: rooms.ledger,
    contents: rooms.message,
    recheck: rooms.campaign.recheck,
    onRefused: refusedThere({ db, clock }, rooms),
    publicUrl: config.publicUrl,
    onError: (error) => log.failed(error, 'sender'),
  })
  rooms.news.queued = post.wake
  const back = receipts({
    db,
    clock,
    accept: door.accept,
    onError: (error) => log.failed(error, 'receipts'),
  })
  const builder = loop({
    turn: () => buildOnce(segment, rooms.factBuild, tenants),
    idleMs: buildRestMs,
    onError: (error) => log.failed(error, 'segments'),
  })
  const teller = loop({
    turn: deliver({ db, clock, vault: rooms.safe }).turn,
    idleMs: tellRestMs,
    onError: (error) => log.failed(error, 'webhooks'),
  })
  const keeper = loop({
    turn: () => keepHouse({ db, clock }, rooms),
    idleMs: hourMs,
    onError: (error) => log.failed(error, 'upkeep'),
  })
  const texter = loop({
    turn: () => watchTexts({ db, clock, log }, rooms).turn(),
    idleMs: minuteMs,
    onError: (error) => log.failed(error, 'texts'),
  })
  const mailboxes = loop({
    turn: () => lookForReturnedMail({ db, clock }, rooms),
    idleMs: minuteMs,
    onError: (error) => log.failed(error, 'mailboxes'),
  })
  const helpers = [post, builder, teller, keeper, texter, mailboxes]
  return {
    start: async (): Promise<void> => {
      await Promise.all([lane.start(), past.start()])
      for (const worker of [back, ...helpers]) worker.start()
    },
    /** Lets what is under way finish, in the order in which the rooms feed each other. */
    stop: async (): Promise<void> => {
      await lane.stop()
      await Promise.all(helpers.map((worker) => worker.stop()))
      await back.stop()
      await past.stop()
      await rooms.watched.stop()
      await carriers.close()
    },
  }
}

// Hourly: partitions made ahead and dropped, what was remembered long enough forgotten.
async function keepHouse(needs: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms): Promise<boolean> {
  await keepLog(needs)
  await keepDecisions(needs)
  await keepShortLinks(needs)
  await forgetReports(needs)
  await keepSegments(needs)
  await rooms.people.forgetOld()
  await idempotencyStore(needs.db).prune(needs.clock.now())
  await rooms.kakaoRoom.syncAll()
  return false
}

// One step of each shop's backfill in turn, so that a large shop does not keep a small one waiting.
async function buildOnce(segment: Segments, facts: FactBuilds, tenants: Shops): Promise<boolean> {
  let worked = false
  for (const id of await tenants.ids()) {
    worked = (await segment.build.step(id)) === 'worked' || worked
    worked = (await facts.step(id)) === 'worked' || worked
  }
  return worked
}

/** Who refused at a provider, as one of its answers or reports tells: the ledger of consents hears it. */
function refusedThere({ db, clock }: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms) {
  const { safe, ledger, customer, door } = rooms
  const people = { vault: safe, customers: customer, consent: ledger }
  const heard = refusals({ db, clock, ...people, accept: door.accept, wait: patience })
  return async (shop: ShopId, refused: readonly RefusedThere[]) => {
    for (const { message, customer: who, channel } of refused) {
      if (channel === 'webhook') continue
      const one = { address: undefined, customers: [who], channels: [channel] }
      await heard.record(shop, [one], { source: 'provider', cause: `message:${message}` })
    }
  }
}

/** Mails sent by SMTP come back into the shop's mailbox. */
function lookForReturnedMail({ db, clock }: Pick<HouseNeeds, 'db' | 'clock'>, rooms: Rooms) {
  const { tenants, safe, ledger } = rooms
  const tell = returnedMail({
    db,
    clock,
    vault: safe,
    record: (id, told) => applyReports({ db, clock, consent: ledger }, id, told),
  })
  return watchMailboxes({ shops: tenants, vault: safe, clock, tell }).turn()
}

/** What text providers tell of accounts and of the 080 number. */
function watchTexts({ db, clock, log }: Pick<HouseNeeds, 'db' | 'clock' | 'log'>, rooms: Rooms) {
  const { tenants, safe, ledger, customer, door } = rooms
  return textWatch({
    db,
    clock,
    shops: tenants,
    texts: textTurns({ db, clock, shops: tenants, vault: safe }),
    vault: safe,
    consent: ledger,
    customers: customer,
    accept: door.accept,
    onError: (error) => log.failed(error, 'texts'),
  })
}

function filesOfConsents({ db, clock }: HouseNeeds, rooms: Rooms) {
  const { safe, customer, ledger, door, tenants } = rooms
  const people = { vault: safe, customers: customer, consent: ledger }
  return consentImports({
    db,
    clock,
    ...people,
    accept: door.accept,
    shops: tenants,
    wait: patience,
  })
}

/** What shops, shoppers and mail programs reach without signing in. */
function publicPages({ config, db, clock, log }: HouseNeeds, rooms: Rooms) {
  const { door, safe: vaulted, tenants, ledger } = rooms
  const onRefused = refusedThere({ db, clock }, rooms)
  const reported: ReportsNeeds = { db, clock, consent: ledger, onRefused }
  const hooks = hookRoutes({
    clock,
    vault: vaulted,
    mail: mailHooks({ shops: tenants, vault: vaulted, clock }),
    apply: (shop, told) => applyReports(reported, shop, told),
    onError: (error) => log.failed(error, 'hooks'),
  })
  return {
    hooks,
    ingest: ingestRoutes({
      accept: door,
      resolveKey: rooms.apiKeys.resolve,
      vault: vaulted,
      clock,
      onError: log.failed,
    }),
    pages: messagePages({
      db,
      clock,
      shops: tenants,
      vault: vaulted,
      consent: ledger,
      accept: door.accept,
      publicUrl: config.publicUrl,
      onError: (error) => log.failed(error, 'pages'),
    }).route(
      '/',
      pushPages({
        clock,
        shops: tenants,
        subscriptions: subscriptions({ db, vault: vaulted }),
        resolveKey: rooms.apiKeys.resolve,
        accept: door.accept,
        onError: (error) => log.failed(error, 'push'),
      }),
    ),
  }
}
