import { type Backtests, backtests } from '../campaigns/backtest/backtests.service.ts'
import { runs } from '../campaigns/runs/runs.service.ts'
import { keepConsidered } from '../campaigns/upkeep.jobs.ts'
import type { ConsentImports } from '../connect/consents/imports.service.ts'
import { keepConsentFiles } from '../connect/consents/upkeep.jobs.ts'
import { keepFiles } from '../connect/files/upkeep.jobs.ts'
import { keepLog } from '../events/upkeep.jobs.ts'
import type { FactBuilds } from '../facts/build.service.ts'
import { idempotencyStore } from '../http/idempotency.store.ts'
import { loop } from '../jobs/loop.service.ts'
import { hourMs, minuteMs } from '../lib/duration.ts'
import { keepShortLinks } from '../messages/links/short-links.service.ts'
import { waitingMessages } from '../messages/onsite/waiting.service.ts'
import { receipts } from '../messages/receipts.service.ts'
import { forgetReports } from '../messages/reports.service.ts'
import { sender } from '../messages/send.service.ts'
import { keepDecisions } from '../messages/upkeep.jobs.ts'
import { couponExpiring } from '../orders/coupon-expiring.service.ts'
import { keepUploads, type ListUploads } from '../segments/lists/uploads.service.ts'
import type { Segments } from '../segments/segments.service.ts'
import { keepSegments } from '../segments/upkeep.jobs.ts'
import { deliver } from '../segments/webhooks/deliver.jobs.ts'
import type { Shops } from '../shops/shops.service.ts'
import { inThreads } from './backtest-threads.ts'
import type { CatalogueWork } from './catalogue.ts'
import { askForBalance, lookForReturnedMail, watchTexts } from './channel-news.ts'
import type { ConnectingWork } from './connecting.ts'
import type { DroppedFiles } from './dropped-files.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { patience, refusedThere } from './refusals.ts'
import type { ReportingWork } from './reporting.ts'
import type { RunningWork } from './running.ts'
import { scoring } from './scores.ts'

/** How long the backfill of segments rests when there is none; a new segment waits at most so long. */
const buildRestMs = 500

/** How long the files of consents and of lists rest when there is none; a new one waits at most so long. */
const fileRestMs = 500

/** How long runs of campaigns rest when nobody is to be called; a run begins at most so much late. */
const callRestMs = 500
/** How long people are not called while the line has enough to do. */
const pressedRestMs = 50

/** How long backtests rest when nobody asked for one. */
const replayRestMs = 500

/** How long counting for recommendations rests when no shop is due. */
const countRestMs = 5_000

/** How long the webhooks' lane rests when there is nothing to tell. */
const tellRestMs = 500

type Working = Rooms & {
  readonly consentFiles: Pick<ConsentImports, 'turn'>
  readonly listFiles: Pick<ListUploads, 'turn'>
  readonly catalogue: Pick<CatalogueWork, 'worker'>
  readonly connecting: Pick<ConnectingWork, 'worker' | 'prune' | 'errands'>
  readonly reporting: Pick<ReportingWork, 'workers' | 'keep'>
  readonly running: Pick<RunningWork, 'workers'>
  readonly dropped: Pick<DroppedFiles, 'workers'>
}

/** What leaves the house and what comes back of it, and the order in which the workers start and stop. */
export function outside(
  { config, db, databaseUrl, warehouse, clock, log }: HouseNeeds,
  rooms: Working,
) {
  const { tenants, door, lane, past, segment, carriers } = rooms
  const post = sender({
    db,
    clock,
    shops: tenants,
    vault: rooms.safe,
    channels: carriers,
    consent: rooms.ledger,
    contents: rooms.message,
    coupons: rooms.coupon,
    recheck: rooms.campaign.recheck,
    errands: rooms.connecting.errands,
    onRefused: refusedThere({ db, clock }, rooms),
    onNoBalance: askForBalance({ db, clock }, rooms),
    publicUrl: config.publicUrl,
    onError: (error) => log.failed(error, 'sender'),
  })
  Object.assign(rooms.news, { queued: post.wake, unpaid: post.unpaid, done: post.done })
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
  const replayer = replaying({ db, databaseUrl, warehouse, clock, log })
  const keeper = loop({
    turn: async () => {
      await rooms.reporting.keep()
      await rooms.connecting.prune()
      return await keepHouse({ db, warehouse, clock }, rooms, replayer.backtests)
    },
    idleMs: hourMs,
    onError: (error) => log.failed(error, 'upkeep'),
  })
  const caller = loop({
    turn: runs({
      db,
      clock,
      shops: tenants,
      campaigns: rooms.campaign,
      accept: door,
      rest: () => patience(pressedRestMs),
    }).turn,
    idleMs: callRestMs,
    onError: (error) => log.failed(error, 'runs'),
  })
  const helpers = [
    post,
    builder,
    keeper,
    caller,
    replayer,
    rooms.catalogue.worker,
    rooms.connecting.worker,
    ...rooms.reporting.workers,
    ...rooms.dropped.workers,
    ...rooms.running.workers,
    ...smallLoops({ db, warehouse, clock, log }, rooms),
  ]
  return {
    backtests: replayer.backtests,
    start: async (): Promise<void> => {
      await Promise.all([lane.start(), past.start()])
      for (const worker of [back, ...helpers]) worker.start()
    },
    /** Lets what is under way finish, in the order in which the rooms feed each other. */
    stop: async (): Promise<void> => {
      await lane.stop()
      await Promise.all(helpers.map((worker) => worker.stop()))
      await back.stop()
      await rooms.kept.stop()
      await past.stop()
      await rooms.watched.stop()
      await carriers.close()
    },
  }
}

/** What looks now and then whether there is something to do. */
function smallLoops(
  { db, warehouse, clock, log }: Pick<HouseNeeds, 'db' | 'warehouse' | 'clock' | 'log'>,
  rooms: Rooms & {
    readonly consentFiles: Pick<ConsentImports, 'turn'>
    readonly listFiles: Pick<ListUploads, 'turn'>
  },
) {
  const teller = loop({
    turn: deliver({ db, clock, vault: rooms.safe }).turn,
    idleMs: tellRestMs,
    onError: (error) => log.failed(error, 'webhooks'),
  })
  const counter = loop({
    turn: rooms.recommended.turn,
    idleMs: countRestMs,
    onError: (error) => log.failed(error, 'recommendations'),
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
  const filer = loop({
    turn: rooms.consentFiles.turn,
    idleMs: fileRestMs,
    onError: (error) => log.failed(error, 'consent files'),
  })
  const lister = loop({
    turn: rooms.listFiles.turn,
    idleMs: fileRestMs,
    onError: (error) => log.failed(error, 'list files'),
  })
  const reminder = loop({
    turn: couponExpiring({ db, clock, coupons: rooms.coupon, accept: rooms.door }).turn,
    idleMs: minuteMs,
    onError: (error) => log.failed(error, 'coupon reminders'),
  })
  const nights = scoring({ db, warehouse, clock, log }, rooms)
  return [teller, counter, texter, mailboxes, filer, lister, reminder, nights]
}

/** Campaigns tried on the past, one after another; a stop lets go of the one under way, which begins anew. */
function replaying({
  db,
  databaseUrl,
  warehouse,
  clock,
  log,
}: Pick<HouseNeeds, 'db' | 'databaseUrl' | 'warehouse' | 'clock' | 'log'>) {
  const onError = (error: unknown) => log.failed(error, 'backtests')
  const { url: warehouseUrl, database: warehouseDatabase } = warehouse
  const live = inThreads({ databaseUrl, warehouseUrl, warehouseDatabase })
  const room = backtests({ db, clock, live, onError })
  const work = loop({
    turn: room.turn,
    idleMs: replayRestMs,
    onError,
  })
  return {
    backtests: room,
    start: work.start,
    stop: async (): Promise<void> => {
      room.letGo()
      await work.stop()
    },
  }
}

// Hourly: partitions made ahead and dropped, what was remembered long enough forgotten.
async function keepHouse(
  needs: Pick<HouseNeeds, 'db' | 'warehouse' | 'clock'>,
  rooms: Rooms,
  replayed: Pick<Backtests, 'keep'>,
): Promise<boolean> {
  await keepLog(needs)
  await keepDecisions(needs)
  await waitingMessages({ ...needs, recheck: rooms.campaign.recheck }).expire()
  await keepShortLinks(needs)
  await keepConsentFiles(needs)
  await keepFiles(needs)
  await keepUploads(needs)
  await forgetReports(needs)
  await keepSegments(needs)
  await keepConsidered(needs)
  await rooms.pictures.forgetDeleted()
  await replayed.keep()
  await rooms.campaign.learning.learnAll()
  await rooms.people.forgetOld()
  await rooms.kept.prune()
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
