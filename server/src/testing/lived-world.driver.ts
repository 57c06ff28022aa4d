import type { RunNeeds } from '../campaigns/backtest/ground.service.ts'
import { runBacktest } from '../campaigns/backtest/run.service.ts'
import type { Flow } from '../campaigns/campaign.ts'
import { type Campaigns, campaigns } from '../campaigns/campaigns.service.ts'
import { runs } from '../campaigns/runs/runs.service.ts'
import { customers } from '../customers/customers.service.ts'
import { accept } from '../events/accept.service.ts'
import { history } from '../events/history.service.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import { gather } from '../messages/facts.service.ts'
import { type Segments, segments } from '../segments/segments.service.ts'
import type { Actor } from '../web/route.ts'
import { type MessageWorld, openMessageWorld } from './message-world.driver.ts'

/** What was decided about a person; who they are today. */
export type Row = {
  readonly customer: number
  readonly step: number
  readonly at: number
  readonly channel: string
  readonly outcome: string
  readonly reason: string
  readonly arm: string
}

export type LivedWorld = Awaited<ReturnType<typeof openLivedWorld>>

/** A message world with campaigns and segments in it that lives like a server which is never late, and can be tried on its past. */
export async function openLivedWorld() {
  const rooms: { campaigns?: Campaigns; segments?: Segments; past?: ReturnType<typeof history> } =
    {}
  const world: MessageWorld = await openMessageWorld({
    rooms: (built) => {
      const past = history(built)
      const room = campaigns(built)
      const segment = segments({
        ...built,
        customers: customers({ db: built.db }),
        vault: { hash: () => '' },
        completeTo: (shop: ShopId) => past.completeTo(shop),
        audit: async () => {},
      } as unknown as Parameters<typeof segments>[0])
      Object.assign(rooms, { campaigns: room, segments: segment, past })
      return [segment.room, room.room(segment)]
    },
  })
  const { campaigns: room, segments: segment, past } = rooms
  if (!room || !segment || !past) throw new Error('the rooms are built with the world')
  const needs: RunNeeds = {
    ...world,
    completeTo: past.completeTo,
    pools: (shop, ids) => world.coupons.pools(world.db, shop, ids),
    gather: (shop, { now, customers, channel }) =>
      gather({ consent: world.consent }, world.db, {
        shop: shop.id,
        now,
        asked: customers.map((customer) => ({ customer, channel, products: [] })),
        tradesWith: false,
      }),
  }
  const actor: Actor = { shop: world.shop, name: 'member:1', role: 'marketer' }
  return {
    ...world,
    room,
    segment,
    past,
    needs,
    actor,
    ...passing(world, room),
    ...asking(needs, world),
  }
}

/** How time passes: as for a server that is never late. */
function passing(world: MessageWorld, room: Campaigns) {
  const { db, clock } = world
  const sender = world.sender({ recheck: room.recheck })
  const calling = runs({ ...world, campaigns: room, accept: accept({ db, clock }) })

  /** Everything that can be done now is done: what is handed over is told to the line, which may ask for the next one. */
  async function settle(shop: ShopId = world.shop): Promise<void> {
    await world.line.drain(shop)
    while (await isQueued(shop)) {
      await sender.drain(shop)
      await world.receipts.drain()
      await world.line.drain(shop)
    }
  }

  async function isQueued(shop: ShopId): Promise<boolean> {
    const rows = await db`
      select 1 from outbox where shop = ${shop} and state = 'queued' and not_before <= ${clock.now()} limit 1`
    return rows.length > 0
  }

  async function nextDue(runsAt: readonly number[]): Promise<number> {
    const [row] = await db<{ at: number | null }[]>`
      select least((select min(at) from due where shop = ${world.shop}),
        (select min(not_before) from outbox where shop = ${world.shop} and state = 'queued'),
        (select min(due) from timers where shop = ${world.shop})) as at`
    return Math.min(row?.at ?? Infinity, ...runsAt.filter((at) => at > clock.now()))
  }

  /** Stops at whatever falls due, and at the runs of schedules. */
  async function passTo(time: number, runsAt: readonly number[] = []): Promise<void> {
    for (let due = await nextDue(runsAt); due < time; due = await nextDue(runsAt)) {
      clock.set(Math.max(due, clock.now() + 1))
      await settle()
      if (!runsAt.includes(due)) continue
      while (await calling.step(world.shop)) await settle()
    }
    clock.set(Math.max(time, clock.now() + 1))
  }
  return { settle, passTo }
}

/** What was decided, and what a backtest decides. */
function asking(needs: RunNeeds, { db, shop: own }: MessageWorld) {
  return {
    /** By the line, for a campaign. */
    lived: async (campaign: number): Promise<readonly Row[]> =>
      await ofToday(
        db,
        await db<Row[]>`
          select customer, step, at, channel, outcome, reason, arm from decisions
          where shop = ${own} and campaign = ${campaign}`,
      ),
    /** By a backtest of the same flow in the same time. */
    tried: async (of: {
      readonly shop?: ShopId
      readonly campaign: CampaignId
      readonly flow: Flow
      readonly from: number
      readonly to: number
    }) => {
      const rows: Row[] = []
      const result = await runBacktest(
        needs,
        { shop: own, against: null, ...of },
        {
          signal: new AbortController().signal,
          tell: () => {},
          onPerson: ({ survivor: customer }, run) => {
            for (const one of run.decisions()) {
              const { step, at, channel, state, reason, arm } = one
              const outcome = state === 'held_out' ? 'would_send' : state
              rows.push({ customer, step, at, channel, outcome, reason, arm })
            }
          },
        },
      )
      return { rows: inOrder(rows), result }
    },
  }
}

async function ofToday(db: MessageWorld['db'], rows: readonly Row[]): Promise<readonly Row[]> {
  const found = await db<
    { id: number; survivor: number | null }[]
  >`select id, survivor from customers`
  const survivor = new Map(found.map((row) => [row.id, row.survivor ?? row.id]))
  return inOrder(rows.map((row) => ({ ...row, customer: survivor.get(row.customer) ?? 0 })))
}

/** By time, person, step and channel. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(
    (a, b) =>
      a.at - b.at ||
      a.customer - b.customer ||
      a.step - b.step ||
      a.channel.localeCompare(b.channel),
  )
}
