import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyParcel, Handover } from '../channels/carrier.ts'
import { subscriptions } from '../channels/push/push.service.ts'
import { contactKey } from '../customers/contact.ts'
import { customers } from '../customers/customers.service.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import { claim } from './claim.service.ts'
import type { Nature } from './content.ts'
import {
  adsPerDay,
  type Channel,
  channels,
  forbidden,
  type Lane,
  lanes,
  minuteInSeoul,
  minutes,
  type Person,
} from './door-law.contract.ts'
import type { MessageContent } from './message-content.ts'

// No path leads to a provider that does not pass the door: random lives of a small shop over the real room, and each parcel
// that a provider is given is held against the law as it is written down here, independently of the room's own rules.

const never = Number.POSITIVE_INFINITY

/** The same for each channel. */
const each = <T>(value: T): Record<Channel, T> => ({
  ...{ email: value, sms: value, kakao: value, web_push: value },
})

type Life = {
  readonly people: readonly Person[]
  locked: boolean
  paused: boolean
  answer: 'accept' | 'temporary' | 'ambiguous' | 'no_balance' | 'no_address' | 'hang'
  /** Messages a provider may have taken. */
  readonly taken: Set<number>
  readonly broken: string[]
}

type Deed =
  | { kind: 'ask'; who: number; lane: Lane; ad: boolean; drop: boolean }
  | { kind: 'say'; who: number; channel: Channel; grants: boolean; night: boolean }
  | { kind: 'button'; who: number; channel: Channel }
  | { kind: 'born'; who: number; date: string | null }
  | { kind: 'erase'; who: number }
  | { kind: 'lock' | 'pause'; on: boolean }
  | { kind: 'answer'; as: Life['answer'] }
  | { kind: 'wait'; minutes: number }
  /** An advertisement is asked for, and sent, at this minute of Seoul's day. */
  | { kind: 'at'; minute: number; who: number; channel: Channel }
  | { kind: 'send' | 'die before the call' | 'die after the call' }

/** True once in so many times. */
const seldom = (times: number) => fc.nat({ max: times - 1 }).map((drawn) => drawn === 0)
const who = fc.nat({ max: 2 })
const channel = fc.constantFrom(...channels)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('ask'),
      who,
      lane: fc.constantFrom(...channels, ...lanes),
      ad: seldom(3).map((is) => !is),
      drop: seldom(4),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      who,
      channel,
      grants: seldom(3).map((is) => !is),
      night: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('button'), who, channel }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('born'),
      who,
      date: fc.constantFrom(null, '1990-05-05', '1985-01-31', '2012-03-20', '2015-01-01'),
    }),
  },
  // Of most nobody is there: else nobody would be left.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase'), who: fc.nat({ max: 11 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('lock', 'pause'), on: seldom(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer'),
      as: fc.constantFrom(
        ...Array<'accept'>(14).fill('accept'),
        'temporary',
        'ambiguous',
        'no_balance',
        'no_address',
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 90, max: 1_500 })),
    }),
  },
  {
    // Just before and after the lines that the law and Kakao draw.
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('at'),
      minute: fc.constantFrom(minutes(7, 59), minutes(8), minutes(20, 51), minutes(21)),
      who,
      channel,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...Array<'send'>(6).fill('send'),
        'die before the call',
        'die after the call',
      ),
    }),
  },
)

const words = '{{ customer.name | nim }}, 소식이에요'
const text: MessageContent = { channel: 'sms', text: words, subject: '' }
const kakao = { channel: 'kakao', profile: 'practice' } as const
const brand: MessageContent = {
  ...kakao,
  ...{ kind: 'brand', bubble: 'TEXT', text: words, picture: null, buttons: [], coupon: null },
}
const alimtalk: MessageContent = {
  ...kakao,
  kind: 'alimtalk',
  template: 'practice_shipping',
  variables: { 이름: '김하늘', 상품: '컵', 택배사: '우체국', 송장번호: '1', 상점: '온샵' },
}
const push: MessageContent = {
  ...{ channel: 'web_push', title: '새 소식', text: words, url: 'https://shop.example/' },
}
const call: MessageContent = { channel: 'webhook', url: 'https://hook.example/', fields: [] }

let world: MessageWorld
let contents: Record<`${Lane} ${'ad' | 'notice'}`, string>
let made = 0
/** How often each kind of parcel was seen, so that a property about nothing fails. */
const seen = new Map<string, number>()

beforeAll(async () => {
  world = await openMessageWorld()
  const { shop } = world
  await world.shops.set(shop, 'text', { optOutNumber: '080-123-4567' })
  await world.shops.set(shop, 'sending', { adsPerDay, adsPerWeek: 50 })
  const idOf = async (content: MessageContent, nature: Nature) =>
    (await world.messages.publish(shop, content, nature)).id
  const ad = (content: MessageContent) => idOf(content, { purpose: 'advertising' })
  const notice = (content: MessageContent) =>
    idOf(content, { purpose: 'informational', because: 'order' })
  contents = {
    'email ad': await ad(cartMail),
    'email notice': await notice({ ...cartMail, preheader: '주문' }),
    'sms ad': await ad(text),
    'sms notice': await notice(text),
    'kakao ad': await ad(brand),
    'kakao notice': await notice(alimtalk),
    'web_push ad': await ad(push),
    'web_push notice': await notice(push),
    'webhook ad': await ad(call),
    'webhook notice': await notice(call),
  }
})
afterAll(() => world?.close())

test('whatever happens in whatever order, no provider is given a message that the law or the shop forbids at that instant', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 80, maxLength: 140 }), async (deeds) => {
      const life = await newLife()
      for (const one of deeds) {
        // No two words are said at the same instant.
        world.clock.advance(secondMs)
        await live(life, one)
      }
      await endOf(life)
      expect(life.broken).toEqual([])
    }),
    { numRuns: 8, seed: 20_261_122, endOnFailure: true },
  )
  // The property is about something: all kinds of parcels were given, and not only in daylight.
  for (const kind of Object.keys(contents)) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(4)
  for (const kind of ['email ad at night', 'sms ad at night', 'kakao notice at night'])
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(2)
}, 240_000)

test('a door that believes what is no longer true is caught by it, on every channel', async () => {
  const life = await newLife()
  // By day, when nothing but consent can be in the way.
  world.clock.advance(dayMs - ((world.clock.now() - hourMs) % dayMs))
  for (const [at, channel] of channels.entries())
    await live(life, { kind: 'ask', who: at % 3, lane: channel, ad: true, drop: false })
  const all = life.people.map(({ customer }) => customer)
  const before = await world.consent.statesOf(world.db, world.shop, all)
  world.clock.advance(secondMs)
  for (const [at, channel] of channels.entries())
    await live(life, { kind: 'say', who: at % 3, channel, grants: false, night: false })
  await world.db`delete from suppressions where shop = ${world.shop}`
  // The sender is told of the consents of before.
  await senderOf(life, { statesOf: async () => before }).drain(world.shop)
  expect(life.broken).toHaveLength(channels.length)
  for (const broken of life.broken) expect(broken).toMatch(/^no consent/)
})

async function newLife(): Promise<Life> {
  await world.db`update outbox set state = 'refused' where state in ('queued', 'sending')`
  const people: Person[] = []
  for (let i = 0; i < 3; i++) people.push(await newPerson())
  const life: Life = {
    ...{ people, locked: false, paused: false, answer: 'accept' },
    ...{ taken: new Set(), broken: [] },
  }
  await lock(false)
  return life
}

/** They begin as people who agreed, one in three at night too. */
async function agree(person: Person): Promise<void> {
  for (const channel of channels)
    for (const night of made % 3 === 1 ? [false, true] : [false])
      await tell(person, { channel, grants: true, night })
  await world.line.drain(world.shop)
}

async function newPerson(): Promise<Person> {
  const user = `door${++made}`
  const customer = await world.member(user, { consents: false })
  const phone = contactKey(world.vault, 'phone', phoneOf(user))
  const ids = { user, verified: true, phone, anonymous: user }
  await world.say({ kind: 'identify', name: 'Identified', ids })
  const keys = { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) }
  await subscriptions(world).save(world.shop, {
    ...{ device: user, subscription: { endpoint: endpointOf(user), keys }, at: world.clock.now() },
  })
  const person = {
    ...{ user, customer, day: each(false), night: each(false), refused: each(false) },
    ...{ closedAt: each(never), born: null, erased: false, ads: [] },
  }
  await agree(person)
  return person
}

const phoneOf = (user: string) => `+8210${user.replace(/\D/g, '').padStart(8, '0')}`
const endpointOf = (user: string) => `https://push.example/${user}`

async function lock(on: boolean): Promise<void> {
  const none = { how: 'none', by: '사장', sentence: '없습니다.', at: 1, import: null }
  const section = { optOut080: none, oldTool: on ? null : none, consents: none }
  await world.shops.set(world.shop, 'firstSend', section)
}

async function live(life: Life, one: Deed): Promise<void> {
  const known = 'who' in one ? life.people[one.who] : undefined
  // Who is forgotten says nothing more; what waits for them stays where it is.
  const person = known?.erased ? undefined : known
  switch (one.kind) {
    case 'ask': {
      if (!person) return
      const purpose = one.ad ? 'advertising' : 'informational'
      const content = contents[`${one.lane} ${one.ad ? 'ad' : 'notice'}`]
      const onNight = one.drop ? 'drop' : 'hold'
      await world.ask(wish(person.customer, content, { channel: one.lane, purpose, onNight }))
      return
    }
    case 'say':
      if (person) await say(person, one)
      return
    case 'button':
      if (person) await button(person, one.channel)
      return
    case 'born': {
      if (!person) return
      person.born = one.date
      const body = { traits: { birth_date: one.date } }
      const ids = { user: person.user, verified: true }
      await world.say({ kind: 'identify', name: 'Identified', ids, body })
      await world.line.drain(world.shop)
      return
    }
    case 'erase':
      if (person) await erase(person)
      return
    case 'lock':
      life.locked = one.on
      await lock(one.on)
      return
    case 'pause':
      life.paused = one.on
      return
    case 'answer':
      life.answer = one.as
      return
    case 'wait':
      world.clock.advance(one.minutes * minuteMs)
      return
    case 'at':
      world.clock.advance(
        ((one.minute - minuteInSeoul(world.clock.now())) * minuteMs + dayMs) % dayMs,
      )
      await live(life, { kind: 'ask', who: one.who, lane: one.channel, ad: true, drop: false })
      return await send(life)
    case 'send':
      return await send(life)
    case 'die before the call':
      return await dieBefore(life)
    case 'die after the call':
      return await dieAfter(life)
  }
}

type Word = Pick<Extract<Deed, { kind: 'say' }>, 'channel' | 'grants' | 'night'>

async function say(person: Person, word: Word): Promise<void> {
  await tell(person, word)
  await world.line.drain(world.shop)
}

async function tell(person: Person, { channel, grants, night }: Word): Promise<void> {
  const scope = night ? 'ad_night' : 'ad_day'
  await world.say({
    kind: 'consent',
    name: 'Consent Changed',
    ids: { user: person.user, verified: true },
    body: {
      properties: { channel, kind: grants ? 'grant' : 'withdraw', scope, source: 'mypage' },
    },
  })
  if (night) person.night[channel] = grants
  else {
    person.day[channel] = grants
    // A new consent of the person's own opens what they had closed; who refuses the day refuses the night.
    if (grants) person.refused[channel] = false
    else person.night[channel] = false
  }
}

async function button({ customer, refused }: Person, channel: Channel): Promise<void> {
  // The page closes the address in the request itself; the ledger hears it later.
  await world.consent.close(world.shop, { customer, channels: [channel], at: world.clock.now() })
  refused[channel] = true
}

/** The worst of erasing: the person is gone, and messages that waited for them are still there. */
async function erase(person: Person): Promise<void> {
  const at = world.clock.now()
  await world.db.begin((tx) =>
    customers(world).erase(tx, world.shop, { customers: [person.customer], at }),
  )
  person.erased = true
}

function senderOf(
  life: Life,
  options: {
    readonly onGiven?: () => void
    readonly statesOf?: MessageWorld['consent']['statesOf']
  } = {},
) {
  const told = toldProvider()
  told.answers((parcel) => {
    options.onGiven?.()
    return given(life, parcel)
  })
  const held = { kind: 'held', until: 0 } as const
  return world.sender({
    carry: () => told.provider,
    recheck: async (_, __, all) => all.map(() => (life.paused ? held : { kind: 'ok' })),
    ...(options.statesOf ? { statesOf: options.statesOf } : {}),
  })
}

async function send(life: Life): Promise<void> {
  const sender = senderOf(life)
  await sender.drain(world.shop)
  await sender.settleLost()
}

/** The mark is committed, and then nothing: what a sender leaves that is killed before the call. */
async function dieBefore(life: Life): Promise<void> {
  const shop = await world.shops.shop(world.shop)
  const recheck = async (_: unknown, __: unknown, all: readonly unknown[]) =>
    all.map(() => ({ kind: life.paused ? 'refused' : 'ok', reason: 'goal_reached' }) as const)
  const channels = { isTest: () => false }
  const needs = { ...world, channels, recheck, contents: world.messages }
  for (const channel of lanes) {
    const batch = { channel, now: world.clock.now(), limit: 2, provider: 'solapi' }
    await claim(needs, shop, batch)
  }
}

/** The provider was given it, and the sender never heard the answer. */
async function dieAfter(life: Life): Promise<void> {
  const before = life.answer
  life.answer = 'hang'
  const called = Promise.withResolvers<void>()
  const sender = senderOf(life, { onGiven: called.resolve })
  const drained = sender.drain(world.shop)
  // When there is nothing to send the drain ends; when there is, it hangs for ever, as a killed one does.
  await Promise.race([called.promise, drained])
  life.answer = before
}

/** Lets everything come to its end: days pass, everything works again. */
async function endOf(life: Life): Promise<void> {
  life.answer = 'accept'
  for (let hours = 0; hours < 40; hours += 5) {
    await send(life)
    world.clock.advance(5 * hourMs)
  }
}

/** The provider is given a parcel: this is the instant that counts. */
function given(life: Life, parcel: AnyParcel): Handover | Promise<Handover> {
  const now = world.clock.now()
  const person = life.people.find((one) => isTo(parcel, one))
  const why = person ? forbidden(life, { person, parcel, now }) : 'to nobody that is known'
  if (why) life.broken.push(`${why}: ${JSON.stringify({ ...parcel, html: '' })}`)
  count(parcel, now)
  const message = parcel.message ?? 0
  const detail = 'as told'
  switch (life.answer) {
    case 'temporary':
      return { kind: 'temporary', detail }
    case 'no_balance':
      return { kind: 'no_balance', detail }
    case 'no_address':
      if (person && parcel.channel !== 'webhook') person.closedAt[parcel.channel] = now
      return { kind: 'permanent', detail, cause: 'no_address' }
    case 'accept':
    case 'ambiguous':
    case 'hang':
      life.taken.add(message)
      if (parcel.advertising && parcel.channel !== 'webhook') person?.ads.push(now)
      if (life.answer === 'hang') return new Promise<Handover>(() => {})
      return life.answer === 'accept' ? accepted(parcel) : { kind: 'ambiguous', detail }
  }
}

function isTo(parcel: AnyParcel, { user, customer }: Person): boolean {
  switch (parcel.channel) {
    case 'email':
      return parcel.to === `${user}@customer.example`
    case 'sms':
    case 'kakao':
      return parcel.to === phoneOf(user)
    case 'web_push':
      return parcel.to[0]?.endpoint === endpointOf(user)
    case 'webhook':
      return parcel.body.customer_id === customer
  }
}

function count(parcel: AnyParcel, now: number): void {
  const kind = `${parcel.channel} ${parcel.advertising ? 'ad' : 'notice'}`
  const minute = minuteInSeoul(now)
  const isNight = minute >= minutes(21) || minute < minutes(8)
  for (const name of [kind, ...(isNight ? [`${kind} at night`] : [])])
    seen.set(name, (seen.get(name) ?? 0) + 1)
}
