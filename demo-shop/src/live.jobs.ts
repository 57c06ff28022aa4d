import { agenda } from './agenda.ts'
import { type Arrival, arrivalOf } from './arrivals.ts'
import { type Chance, chance } from './chance.ts'
import type { DanggolApi } from './danggol.provider.ts'
import type { Reminders } from './reminders.service.ts'
import type { Cart } from './session.ts'
import {
  type Act,
  type Aim,
  afterReminder,
  basket,
  type Shopper,
  shopper,
  visit,
  wanted,
} from './shopper.ts'
import { pastIds, tellAct, tellJoined } from './telling.ts'
import { truth } from './truth.ts'

const tickMs = 500
/** Mean time between two visits: with about six acts each, a few events a second. */
const meanVisitGapMs = 2_500
/** Three days of the truth pass in ten minutes, as the demo's waits are compressed. */
const windowMs = 600_000
const windowScale = windowMs / (truth.cartReminder.windowDays * 86_400_000)
/** Most things planned at once; a visit beyond that does not take place. */
const plannedLimit = 2_000

/** Who comes, and how far they go. */
const kinds = [
  ['past', 0.5],
  ['new', 0.28],
  ['stranger', 0.22],
] as const
const aims: readonly (readonly [Aim, number])[] = [
  ['visit', 0.06],
  ['search', 0.08],
  ['look', 0.17],
  ['cart', 0.4],
  ['checkout', 0.07],
  ['buy', 0.22],
]
const strangersAims = Object.entries(truth.strangersGo) as [Aim, number][]

type Visitor = {
  readonly who: Shopper
  readonly ids: { readonly userId?: string; readonly anonymousId: string }
  readonly email?: string
  readonly joins: boolean
  /** Somebody the shop has met before. */
  readonly isKnown: boolean
}

type Needs = {
  readonly danggol: DanggolApi
  readonly reminders: Reminders
  readonly shopUrl: string
  readonly seed: string
  /** How many people of the history may come back. */
  readonly pastCustomers: number
  /** How long Danggol waits before it reminds of a cart, plus the time until the mail is there. */
  readonly reminderAfterMs: number
  readonly now: () => number
  readonly log: (line: string) => void
}

/** People at the shop right now: they come, look, fill carts, forget them, and some come back when reminded. */
export function liveShoppers(needs: Needs) {
  const { danggol, now, shopUrl } = needs
  // A restart of the demo brings other people: the ids of the last ones are taken.
  const run = `${needs.seed}-${now().toString(36)}`
  const random = chance(run)
  const book = agenda(plannedLimit)
  let made = 0

  const say = ({ ids }: Visitor, act: Act & { readonly from?: Arrival }, at: number) => {
    const id = `${run}-${++made}`
    const telling = { who: ids, messageId: `live:${id}`, shopUrl, from: act.from }
    book.plan({ at, run: (time) => [tellAct(act, { ...telling, at: time }, id.toUpperCase())] })
  }
  const join = ({ who, ids, email = '' }: Visitor, at: number) => {
    const telling = { who: ids, messageId: `live:${run}-${++made}`, shopUrl }
    const newcomer = { name: who.name, email, consents: who.consents }
    book.plan({ at, run: (time) => tellJoined(newcomer, { ...telling, at: time }) })
  }

  // When the reminder is there, or would be, the shopper's reaction follows the truth: more of the reminded come back.
  const leaveCart = (visitor: Visitor, cart: Cart, at: number) =>
    book.plan({
      at: at + needs.reminderAfterMs,
      run: async (time) => {
        const { userId } = visitor.ids
        const [mail] = userId ? await needs.reminders.of(userId, at) : []
        if (mail && random.happens(truth.cartReminder.clicks)) await needs.reminders.click(mail.id)
        const orders = afterReminder(mail !== undefined, random)
        if (orders === undefined) return []
        const back = time + orders * windowScale
        say(visitor, { kind: 'page', path: '/cart', title: '장바구니', afterMs: 0 }, back)
        say(visitor, { kind: 'checkout', lines: cart, afterMs: 0 }, back + 6_000)
        say(visitor, { kind: 'order', lines: cart, afterMs: 0 }, back + 20_000)
        return []
      },
    })

  function begin(at: number): void {
    const visitor = visitorOf(needs, random, `${run}-${++made}`)
    const aim = random.pick(visitor.ids.userId ? aims : strangersAims)
    const fills = aim === 'cart' || aim === 'checkout' || aim === 'buy'
    const cart: Cart = fills
      ? basket(visitor.who, random).slice(0, 4)
      : [[wanted(visitor.who, random).id, 1]]
    const { who, isKnown } = visitor
    const from = arrivalOf({ at, isFirst: !isKnown, meanGapDays: who.meanGapDays }, random)
    let time = at
    for (const [nth, act] of visit(aim, cart, random).entries()) {
      time += act.afterMs
      say(visitor, nth === 0 ? { ...act, from } : act, time)
      if (nth === 0 && visitor.joins) join(visitor, time + 1_000)
    }
    if (aim === 'cart' || aim === 'checkout') leaveCart(visitor, cart, time)
  }

  const nextVisit = (at: number) =>
    book.plan({
      at,
      run: (time) => {
        nextVisit(time + Math.max(random.exponential(meanVisitGapMs), 200))
        begin(time)
        return []
      },
    })
  nextVisit(now())
  return ticking(needs.log, async () => {
    const messages = await book.runDue(now())
    if (messages.length) await danggol.send(messages)
  })
}

/** Repeats the work; a round that is still under way is not joined by another. */
function ticking(log: Needs['log'], work: () => Promise<void>) {
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    work()
      .catch((problem: unknown) => log(`live shoppers: ${problem}`))
      .finally(() => {
        busy = false
      })
  }, tickMs)
  return { stop: () => clearInterval(timer) }
}

function visitorOf(needs: Needs, random: Chance, id: string): Visitor {
  const kind = random.pick(kinds)
  if (kind === 'past') {
    const person = random.integer(needs.pastCustomers)
    const { userId, anonymousId, email } = pastIds(person)
    // The same stream as in the history makes the same person.
    return {
      who: shopper(chance(`${needs.seed}/customer/${person}`)),
      ids: { userId, anonymousId },
      email,
      joins: false,
      isKnown: true,
    }
  }
  const anonymousId = `device-${id}`
  const who = shopper(random)
  if (kind === 'stranger') return { who, ids: { anonymousId }, joins: false, isKnown: false }
  return {
    who,
    ids: { userId: `live-${id}`, anonymousId },
    email: `${id}@example.com`,
    joins: true,
    isKnown: false,
  }
}
