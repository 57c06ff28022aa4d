import type { Database, Tx } from '../database/connection.store.ts'
import { type ArmSoFar, thompsonShares } from '../experiments/thompson.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { hourMs } from '../lib/duration.ts'
import { Flow } from './campaign.ts'
import type { drafts } from './drafts.service.ts'
import { publishedFlows, runningCampaigns } from './enrolments.store.ts'
import { stepsOf } from './flow-map.ts'
import type { Flows } from './flows.service.ts'
import type { Desk } from './person-turn.ts'
import {
  countArms,
  readShares,
  type ShareRow,
  saveShares,
  shopsThatSplit,
} from './split-arms.store.ts'
import { type ArmCount, splitReports } from './split-report.ts'
import type { SplitStep } from './steps/split.ts'

/** Looks anew how splits that learn should share people out; for the hourly upkeep and for whoever cannot wait. */
export function splitLearning(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly flows: Flows
}) {
  const { db, clock, flows } = needs

  async function learn(shop: ShopId): Promise<void> {
    const running = await runningCampaigns(db, shop)
    const flowOf = await flows.load(
      db,
      shop,
      running.map(({ id, version }) => ({ campaign: id, version })),
    )
    for (const { id, version } of running) {
      const flow = flowOf(id, version)
      const learning = learningSplits(flow)
      if (learning.length === 0) continue
      const now = clock.now()
      const windowMs = flow.goal.windowHours * hourMs
      await db.begin(async (tx) => {
        const counts = await countArms(tx, shop, { campaign: id, windowMs, now })
        for (const step of learning) {
          const arms = armsSoFar(step, counts)
          const shares = thompsonShares(arms, seedOf(id, step, arms))
          if (shares) await saveShares(tx, shop, { campaign: id, split: step.id, shares, now })
        }
      })
    }
  }

  return {
    learn,
    learnAll: async (): Promise<void> => {
      for (const shop of await shopsThatSplit(db)) await learn(shop)
    },
  }
}

/** The same people give the same shares, on whichever machine they are counted. */
function seedOf(campaign: number, { id }: SplitStep, arms: readonly ArmSoFar[]): string {
  const people = arms.map((arm) => `${arm.id}=${arm.reached}/${arm.people}`)
  return `split:${campaign}:${id}:${people.join(',')}`
}

function armsSoFar({ id, arms }: SplitStep, counts: readonly ArmCount[]): readonly ArmSoFar[] {
  return arms.map((arm) => {
    const mine = counts.filter((one) => one.split === id && one.arm === arm.id)
    return {
      id: arm.id,
      people: mine.reduce((sum, { people }) => sum + people, 0),
      reached: mine.reduce((sum, { reached }) => sum + reached, 0),
    }
  })
}

function learningSplits(flow: Flow): readonly SplitStep[] {
  return stepsOf(flow).flatMap((step) =>
    step.kind === 'split' && step.mode === 'adaptive' ? [step] : [],
  )
}

/** The learnt shares that a turn needs; asks nothing where no running flow learns. */
export async function learntShares(
  source: Database | Tx,
  shop: ShopId,
  flows: readonly Flow[],
): Promise<Desk['sharesOf']> {
  if (!flows.some((flow) => learningSplits(flow).length > 0)) return () => undefined
  const shares = sharesBySplit(await readShares(source, shop))
  return (campaign: CampaignId, split) => shares.get(`${campaign}:${split}`)
}

/** `campaign:split` -> arm -> share. */
function sharesBySplit(
  rows: readonly ShareRow[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groups = Map.groupBy(rows, ({ campaign, split }) => `${campaign}:${split}`)
  return new Map(
    [...groups].map(([split, arms]) => [
      split,
      new Map(arms.map(({ arm, share }) => [arm, share] as const)),
    ]),
  )
}

/** How the arms of a campaign's splits do, on the version that people enter on. */
export function splitReporting(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly campaigns: Pick<ReturnType<typeof drafts>, 'get'>
}) {
  const { db, clock, campaigns } = needs
  return async (shop: ShopId, id: number) => {
    const { draft, version } = await campaigns.get(shop, id)
    const campaign = id as CampaignId
    const [published] = await publishedFlows(db, shop, [{ campaign, version }])
    const flow = published ? Flow.parse(JSON.parse(published.flow)) : draft
    const { windowHours, event } = flow.goal
    const asked = { campaign: id, windowMs: windowHours * hourMs, now: clock.now() }
    const counts = await countArms(db, shop, asked)
    const shares = sharesBySplit(await readShares(db, shop))
    const learnt = (split: number) => shares.get(`${id}:${split}`)
    return { windowHours, event, splits: splitReports(flow, counts, learnt) }
  }
}
export type SplitReporting = ReturnType<typeof splitReporting>
