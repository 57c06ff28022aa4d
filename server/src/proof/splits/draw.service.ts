import { randomUUID } from 'node:crypto'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database, Tx } from '../../database/connection.store.ts'
import { armOf } from '../../experiments/arm.ts'
import type { Assignments } from '../../experiments/assignments.service.ts'
import { isHeldOutOfShop, shopExperiment } from '../../experiments/shop-wide.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { sendingSettings } from '../../messages/sending.ts'
import type { linesFrom, openFile } from '../../segments/lists/read-file.service.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { capsAt } from '../caps.store.ts'
import {
  type Called,
  callMembers,
  endExposure,
  failDraw,
  type Lease,
  markExposed,
  noteDrawn,
  takeCalled,
  takeSplit,
  type Work,
} from './draw.store.ts'
import { type ExposureAnswer, experimentOf } from './split.ts'

/** How long a split stays with a worker of which nothing more is heard. */
const leaseMs = 5 * minuteMs
/** People drawn in one transaction. */
const slicePeople = 1_000

/** Files of people, as lists read them. */
export type PeopleFiles = {
  readonly openFile: typeof openFile
  readonly linesFrom: typeof linesFrom
}

export type DrawNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly assignments: Pick<Assignments, 'record' | 'read'>
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly files: PeopleFiles
  /** People drawn in one transaction; 1,000 unless told. */
  readonly slicePeople?: number
}

/**
 * Draws splits beside the requests: everyone who is a member is called at one instant, then arms are drawn a slice a turn, and
 * a run that was killed goes on where it stood. Afterwards reads files of who really got it.
 */
export function drawing(needs: DrawNeeds) {
  const worker = randomUUID()
  return {
    /** A step of the work on all shops' splits; whether there was any. */
    turn: async (): Promise<boolean> => {
      const now = needs.clock.now()
      const lease: Lease = { by: worker, now, until: now + leaseMs }
      const work = await takeSplit(needs.db, lease)
      if (!work) return false
      if (work.state === 'drawn') await readExposure(needs, work)
      else if (work.drawnAt === null) await call(needs, work)
      else await draw(needs, work, work.drawnAt)
      return true
    },
  }
}

async function call({ db, clock, shops }: DrawNeeds, work: Work): Promise<void> {
  const now = clock.now()
  const { currency } = await shops.shop(work.shop)
  const caps = await capsAt(db, work.shop, { windowMs: work.windowMs, currency, began: now })
  await db.begin(async (tx) => {
    const people = await callMembers(tx, work, { ...caps, now, currency })
    if (people === 0) await failDraw(tx, work, 'nobody')
  })
}

async function draw(needs: DrawNeeds, work: Work, drawnAt: number): Promise<void> {
  const limit = needs.slicePeople ?? slicePeople
  const experiment = experimentOf(work.id)
  await needs.db.begin(async (tx) => {
    const { taken, called } = await takeCalled(tx, work, limit)
    const drawable = await advertisable(needs, tx, { shop: work.shop, called })
    const rows = drawable.map(({ customer, key }) => ({
      experiment,
      customer,
      arm: armOf({ experiment, assignmentKey: key, holdoutShare: work.share }),
      share: work.share,
      at: drawnAt,
    }))
    await needs.assignments.record(tx, work.shop, rows)
    const leftOut = called.length - drawable.length
    await noteDrawn(tx, work, { people: taken, leftOut, isLast: taken < limit })
  })
}

/**
 * Those who may be advertised to at all. Who is held out of the whole shop is on neither list: sent to by another tool they
 * would no longer be people without advertising, and on the other list they would make it an arm that nothing reaches anyway.
 */
async function advertisable(
  { shops, assignments }: DrawNeeds,
  tx: Tx,
  { shop, called }: { readonly shop: ShopId; readonly called: readonly Called[] },
): Promise<readonly Called[]> {
  const { settings } = await shops.shop(shop)
  const share = sendingSettings(settings.sending).shopHoldout
  if (share === 0) return called
  const customers = called.map(({ customer }) => customer)
  const known = await assignments.read(tx, shop, { experiments: [shopExperiment], customers })
  const arms = new Map(known.map((one) => [one.customer, one.firstArm]))
  return called.filter(
    ({ customer, key }) =>
      !isHeldOutOfShop({ share, recorded: arms.get(customer), assignmentKey: key }),
  )
}

/** Whom the file names is marked on the lists; it describes what the other tool did and takes nobody out of the comparison. */
async function readExposure(needs: DrawNeeds, work: Work): Promise<void> {
  try {
    const answer = await markAll(needs, work)
    await endExposure(needs.db, work, { state: 'read', answer: JSON.stringify(answer) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await endExposure(needs.db, work, { state: 'failed', answer: null })
  }
}

async function markAll(needs: DrawNeeds, work: Work): Promise<ExposureAnswer> {
  const { files, vault, db } = needs
  const file = files.openFile(Buffer.from(vault.open(work.exposureSealed ?? ''), 'base64'))
  const [everybody, drawn] = [new Set<number>(), new Set<number>()]
  let matched = 0
  for (let from = 0; from < file.rows.length; ) {
    const lines = await files.linesFrom(needs, work.shop, { file, from })
    matched += lines.found.filter(({ reason }) => reason === undefined).length
    for (const one of lines.people) everybody.add(one)
    for (const one of await markExposed(db, work, lines.people)) drawn.add(one)
    from = lines.to
  }
  return { rows: file.rows.length, matched, strangers: everybody.size - drawn.size }
}
