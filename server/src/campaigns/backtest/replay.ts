import { changeTraits } from '../../customers/traits.ts'
import type { Placed } from '../../events/happening.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { type Simulation, simulation } from '../simulate.ts'
import { armKey } from '../simulate-door.ts'
import type { SimulationSetup } from '../simulate-state.ts'
import { callTimes } from './calls.ts'
import {
  factChanges,
  factsThen,
  type Moved,
  memberThen,
  type Past,
  type TraitsChange,
  traitsBefore,
} from './past.ts'
import type { Plan } from './plan.ts'

type Hooks = Pick<SimulationSetup, 'onWays' | 'onDecision' | 'onNotEntered'>

/**
 * Lets one person live through the period again under the campaign, and answers the simulation as it stands at its end: what
 * was decided, and who is still under way. People touch each other in nothing but coupon stock, so one after another is as all
 * at once.
 */
export function replay(plan: Plan, past: Past, hooks: Hooks = {}): Simulation {
  const { campaign } = plan
  const run = simulation({
    campaigns: [campaign],
    shop: plan.shop,
    timeZone: plan.timeZone,
    ...(plan.settings ? { settings: plan.settings } : {}),
    ...(plan.sellable ? { sellable: plan.sellable } : {}),
    ...(plan.pools ? { pools: plan.pools } : {}),
    isMember: ({ customer }, segment, at) => memberThen(past, { customer, segment, at }),
    sentElsewhere: () => past.elsewhere,
    arms: armsOf(plan, past),
    ...hooks,
  })
  const before = Map.groupBy(
    past.happenings.filter(({ moment }) => moment < plan.from),
    ({ happening }) => happening.customer,
  )
  for (const { customer } of past.people) {
    const { channels, from } = plan
    const traits = traitsBefore(past, customer, from)
    run.person({ customer, traits, ...factsThen(past, { customer, moment: from, channels }) })
    const theirs = before.get(customer as CustomerId)
    if (theirs) run.remember(customer, inOrder(theirs).map(asLive))
  }
  const { current, become } = identities()
  for (const { from, to, at } of past.merges) {
    if (at >= plan.from || !known(past, from) || !known(past, to)) continue
    run.merge(current(from), current(to))
    become(from, to)
  }
  for (const scene of scenesOf(plan, past)) {
    run.advanceTo(Math.max(run.now(), scene.moment - 1))
    play(scene)
  }
  run.advanceTo(plan.to)
  return run

  function tellFacts(who: number, moment: number): void {
    const customer = current(who)
    run.person({ customer, ...factsThen(past, { customer, moment, channels: plan.channels }) })
  }

  function play(scene: Scene): void {
    switch (scene.kind) {
      case 'facts':
        tellFacts(scene.customer, scene.moment)
        break
      case 'traits': {
        const customer = current(scene.customer)
        const traits = changeTraits(run.known(customer).traits, scene.change)
        const { channels } = plan
        run.person({
          customer,
          traits,
          ...factsThen(past, { customer, moment: scene.moment, channels }),
        })
        break
      }
      case 'merge':
        run.merge(current(scene.from), current(scene.to))
        become(scene.from, scene.to)
        tellFacts(scene.to, scene.moment)
        break
      case 'call':
        run.call({ campaign: campaign.id, customer: current(scene.customer), at: scene.moment })
        break
      case 'turn': {
        const customer = current(scene.customer) as CustomerId
        const happenings = scene.happenings.map((one) => {
          const live = asLive(one)
          return live.customer === customer ? live : { ...live, customer }
        })
        run.turn({ customer, now: scene.moment, happenings })
        break
      }
    }
  }
}

type Scene = { readonly moment: number; readonly position: number } & (
  | { readonly kind: 'facts'; readonly customer: number }
  | { readonly kind: 'traits'; readonly customer: number; readonly change: TraitsChange['change'] }
  | { readonly kind: 'merge'; readonly from: number; readonly to: number }
  | { readonly kind: 'turn'; readonly customer: number; readonly happenings: readonly Moved[] }
  | { readonly kind: 'call'; readonly customer: number }
)

/** What happens to the person in the period, in order: of one moment what changed about them comes first, as on the line. */
function scenesOf(plan: Plan, past: Past): readonly Scene[] {
  const within = ({ moment }: { readonly moment: number }) =>
    moment >= plan.from && moment < plan.to
  const turns = turnsOf(past.happenings.filter(within))
  const facts = factChanges(past, plan).map(
    (one): Scene => ({ kind: 'facts', ...one, position: -1 }),
  )
  const merges = past.merges.flatMap(({ from, to, at }): Scene[] => {
    if (at < plan.from || at >= plan.to || !known(past, from) || !known(past, to)) return []
    return [{ kind: 'merge', moment: at, position: mergePosition(turns, { from, at }), from, to }]
  })
  const traits = past.traits
    .filter(within)
    .map((one): Scene => ({ kind: 'traits', position: -1, ...one }))
  const calls = callTimes(plan, past).map(
    // Behind what else happened at that very moment.
    (moment): Scene => ({ kind: 'call', moment, position: Infinity, customer: past.survivor }),
  )
  return [...facts, ...traits, ...merges, ...turns, ...calls].sort(
    (a, b) => a.moment - b.moment || a.position - b.position,
  )
}

/** Whatever the person merged away had done by then was theirs alone. */
function mergePosition(
  turns: readonly (Scene & { readonly kind: 'turn' })[],
  merge: { readonly from: number; readonly at: number },
): number {
  const own = turns.filter((one) => one.moment === merge.at && one.customer === merge.from)
  return own.reduce((last, one) => Math.max(last, one.position + 0.5), -0.5)
}

/** Happenings that the line processed at one time for one person are one turn. */
function turnsOf(happenings: readonly Moved[]): readonly (Scene & { readonly kind: 'turn' })[] {
  const turns: (Scene & { readonly kind: 'turn'; readonly happenings: Moved[] })[] = []
  const open = new Map<number, (typeof turns)[number]>()
  for (const one of inOrder(happenings)) {
    const { customer, position } = one.happening
    const last = open.get(customer)
    if (last && last.moment === one.moment) {
      last.happenings.push(one)
      continue
    }
    const { moment } = one
    const turn = { kind: 'turn' as const, moment, position, customer, happenings: [one] }
    open.set(customer, turn)
    turns.push(turn)
  }
  return turns
}

function inOrder(happenings: readonly Moved[]): readonly Moved[] {
  return happenings.toSorted(
    (a, b) => a.moment - b.moment || a.happening.position - b.happening.position,
  )
}

/** Imported history was nobody's import then: the shop lived through it. */
function asLive({ happening, moment }: Moved): Placed {
  if (happening.importId === undefined) return happening
  const { importId: _, ...live } = happening
  return { ...live, processedAt: moment }
}

/** Who somebody has become by now. */
function identities() {
  const became = new Map<number, number>()
  const current = (customer: number): number => {
    const next = became.get(customer)
    return next === undefined ? customer : current(next)
  }
  return {
    current,
    become: (from: number, to: number) => {
      const [gone, survivor] = [current(from), current(to)]
      if (gone !== survivor) became.set(gone, survivor)
    },
  }
}

function known(past: Past, customer: number): boolean {
  return past.people.some((one) => one.customer === customer)
}

function armsOf({ campaign }: Plan, past: Past): NonNullable<SimulationSetup['arms']> {
  const arm = past.arms.get(`campaign:${campaign.id}`)
  return new Map(arm ? [[armKey(past.survivor, campaign.id), arm]] : [])
}
