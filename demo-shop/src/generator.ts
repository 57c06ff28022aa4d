import { type Arrival, arrivalOf, type Saving, savingOf } from './arrivals.ts'
import { type BusyClock, busyClock, dayMs, hourPulls } from './calendar.ts'
import { type Chance, chance } from './chance.ts'
import type { Cart } from './session.ts'
import {
  type Act,
  type Aim,
  basket,
  nextGap,
  type Shopper,
  shopper,
  visit,
  wanted,
} from './shopper.ts'
import { published, truth, yearDays } from './truth.ts'

export type HistorySettings = {
  readonly seed: string
  /** People who buy at least once. */
  readonly customers: number
  /** UTC ms; the history ends just before it. */
  readonly until: number
}

/** Something that happened in the shop's past; `nth` counts the happenings of one person from 0. */
export type Past = {
  readonly at: number
  readonly person: number
  readonly nth: number
  readonly member: boolean
} & (
  | { readonly kind: 'joined'; readonly who: Shopper }
  | {
      readonly kind: 'act'
      readonly act: Act
      readonly order: string
      /** Of the first act of a visit. */
      readonly from?: Arrival | undefined
      /** Of an order. */
      readonly saving?: Saving | undefined
    }
  | {
      readonly kind: 'refunded'
      readonly order: string
      readonly lines: Cart
      readonly saving?: Saving | undefined
    }
)

/** A year of the shop before `until`, in order of time: visits, sign-ups, orders, refunds. Pure in its settings. */
export function pastOf(settings: HistorySettings): readonly Past[] {
  const clock = busyClock(settings.until)
  const past: Past[] = []
  for (let person = 0; person < settings.customers; person++) {
    const name = `${settings.seed}/customer/${person}`
    past.push(
      ...lifeOf(person, clock, {
        random: chance(name),
        browsing: chance(`${name}/browsing`),
        coming: chance(`${name}/coming`),
      }),
    )
  }
  const strangers = Math.round(settings.customers * truth.strangers)
  for (let i = 0; i < strangers; i++) {
    const person = settings.customers + i
    const name = `${settings.seed}/stranger/${i}`
    const coming = chance(`${name}/coming`)
    past.push(...strangerOf(person, clock, { random: chance(name), coming }))
  }
  return past
    .filter((each) => each.at < settings.until)
    .sort((a, b) => a.at - b.at || a.person - b.person || a.nth - b.nth)
}

type Diary = ReturnType<typeof diary>

function diary(person: number, clock: BusyClock, random: Chance) {
  const past: Past[] = []
  const momentOf = (day: number, from = random) => {
    const hour = from.pick(hourPulls)
    return Math.round(clock.start + Math.floor(day) * dayMs + (hour + from.next()) * 3_600_000)
  }
  const write = (
    each: Past extends infer P ? (P extends Past ? Omit<P, 'person' | 'nth'> : never) : never,
  ) => past.push({ ...each, person, nth: past.length } as Past)
  return { past, momentOf, write }
}

// Looking around, and coming from somewhere, draw from streams of their own: what is bought does not hang on them.
type Streams = { readonly random: Chance; readonly browsing: Chance; readonly coming: Chance }

function lifeOf(person: number, clock: BusyClock, streams: Streams): readonly Past[] {
  const { random, browsing, coming } = streams
  const who = shopper(random)
  const book = diary(person, clock, random)
  const monthDays = yearDays / published.newCustomersByMonth.length
  const month = random.pick(
    published.newCustomersByMonth.map((count, i) => [i, count / (i === 12 ? 0.3 : 1)] as const),
  )
  let day = (month + random.next() * (month === 12 ? 0.3 : 1)) * monthDays
  let lastAt = 0
  for (let nth = 0; day < yearDays; nth++) {
    const cart = basket(who, random)
    const at = Math.max(book.momentOf(day), lastAt + 3_600_000)
    const isFirst = nth === 0
    const from = arrivalOf({ at, isFirst, meanGapDays: who.meanGapDays }, coming)
    const saving = savingOf(cart, { at, isFirst, by: from.name }, coming)
    const order = `H${person + 1}-${nth + 1}`
    if (isFirst) joining(book, who, { at, from })
    lastAt = shop(book, {
      at,
      acts: visit('buy', cart, random),
      order,
      member: true,
      from: isFirst ? undefined : from,
      saving,
    })
    if (random.happens(truth.refunds.share))
      refund(book, { at: lastAt, order, lines: cart, saving, random })
    const next = clock.dayAt(clock.busyAt(day) + nextGap(who, cart, random))
    between(book, { who, random: browsing, coming, from: day, to: next, after: lastAt })
    day = next
  }
  return book.past
}

// A first customer looks around as a stranger, joins, and buys.
function joining(
  book: Diary,
  who: Shopper,
  { at, from }: { readonly at: number; readonly from: Arrival },
): void {
  book.write({
    kind: 'act',
    at: at - 240_000,
    member: false,
    order: '',
    from,
    act: { kind: 'page', path: '/', title: '오래 곁에 두는 물건', afterMs: 0 },
  })
  book.write({
    kind: 'act',
    at: at - 120_000,
    member: false,
    order: '',
    act: { kind: 'page', path: '/join', title: '회원가입', afterMs: 0 },
  })
  book.write({ kind: 'joined', at: at - 30_000, member: true, who })
}

type Visit = {
  readonly at: number
  readonly acts: readonly Act[]
  readonly order: string
  readonly member: boolean
  /** Undefined: whoever visits is here already. */
  readonly from: Arrival | undefined
  readonly saving?: Saving | undefined
}

function shop(book: Diary, given: Visit): number {
  let at = given.at
  const { member, order, from, saving } = given
  for (const [nth, act] of given.acts.entries()) {
    at += act.afterMs
    book.write({
      ...{ kind: 'act', at, member, order, act },
      ...(nth === 0 && { from }),
      ...(act.kind === 'order' && { saving }),
    })
  }
  return at
}

type Return = {
  readonly at: number
  readonly order: string
  readonly lines: Cart
  readonly saving: Saving | undefined
  readonly random: Chance
}

function refund(book: Diary, given: Return): void {
  const [least, most] = truth.refunds.afterDays
  const days = least + given.random.next() * (most - least)
  book.write({
    kind: 'refunded',
    at: Math.round(given.at + days * dayMs),
    member: true,
    order: given.order,
    lines: given.lines,
    saving: given.saving,
  })
}

type Gap = {
  readonly who: Shopper
  readonly random: Chance
  readonly coming: Chance
  readonly from: number
  readonly to: number
  /** UTC ms of the order before. */
  readonly after: number
}

// Visits without an order lie between the visits with one.
function between(book: Diary, { who, random, coming, from, to, after }: Gap): void {
  const end = Math.min(to, yearDays)
  for (const [aim, share] of aimsOf(truth.visitsWithout)) {
    if (!random.happens(share)) continue
    const moment = book.momentOf(from + (0.1 + random.next() * 0.8) * (end - from), random)
    const at = Math.max(moment, after + 1_800_000)
    shop(book, {
      at,
      acts: visit(aim, wish(aim, who, random), random),
      order: '',
      member: true,
      from: arrivalOf({ at, isFirst: false, meanGapDays: who.meanGapDays }, coming),
    })
  }
}

function strangerOf(
  person: number,
  clock: BusyClock,
  { random, coming }: Omit<Streams, 'browsing'>,
): readonly Past[] {
  const who = shopper(random)
  const book = diary(person, clock, random)
  const at = book.momentOf(clock.dayAt(random.next() * (yearDays - 1)))
  const aim = random.pick(aimsOf(truth.strangersGo))
  shop(book, {
    at,
    acts: visit(aim, wish(aim, who, random), random),
    order: '',
    member: false,
    from: arrivalOf({ at, isFirst: true, meanGapDays: who.meanGapDays }, coming),
  })
  return book.past
}

function aimsOf<A extends Aim>(
  shares: Readonly<Record<A, number>>,
): readonly (readonly [A, number])[] {
  return Object.entries(shares) as [A, number][]
}

/** What a visit without an order looks at: a filled cart is small, a look is at one thing. */
function wish(aim: Aim, who: Shopper, random: Chance): Cart {
  const fills = aim === 'cart' || aim === 'checkout'
  return fills ? basket(who, random).slice(0, 2) : [[wanted(who, random).id, 1]]
}
