import type { KeptResults } from '../../jobs/kept-results.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { sendingSettings } from '../../messages/sending.ts'
import type { Segments } from '../../segments/segments.service.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { type FileLanguage, headsIn } from '../../web/csv-heads.ts'
import type { Actor } from '../../web/route.ts'
import { capsAt } from '../caps.store.ts'
import { EffectReport } from '../effect-report.ts'
import { readReached } from '../reached.store.ts'
import { type DrawNeeds, drawing } from './draw.service.ts'
import { readJoining } from './joining.store.ts'
import { liftOf, type Past, type SharePlan, sharePlans } from './plan.ts'
import { ExposureAnswer, type Split, type SplitInput, splitsLimit } from './split.ts'
import { splitEffect } from './split-effect.service.ts'
import {
  insertSplit,
  type PastRow,
  readList,
  readPast,
  readSides,
  readSplits,
  type SplitRow,
  takeExposure,
} from './splits.store.ts'

/** People whose past is looked at for a plan. */
const pastPeople = 20_000
/** Small comparisons are worked out anew at once; what takes longer is shown with its time. */
const freshMs = 20_000
/** Which of the two lists, and in which language its columns are named. */
type FileAsked = {
  readonly id: number
  readonly arm: 'treatment' | 'holdout'
  readonly language: FileLanguage
}
const listColumns = ['id', 'member_id', 'name', 'email', 'phone'] as const

/** A split's effect; what the campaign report tells of clicks and coupons is not known here. */
export const SplitEffect = EffectReport.omit({ credit: true, days: true, sending: true })

export type SplitsNeeds = DrawNeeds & {
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop' | 'audit'>
  readonly segments: Pick<Segments, 'get' | 'exportPeople'>
  readonly kept: KeptResults
}

/** What could be shown by splitting a segment now. */
export type SplitPlan = {
  readonly people: number
  /** Members who would be on neither list, because they get no advertising at all; about. */
  readonly leftOut: number
  /** What each did in as many days before: a share of people, orders or an amount; null: not known. */
  readonly base: number | null
  readonly lift: number
  readonly shares: readonly SharePlan[]
}

/** Segments split at random for other tools, their two lists, and what sending caused, judged by the draw alone. */
export function splits(needs: SplitsNeeds) {
  const { db, clock } = needs
  const get = async (shop: ShopId, id: number) => told(needs, shop, await rowOf(needs, shop, id))
  return {
    get,
    /** A step of the draws of all shops; whether there was any. One turn at a time. */
    turn: drawing(needs).turn,

    list: async (shop: ShopId): Promise<readonly Split[]> =>
      Promise.all((await readSplits(db, shop, { limit: 50 })).map((row) => told(needs, shop, row))),

    plan: (shop: ShopId, asked: Omit<SplitInput, 'name' | 'share'>) => planOf(needs, shop, asked),

    create: async (actor: Actor, input: SplitInput): Promise<Split> => {
      const { shop } = actor
      const segment = await needs.segments.get(shop, input.segment)
      if (segment.state !== 'live')
        throw new Refusal('conflict', 'The segment is still being filled. Try in a moment.')
      if ((await readSplits(db, shop, { limit: splitsLimit })).length >= splitsLimit)
        throw new Refusal('too-many', `A shop may have ${splitsLimit} splits.`)
      const { windowDays, ...rest } = input
      const id = await insertSplit(db, shop, {
        ...rest,
        segmentName: segment.name,
        windowMs: windowDays * dayMs,
        madeAt: clock.now(),
        actor: actor.name,
      })
      await needs.shops.audit(actor, 'split.created', {
        object: `split:${id}`,
        detail: { name: input.name, segment: input.segment, share: input.share },
      })
      return get(shop, id)
    },

    /** The file of one of the lists; each is in the audit log. */
    file: async (actor: Actor, asked: FileAsked) => {
      const { name, state } = await rowOf(needs, actor.shop, asked.id)
      if (state !== 'drawn') throw new Refusal('conflict', 'The lists are not drawn yet.')
      const body = await needs.segments.exportPeople(actor, {
        columns: headsIn(asked.language, listColumns),
        cells: (row: Awaited<ReturnType<typeof readList>>[number], shown) => [
          ...[String(row.customer), row.user ?? '', shown.name, shown.email, shown.phone],
        ],
        page: (after, limit) =>
          readList(db, actor.shop, { split: asked.id, arm: asked.arm, after, limit }),
        act: 'split.list-downloaded',
        object: `split:${asked.id}`,
        detail: { arm: asked.arm },
      })
      return { name, body }
    },

    /** Takes a file of who really got it, to describe what the other tool did. */
    expose: async (
      actor: Actor,
      file: { readonly id: number; readonly name: string; readonly bytes: Buffer },
    ): Promise<Split> => {
      const { shop } = actor
      await rowOf(needs, shop, file.id)
      if (file.bytes.byteLength === 0) throw new Refusal('invalid', 'The file is empty.', 'file')
      const sealed = needs.vault.seal(file.bytes.toString('base64'))
      if (!(await takeExposure(db, shop, { id: file.id, name: file.name, sealed })))
        throw new Refusal('conflict', 'The lists are not drawn, or another file is being read.')
      await needs.shops.audit(actor, 'split.exposure-uploaded', {
        object: `split:${file.id}`,
        detail: { file: file.name },
      })
      return get(shop, file.id)
    },

    /** What sending caused, kept with its time. */
    effect: async (shop: ShopId, id: number, isFresh: boolean) => {
      const row = await rowOf(needs, shop, id)
      if (row.state !== 'drawn') throw new Refusal('conflict', 'The lists are not drawn yet.')
      return await needs.kept.answer(shop, {
        report: 'split-effect',
        question: { split: id },
        schema: SplitEffect,
        freshMs,
        isFresh,
        work: async (now, signal) =>
          SplitEffect.parse(await splitEffect(needs, shop, { row, now, signal })),
      })
    },
  }
}
export type Splits = ReturnType<typeof splits>

async function rowOf({ db }: Pick<SplitsNeeds, 'db'>, shop: ShopId, id: number): Promise<SplitRow> {
  const [row] = await readSplits(db, shop, { id, limit: 1 })
  if (!row) throw new Refusal('not-found', `There is no split ${id}.`)
  return row
}

async function told({ db }: Pick<SplitsNeeds, 'db'>, shop: ShopId, row: SplitRow): Promise<Split> {
  const sides = await readSides(db, shop, row)
  const { exposureState, exposureName, exposureAnswer, drawnAt, windowMs } = row
  const isRead = exposureState === 'read'
  return {
    ...{ id: row.id, name: row.name, segment: row.segment, segmentName: row.segmentName },
    ...{ reach: row.reach, share: row.share, metric: row.metric, madeAt: row.madeAt },
    ...{
      state: row.state,
      drawnAt,
      total: row.total,
      done: row.done,
      leftOut: row.leftOut,
      problem: row.problem,
    },
    windowDays: windowMs / dayMs,
    endsAt: drawnAt === null ? null : drawnAt + windowMs,
    treatment: { people: sides.treatment, exposed: isRead ? sides.treatmentExposed : null },
    holdout: { people: sides.holdout, exposed: isRead ? sides.holdoutExposed : null },
    mixed: sides.mixed,
    exposure: exposureState && {
      state: exposureState,
      fileName: exposureName ?? '',
      answer: exposureAnswer === null ? null : ExposureAnswer.parse(JSON.parse(exposureAnswer)),
    },
  }
}

async function planOf(
  needs: SplitsNeeds,
  shop: ShopId,
  asked: Omit<SplitInput, 'name' | 'share'>,
): Promise<SplitPlan> {
  const { db } = needs
  await needs.segments.get(shop, asked.segment)
  const now = needs.clock.now()
  const { currency, settings } = await needs.shops.shop(shop)
  const windowMs = asked.windowDays * dayMs
  const { spent: cap } = await capsAt(db, shop, { windowMs, currency, began: now })
  const { people: members, rows } = await readPast(db, shop, {
    ...{ segment: asked.segment, reach: asked.reach, currency, cap },
    ...{ from: now - windowMs, to: now, most: pastPeople },
  })
  const leftOut = Math.round(members * sendingSettings(settings.sending).shopHoldout)
  const people = members - leftOut
  const past = await pastOf(needs, shop, { rows, metric: asked.metric, windowMs, now })
  return {
    people,
    leftOut,
    base: past.people > 0 ? past.sum / past.people : null,
    lift: liftOf(past),
    shares: sharePlans(people, past),
  }
}

/** What they did of it in as long before; of joining, what visitors did who were no members then, for members join once. */
async function pastOf(
  { warehouse }: SplitsNeeds,
  shop: ShopId,
  {
    rows,
    metric,
    windowMs,
    now,
  }: {
    readonly rows: readonly PastRow[]
    readonly metric: SplitInput['metric']
    readonly windowMs: number
    readonly now: number
  },
): Promise<Past> {
  if (metric === 'sign_up') {
    const { people, joined } = await readJoining(warehouse, shop, { windowMs, now })
    return { people, sum: joined, squares: joined, isRate: true }
  }
  if (metric === 'revisit') {
    const people = rows.map(({ customer }) => ({ customer, at: now - windowMs }))
    const came = await readReached(warehouse, shop, {
      ...{ event: 'Visit Started', windowMs, now, people },
    })
    return { people: rows.length, sum: came.size, squares: came.size, isRate: true }
  }
  const values = rows.map(({ orders, revenue }) =>
    metric === 'purchase' ? Math.min(1, orders) : metric === 'orders' ? orders : revenue,
  )
  return {
    people: rows.length,
    isRate: metric === 'purchase',
    sum: values.reduce((sum, one) => sum + one, 0),
    squares: values.reduce((sum, one) => sum + one * one, 0),
  }
}
