import type { Tx } from '../database/connection.store.ts'
import type { LineRoom, RoomTurn, Turn } from '../events/turn.ts'
import type { CampaignId, CustomerId, SegmentId } from '../lib/brand.ts'
import type { MessageIntent, MessageOutcome } from '../messages/intent.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Acting, type ActNeeds, doActs } from './acts.service.ts'
import { ended } from './advance.ts'
import { intentOf } from './ask.ts'
import { considering } from './considered.service.ts'
import {
  type EnrolmentRow,
  openEnrolments,
  type RunningCampaign,
  runningCampaigns,
  unsellable,
} from './enrolments.store.ts'
import type { LiveCampaign } from './entry.ts'
import type { Flows } from './flows.service.ts'
import { countedGoodsDays } from './goods-days.service.ts'
import { type Memory, readMemory, writeMemory } from './memory.ts'
import { mergedInto } from './merging.ts'
import { type Desk, type PersonTurn, personTurn } from './person-turn.ts'
import { type SavedWay, saveWays } from './save-ways.service.ts'
import { type Shares, sharesNow } from './shares.service.ts'
import { type ArmRow, moveArms, saveArms } from './split-arms.store.ts'
import { learntShares } from './splits.service.ts'
import { calledEvent, eventOfTrigger } from './trigger.ts'
import { asks, sends, type Way } from './way.ts'

export type LineNeeds = ActNeeds & {
  readonly shops: Pick<Shops, 'shop'>
  readonly flows: Flows
  /** Membership as of this moment of the turn. */
  readonly segments: {
    readonly inTurn: (turn: Turn) => {
      readonly isMember: (customer: CustomerId, segment: SegmentId) => boolean
    }
  }
  readonly messages: {
    readonly decideAll: (
      tx: Tx,
      turn: Turn,
      intents: readonly MessageIntent[],
    ) => Promise<readonly MessageOutcome[]>
  }
}

/** Campaigns' part in the line: who enters, who waits, who is asked for a message; all in the line's transaction. */
export function campaignsRoom(needs: LineNeeds): LineRoom<Tx> {
  return { name: 'campaigns', open: (tx, turn) => openRoom(needs, tx, turn) }
}

type Open = {
  readonly turn: Turn
  readonly desk: RunningDesk
  readonly notes: ReturnType<typeof considering>
  readonly people: ReadonlyMap<CustomerId, PersonTurn>
}

async function openRoom(needs: LineNeeds, tx: Tx, turn: Turn): Promise<RoomTurn<Tx>> {
  await moveArms(tx, turn.shop, turn.merges.filter(hadArms))
  const met = [...turn.people.keys(), ...turn.merges.map((merge) => merge.from)]
  const [rows, running] = await Promise.all([
    openEnrolments(tx, turn.shop, met),
    runningCampaigns(tx, turn.shop),
  ])
  const notes = considering(turn)
  await notes.open(tx)
  const starts = startsOf(turn, rows)
  const products = productsDue(starts, turn.now)
  const opened = await openDesk(needs, tx, { turn, rows, running, products })
  const desk = { ...opened, onNotEntered: notes.told }
  const people = new Map<CustomerId, PersonTurn>()
  for (const start of starts) people.set(start.customer, personTurn(desk, start))
  const startOf = new Map(starts.map((start) => [start.customer, start]))
  return {
    nextDue: (customer) => people.get(customer)?.nextDue() ?? Infinity,
    fire: (customer, now) => people.get(customer)?.fire(now),
    apply: (happening) => people.get(happening.customer)?.apply(happening, turn.now),
    discard: (customer) => {
      // What this turn did to the person is forgotten; that others were merged into them is not.
      const start = startOf.get(customer)
      if (start) people.set(customer, personTurn(desk, start))
      notes.discard(customer)
    },
    close: (tx) => closeRoom(needs, tx, { turn, desk, notes, people }),
  }
}

/** Were splits ever drawn for the person merged away? */
function hadArms(merge: Turn['merges'][number]): boolean {
  return readMemory(merge.section('campaigns')).arms !== undefined
}

type Start = Parameters<typeof personTurn>[1]

/** What everybody in the turn begins with; people merged in this turn are one already. */
function startsOf(turn: Turn, rows: readonly EnrolmentRow[]): readonly Start[] {
  const ways = new Map<CustomerId, Way[]>()
  for (const row of rows) {
    const { id, ...enrolment } = row
    const way: Way = { id, enrolment, before: enrolment, ask: undefined }
    ways.set(row.customer, [...(ways.get(row.customer) ?? []), way])
  }
  const gone = new Map<CustomerId, Turn['merges'][number][]>()
  for (const merge of turn.merges) gone.set(merge.to, [...(gone.get(merge.to) ?? []), merge])
  return [...turn.people].map(([customer, person]) => {
    const { traits, assignmentKey, internal } = person.customer
    const led = { internal, now: turn.now }
    const own = {
      customer,
      traits,
      assignmentKey,
      internal,
      memory: readMemory(person.section('campaigns')),
      ways: ways.get(customer) ?? [],
    }
    const merged = gone.get(customer)
    if (!merged) return { ...own, ways: inFlight(own.ways, led) }
    const others = merged.map((merge) => ({
      memory: readMemory(merge.section('campaigns')),
      ways: ways.get(merge.from) ?? [],
    }))
    const one = mergedInto(own, others, turn.now)
    return { ...own, ...one, ways: inFlight(one.ways, led), storedMemory: own.memory }
  })
}

/** Somebody who turned out to be one of the shop's own is led out of every campaign. */
function inFlight(
  ways: readonly Way[],
  { internal, now }: { readonly internal: boolean; readonly now: number },
): readonly Way[] {
  if (!internal) return ways
  return ways.map((way) =>
    way.enrolment.state === 'active'
      ? { ...way, enrolment: ended(way.enrolment, 'internal', now) }
      : way,
  )
}

/** Products in the carts of people whose wait is over: their messages need something that can be bought. */
function productsDue(starts: readonly Start[], now: number): readonly string[] {
  const products = new Set<string>()
  for (const { ways, memory } of starts) {
    if (!ways.some(({ enrolment }) => enrolment.due !== null && enrolment.due <= now)) continue
    for (const cart of memory.carts) for (const line of cart.lines) products.add(line.productId)
  }
  return [...products]
}

type RunningDesk = Desk & {
  readonly campaign: (campaign: CampaignId, version: number) => LiveCampaign | undefined
}

async function openDesk(
  needs: LineNeeds,
  tx: Tx,
  asked: {
    readonly turn: Turn
    readonly rows: readonly EnrolmentRow[]
    readonly running: readonly RunningCampaign[]
    readonly products: readonly string[]
  },
): Promise<RunningDesk> {
  const { turn, rows, running } = asked
  const runningOf = new Map(running.map((campaign) => [campaign.id, campaign]))
  const flowOf = await needs.flows.load(tx, turn.shop, [
    ...running.map((campaign) => ({ campaign: campaign.id, version: campaign.version })),
    ...rows.filter((row) => runningOf.has(row.campaign)),
  ])
  const entering = new Map<string, LiveCampaign[]>()
  const goals = new Map<number, LiveCampaign['flow']['goal']>()
  const flows = running.map(({ id, version }) => flowOf(id, version))
  for (const { id, version, state } of running) {
    const flow = flowOf(id, version)
    goals.set(id, flow.goal)
    const event = eventOfTrigger(flow.trigger)
    // Who was called while the campaign was live comes in though it rests by now: nobody would call them again.
    if (state !== 'live' && !(state === 'paused' && event === calledEvent)) continue
    entering.set(event, [...(entering.get(event) ?? []), { id, version, flow }])
  }
  const gone = await unsellable(tx, turn.shop, asked.products)
  const members = needs.segments.inTurn(turn)
  return {
    entering,
    flowOf: (campaign, version) => {
      const one = runningOf.get(campaign)
      if (!one) return undefined
      const paused = one.state === 'paused'
      return { flow: flowOf(campaign, version), paused, wokenAt: one.wokenAt }
    },
    campaign: (id, version) =>
      runningOf.has(id) ? { id, version, flow: flowOf(id, version) } : undefined,
    sellable: (product) => !gone.has(product),
    isMember: (customer, segment) => members.isMember(customer, segment as SegmentId),
    timeZone: turn.timeZone,
    goalOf: (campaign) => goals.get(campaign),
    sharesOf: await learntShares(tx, turn.shop, flows),
    goodsDays: await countedGoodsDays(tx, turn.shop, flows),
  }
}

async function closeRoom(needs: LineNeeds, tx: Tx, open: Open): Promise<void> {
  const { turn, desk, notes, people } = open
  await notes.close(tx)
  const arms: ArmRow[] = []
  for (const [customer, person] of people) {
    const memory = person.memory(turn.now)
    if (memory === person.storedMemory) continue
    turn.people.get(customer)?.remember('campaigns', writeMemory(memory))
    arms.push(...newArms(customer, memory, person.storedMemory))
  }
  await saveArms(tx, turn.shop, arms)
  const saved = await saveWays(tx, turn, {
    ways: [...people.values()].flatMap((person) => person.ways()),
    rests: (campaign, version) => desk.flowOf(campaign, version)?.paused !== false,
  })
  const asking = saved.filter(({ way }) => asks(way))
  if (asking.length === 0) return
  const campaigns = asking.flatMap(
    ({ way: { enrolment } }) => desk.campaign(enrolment.campaign, enrolment.version) ?? [],
  )
  const shares = await sharesNow(needs, tx, { shop: turn.shop, campaigns })
  const acting = asking.flatMap((one) => actingOf(desk, one, shares))
  await doActs(needs, tx, { turn, acting })
  await askDoor(needs, tx, { open, saved: asking, shares })
}

/** What splits drew and which goals were reached since the memory was stored. */
function newArms(customer: CustomerId, memory: Memory, before: Memory): readonly ArmRow[] {
  if (memory.arms === before.arms) return []
  return Object.entries(memory.arms ?? {}).flatMap(([key, drawn]) => {
    if (before.arms?.[key] === drawn) return []
    const [campaign, split] = key.split(':').map(Number)
    if (campaign === undefined || split === undefined) return []
    const { arm, even, shares = null, at, reached = null } = drawn
    return [{ campaign, split, customer, arm, even, shares, at, reachedAt: reached }]
  })
}

function actingOf(desk: RunningDesk, { way, id }: SavedWay, shares: Shares): readonly Acting[] {
  const campaign = desk.campaign(way.enrolment.campaign, way.enrolment.version)
  if (!campaign || !asks(way)) return []
  const { act } = way.ask
  if (act.kind === 'send') return []
  const isAd = campaign.flow.nature.purpose === 'advertising'
  return [
    {
      id,
      share: shares.of(campaign),
      shopShare: isAd ? shares.shop : 0,
      way: { ...way, ask: { ...way.ask, act } },
    },
  ]
}

async function askDoor(
  needs: LineNeeds,
  tx: Tx,
  {
    open,
    saved,
    shares,
  }: { readonly open: Open; readonly saved: readonly SavedWay[]; readonly shares: Shares },
): Promise<void> {
  const { turn, desk, people } = open
  const { url } = await needs.shops.shop(turn.shop)
  const intents = saved.flatMap(({ way, id }) => {
    const campaign = desk.campaign(way.enrolment.campaign, way.enrolment.version)
    const person = people.get(way.enrolment.customer)
    if (!sends(way) || !campaign || !person) return []
    const { because, step, visit, act } = way.ask
    const send = { step, visit, link: act.link }
    const memory = person.memory(turn.now)
    const share = shares.of(campaign)
    const asked = { campaign, enrolment: way.enrolment, id, send, memory, because }
    return intentOf({ ...asked, shopUrl: url, share }) ?? []
  })
  await needs.messages.decideAll(tx, turn, intents)
}
