import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Actor } from '../../web/route.ts'
import type { Campaigns } from '../campaigns.service.ts'
import { flows } from '../flows.service.ts'
import { type CallNeeds, caller } from './call.service.ts'
import { scheduleOf } from './due.ts'
import { planner } from './plan.service.ts'
import { openRunStates, type RunCounts } from './run.ts'
import { countsSince, moveRun, openRuns, type RunRow, runsOf } from './runs.store.ts'

type Needs = Omit<CallNeeds, 'shops' | 'flows'> & {
  readonly shops: Pick<Shops, 'shop' | 'ids' | 'audit'>
  readonly campaigns: Pick<Campaigns, 'get' | 'settle'>
}

/** Runs shown of a campaign. */
const shownRuns = 20

/** A run as it is shown; what became of its messages is counted of the newest. */
export type ShownRun = RunRow & { readonly counts: RunCounts | null }

/** What calls people into campaigns at set times, and what a marketer may say about it. */
export function runs(given: Needs) {
  const { db, clock, campaigns } = given
  const needs = { ...given, flows: flows() }
  const plan = planner(needs)
  const call = caller(needs)

  async function step(shop: ShopId): Promise<boolean> {
    let worked = await campaigns.settle(shop)
    worked = (await plan.turn(shop)) || worked
    for (const run of await openRuns(db, shop)) {
      switch (run.campaignState) {
        case 'live':
          worked = (await call(shop, run)) || worked
          break
        case 'paused':
          break
        default: {
          const { id, state: from } = run
          const now = clock.now()
          const reason = 'campaign_stopped' as const
          await moveRun(db, shop, { id, from, state: 'cancelled', reason, now })
        }
      }
    }
    return worked
  }

  return {
    /** One step of each shop's runs; whether there was anything to do. One shop's trouble is told once the others have nothing left. */
    turn: async (): Promise<boolean> => {
      let worked = false
      const troubles: unknown[] = []
      for (const shop of await given.shops.ids()) {
        try {
          worked = (await step(shop)) || worked
        } catch (error) {
          troubles.push(error)
        }
      }
      if (troubles.length > 0 && !worked) throw troubles[0]
      return worked
    },
    step,
    /** The newest runs of a campaign, and when the next one is. */
    list: async (shop: ShopId, campaign: number) => {
      const { id, state, version } = await campaigns.get(shop, campaign)
      const rows = await runsOf(db, shop, { campaign, limit: shownRuns })
      const [newest] = rows
      const counts = newest?.begunAt
        ? await countsSince(db, shop, { campaign, since: newest.begunAt, until: null })
        : null
      const live = state === 'live' ? [{ campaign: id, version }] : []
      const flowOf = await needs.flows.load(db, shop, live)
      const schedule = state === 'live' ? scheduleOf(flowOf(id, version)) : undefined
      const next = schedule && (await plan.nextOf(shop, schedule))
      return {
        next: next ?? null,
        items: rows.map((row): ShownRun => ({ ...row, counts: row === newest ? counts : null })),
      }
    },
    /** Lets a run that waits or asks go on to everybody; or gives it up: nobody more is called, whoever was stays in. */
    decide: (actor: Actor, run: Which, word: Word) => decide(given, actor, { run, word }),
  }
}
export type Runs = ReturnType<typeof runs>

/** What a marketer may say of a run. */
export type Word = 'continue' | 'cancel'

const saysOf = {
  continue: {
    of: ['waiting', 'asking'],
    to: { state: 'calling' },
    act: 'campaign.run-continued',
  },
  cancel: {
    of: openRunStates,
    to: { state: 'cancelled', reason: 'by_hand' },
    act: 'campaign.run-cancelled',
  },
} as const satisfies Record<Word, object>

type Which = { readonly campaign: number; readonly id: number }

async function decide(
  { db, clock, shops }: Needs,
  actor: Actor,
  said: { readonly run: Which; readonly word: Word },
): Promise<ShownRun> {
  const { shop } = actor
  const { campaign, id } = said.run
  const [run] = await runsOf(db, shop, { campaign, id, limit: 1 })
  if (!run) throw new Refusal('not-found', `There is no run ${id} of this campaign.`)
  const { of, to, act } = saysOf[said.word]
  const change = { id, from: run.state, now: clock.now(), by: actor.name, ...to }
  const isOpen = of.some((state) => state === run.state)
  if (!isOpen || !(await moveRun(db, shop, change)))
    throw new Refusal('conflict', 'The run has gone on meanwhile; look again.')
  const detail = { run: id, called: run.called, audience: run.audience }
  await shops.audit(actor, act, { object: `campaign:${campaign}`, detail })
  const [after = run] = await runsOf(db, shop, { campaign, id, limit: 1 })
  return { ...after, counts: null }
}
