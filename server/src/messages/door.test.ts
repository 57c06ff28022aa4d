import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyParcel, Handover } from '../channels/carrier.ts'
import { contactKey } from '../customers/contact.ts'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { accepted, toldProvider } from '../testing/told-provider.driver.ts'
import { claim } from './claim.service.ts'

// No path leads to a provider that does not pass the door: random lives of a small shop over the real room, and each parcel
// that a provider is given is held against the law as it is written down here, independently of the room's own rules.

type Channel = 'email' | 'sms'
const channels = ['email', 'sms'] as const
const adsPerDay = 3
const never = Number.POSITIVE_INFINITY

/** What the test knows of a person, kept by the test alone. */
type Person = {
  readonly user: string
  readonly customer: CustomerId
  readonly day: Record<Channel, boolean>
  readonly night: Record<Channel, boolean>
  /** Asked not to be written to, by the button of a mail program. */
  readonly refused: Record<Channel, boolean>
  /** When the provider said that there is no such address; what left in the same instant could not know. */
  readonly closedAt: Record<Channel, number>
  born: string | null
  /** When advertisements may have reached the person. */
  readonly ads: number[]
}

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
  | { kind: 'ask'; who: number; channel: Channel; ad: boolean; drop: boolean }
  | { kind: 'say'; who: number; channel: Channel; grants: boolean; night: boolean }
  | { kind: 'button'; who: number; channel: Channel }
  | { kind: 'born'; who: number; date: string | null }
  | { kind: 'lock' | 'pause'; on: boolean }
  | { kind: 'answer'; as: Life['answer'] }
  | { kind: 'wait'; minutes: number }
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
      channel,
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

let world: MessageWorld
let contents: Record<`${Channel} ${'ad' | 'notice'}`, string>
let made = 0
/** How often each kind of parcel was seen, so that a property about nothing fails. */
const seen = new Map<string, number>()

beforeAll(async () => {
  world = await openMessageWorld()
  const { shop } = world
  await world.shops.set(shop, 'text', { optOutNumber: '080-123-4567' })
  await world.shops.set(shop, 'sending', { adsPerDay, adsPerWeek: 50 })
  const text = {
    channel: 'sms',
    text: '{{ customer.name | nim }}, 소식이에요',
    subject: '',
  } as const
  const ad = { purpose: 'advertising' } as const
  const notice = { purpose: 'informational', because: 'order' } as const
  const idOf = async (...given: Parameters<MessageWorld['messages']['publish']>) =>
    (await world.messages.publish(...given)).id
  contents = {
    'email ad': await idOf(shop, cartMail, ad),
    'email notice': await idOf(shop, { ...cartMail, preheader: '주문' }, notice),
    'sms ad': await idOf(shop, text, ad),
    'sms notice': await idOf(shop, text, notice),
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
  for (const kind of ['email ad', 'email notice', 'sms ad', 'sms notice', 'email ad at night'])
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(8)
}, 240_000)

test('a door that believes what is no longer true is caught by it', async () => {
  const life = await newLife()
  const [person] = life.people
  if (!person) throw new Error('nobody is there')
  const ask = { kind: 'ask', who: 0, channel: 'email', ad: true, drop: false } as const
  await live(life, ask)
  const before = await world.consent.statesOf(world.db, world.shop, [person.customer])
  world.clock.advance(secondMs)
  await say(person, { kind: 'say', who: 0, channel: 'email', grants: false, night: false })
  await world.db`delete from suppressions where shop = ${world.shop}`
  // The sender is told of the consents of before.
  await senderOf(life, { statesOf: async () => before }).drain(world.shop)
  expect(life.broken).toHaveLength(1)
  expect(life.broken[0]).toMatch(/^no consent/)
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
  // They begin as people who agreed, one at night too.
  for (const [index, person] of people.entries())
    for (const channel of channels)
      for (const night of index === 0 ? [false, true] : [false])
        await say(person, { kind: 'say', who: index, channel, grants: true, night })
  return life
}

async function newPerson(): Promise<Person> {
  const user = `door${++made}`
  const customer = await world.member(user, { consents: false })
  const phone = contactKey(world.vault, 'phone', phoneOf(user))
  await world.say({ kind: 'identify', name: 'Identified', ids: { user, verified: true, phone } })
  await world.line.drain(world.shop)
  const no = () => ({ email: false, sms: false })
  const rest = {
    day: no(),
    night: no(),
    refused: no(),
    closedAt: { email: never, sms: never },
    born: null,
    ads: [],
  }
  return { user, customer, ...rest }
}

const phoneOf = (user: string) => `+8210${user.replace(/\D/g, '').padStart(8, '0')}`

async function lock(on: boolean): Promise<void> {
  const none = { how: 'none', by: '사장', sentence: '없습니다.', at: 1, import: null }
  const section = { optOut080: none, oldTool: on ? null : none, consents: none }
  await world.shops.set(world.shop, 'firstSend', section)
}

async function live(life: Life, one: Deed): Promise<void> {
  const person = 'who' in one ? life.people[one.who] : undefined
  switch (one.kind) {
    case 'ask': {
      if (!person) return
      const purpose = one.ad ? 'advertising' : 'informational'
      const content = contents[`${one.channel} ${one.ad ? 'ad' : 'notice'}`]
      const onNight = one.drop ? 'drop' : 'hold'
      await world.ask(wish(person.customer, content, { channel: one.channel, purpose, onNight }))
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
    case 'send':
      return await send(life)
    case 'die before the call':
      return await dieBefore(life)
    case 'die after the call':
      return await dieAfter(life)
  }
}

async function say(person: Person, one: Extract<Deed, { kind: 'say' }>): Promise<void> {
  const { channel, grants, night } = one
  const scope = night ? 'ad_night' : 'ad_day'
  await world.say({
    kind: 'consent',
    name: 'Consent Changed',
    ids: { user: person.user, verified: true },
    body: {
      properties: { channel, kind: grants ? 'grant' : 'withdraw', scope, source: 'mypage' },
    },
  })
  await world.line.drain(world.shop)
  if (night) person.night[channel] = grants
  else {
    person.day[channel] = grants
    // A new consent of the person's own opens what they had closed; who refuses the day refuses the night.
    if (grants) person.refused[channel] = false
    else person.night[channel] = false
  }
}

async function button(person: Person, channel: Channel): Promise<void> {
  const kind = channel === 'email' ? 'email' : 'phone'
  const [row] = await world.db<{ value_hash: Uint8Array }[]>`
    select value_hash from contacts where customer = ${person.customer} and channel = ${kind}`
  const hashes = [Buffer.from(row?.value_hash ?? []).toString('base64url')]
  const at = world.clock.now()
  // The page closes the address in the request itself; the ledger hears it later.
  await world.consent.suppress(world.db, world.shop, { channel, hashes, reason: 'opted_out', at })
  person.refused[channel] = true
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
  for (const channel of ['email', 'sms'] as const) {
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
  const person = life.people.find(({ user }) => isTo(parcel, user))
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
      if (person) person.closedAt[channelOf(parcel)] = now
      return { kind: 'permanent', detail, cause: 'no_address' }
    case 'accept':
    case 'ambiguous':
    case 'hang':
      life.taken.add(message)
      if (parcel.advertising) person?.ads.push(now)
      if (life.answer === 'hang') return new Promise<Handover>(() => {})
      return life.answer === 'accept' ? accepted(parcel) : { kind: 'ambiguous', detail }
  }
}

/** The law and the shop's own word, as the README of this test: what must not be handed over, and why. */
function forbidden(
  life: Life,
  about: { readonly person: Person; readonly parcel: AnyParcel; readonly now: number },
): string | undefined {
  const { person, parcel, now } = about
  const channel = channelOf(parcel)
  if (life.taken.has(parcel.message ?? 0)) return 'it may have gone out already'
  if (life.locked) return 'the first send is not prepared'
  if (life.paused) return 'the campaign is paused'
  if (now > person.closedAt[channel]) return 'the address does not exist'
  const isAd =
    ('subject' in parcel ? `${parcel.subject}` : '').includes('담아두신') ||
    textOf(parcel).includes('(광고)')
  if (isAd !== parcel.advertising && channel === 'sms') return 'the label does not tell the truth'
  if (!parcel.advertising) return undefined
  if (!firstWords(parcel).startsWith('(광고)')) return 'no label'
  if (person.refused[channel]) return 'the person refused'
  if (!person.day[channel]) return 'no consent'
  if (person.born && ageInSeoul(person.born, now) < 14) return 'a child'
  const seoul = new Date(now + 9 * hourMs)
  const isNight = seoul.getUTCHours() >= 21 || seoul.getUTCHours() < 8
  if (isNight && channel !== 'email' && !person.night[channel]) return 'at night'
  const today = person.ads.filter((at) => at > now - dayMs).length
  return today >= adsPerDay ? 'too many in a day' : undefined
}

function ageInSeoul(born: string, now: number): number {
  const today = new Date(now + 9 * hourMs).toISOString().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  return today.slice(5) < born.slice(5) ? years - 1 : years
}

function isTo(parcel: AnyParcel, user: string): boolean {
  return 'to' in parcel && (parcel.to === `${user}@customer.example` || parcel.to === phoneOf(user))
}

const channelOf = ({ channel }: AnyParcel): Channel => (channel === 'email' ? 'email' : 'sms')
const textOf = (parcel: AnyParcel) => ('text' in parcel ? parcel.text : '')
const firstWords = (parcel: AnyParcel) =>
  parcel.channel === 'email' ? parcel.subject : textOf(parcel)

function count(parcel: AnyParcel, now: number): void {
  const kind = `${channelOf(parcel)} ${parcel.advertising ? 'ad' : 'notice'}`
  const hour = new Date(now + 9 * hourMs).getUTCHours()
  for (const name of [kind, ...(hour >= 21 || hour < 8 ? [`${kind} at night`] : [])])
    seen.set(name, (seen.get(name) ?? 0) + 1)
}
