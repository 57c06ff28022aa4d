import type { Database } from '../../database/connection.store.ts'
import type { HappeningKind, Placed } from '../../events/happening.ts'
import type { CustomerId, Position } from '../../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import { readJson } from '../../lib/json-parse.ts'
import type { MessageChannel } from '../../messages/intent.ts'
import type { Gathered } from '../../messages/outbox.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { answerIn } from '../enrolment.ts'
import { calledEvent } from '../trigger.ts'
import { changesOf, type HistoryRow, happeningsOf } from './history.store.ts'
import type { ReplayNeeds } from './needs.ts'
import type { Address, Crossing, Moved, Past, TraitsChange, Word } from './past.ts'
import {
  armsBefore,
  closedOf,
  membershipsOf,
  type PersonRow,
  readPeople,
  sentByOthers,
  wordsOf,
} from './people.store.ts'

export type SliceNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  /** messages/facts.service.ts gather: how people can be reached now. */
  readonly gather: (
    shop: Shop,
    about: {
      readonly now: number
      readonly customers: readonly CustomerId[]
      readonly channel: MessageChannel
    },
  ) => Promise<Gathered>
}

export type SliceAsked = {
  readonly shop: Shop
  readonly campaign: number
  /** The replay calls people in itself: a schedule, a returning date. */
  readonly calls: boolean
  readonly needs: ReplayNeeds
  readonly from: number
  readonly to: number
  readonly now: number
  readonly signal: AbortSignal
}

/** Carts that were filled this long before the period are remembered in it. */
const cartsMs = 40 * dayMs
/** A happening that reaches us late lies so much before the time it counts. */
const lateMs = 24 * hourMs
/** Clocks of visitors may be ahead of ours by so much. */
const aheadMs = 5 * minuteMs
/** How far back other campaigns' messages count: caps look at 7 days, and one may have waited 7 more. */
const sentMs = 14 * dayMs

/** Reads the pasts of some people, who are survivors. `rows`: happenings read. */
export async function readSlice(
  needs: SliceNeeds,
  asked: SliceAsked,
  survivors: readonly number[],
): Promise<{ readonly pasts: readonly Past[]; readonly rows: number }> {
  const { db, warehouse } = needs
  const { shop, signal, from, to } = asked
  const people = await readPeople(db, shop.id, survivors)
  const ids = people.map((one) => one.customer)
  if (ids.length === 0) return { pasts: [], rows: 0 }
  const { names, segments } = asked.needs
  const since = from - Math.max(cartsMs, lateMs)
  const [happened, changed, known] = await Promise.all([
    happeningsOf(warehouse, shop.id, { ids, names, from: since, to: to + aheadMs, signal }),
    changesOf(warehouse, shop.id, { ids, segments, signal }),
    readKnown(needs, asked, survivors),
  ])
  const happeningsBy = Map.groupBy(happened, (row) => Number(row.customer))
  const changesBy = Map.groupBy(changed, (row) => Number(row.customer))
  const peopleBy = Map.groupBy(people, (one) => one.survivor ?? one.customer)
  const pasts = survivors.flatMap((survivor): Past[] => {
    const all = peopleBy.get(survivor)
    if (!all) return []
    const rows = all.flatMap((one) => happeningsBy.get(one.customer) ?? [])
    const changes = all.flatMap((one) => changesBy.get(one.customer) ?? [])
    return [pastOf(asked, { survivor, all, rows, changes, known })]
  })
  return { pasts, rows: happened.length + changed.length }
}

type Known = Awaited<ReturnType<typeof readKnown>>

/** What PostgreSQL knows of the people, by survivor. */
async function readKnown(needs: SliceNeeds, asked: SliceAsked, survivors: readonly number[]) {
  const { db } = needs
  const { shop, campaign, from, to, now } = asked
  const { segments, channels } = asked.needs
  const customers = survivors as readonly CustomerId[]
  const [words, closed, sent, members, arms, ...gathered] = await Promise.all([
    wordsOf(db, shop.id, survivors),
    closedOf(db, shop.id, survivors),
    sentByOthers(db, shop.id, { customers: survivors, campaign, from: from - sentMs, to }),
    membershipsOf(db, shop.id, { customers: survivors, segments }),
    armsBefore(db, shop.id, {
      customers: survivors,
      experiment: `campaign:${campaign}`,
      before: from,
    }),
    ...channels.map((channel) => needs.gather(shop, { now, customers, channel })),
  ])
  const since = new Map(closed.map((one) => [`${one.customer}:${one.channel}`, one.since]))
  const addressOf = (customer: number, channel: MessageChannel): Address | undefined => {
    const contact = gathered[channels.indexOf(channel)]?.contact(customer as CustomerId, channel)
    if (!contact) return undefined
    const why = contact.suppressed
    const at = since.get(`${customer}:${channel}`) ?? 0
    return { suppressed: why === null ? null : { why, since: at } }
  }
  return {
    words: Map.groupBy(words, (one) => one.customer),
    sent: Map.groupBy(sent, (one) => one.customer),
    members: Map.groupBy(members, (one) => one.customer),
    arms: new Map(arms.map((one) => [one.customer, one.arm])),
    addressOf,
  }
}

type Own = {
  readonly survivor: number
  readonly all: readonly PersonRow[]
  readonly rows: readonly HistoryRow[]
  readonly changes: readonly HistoryRow[]
  readonly known: Known
}

function pastOf(asked: SliceAsked, own: Own): Past {
  const { survivor, all, changes, known } = own
  const contacts = new Map<MessageChannel, Address>()
  for (const channel of asked.needs.channels) {
    const address = known.addressOf(survivor, channel)
    if (address) contacts.set(channel, address)
  }
  const arm = known.arms.get(survivor)
  return {
    survivor,
    people: all.map(({ customer, assignmentKey, createdAt }) => ({
      customer,
      assignmentKey,
      createdAt,
    })),
    happenings: movedOf(asked, own.rows),
    merges: changes.flatMap(mergeOf),
    crossings: changes.flatMap(crossingOf),
    traits: changes.flatMap(traitsOf),
    consents: wordsThen(known.words.get(survivor) ?? [], changes),
    contacts,
    memberOf: new Set((known.members.get(survivor) ?? []).map((one) => one.segment)),
    elsewhere: (known.sent.get(survivor) ?? []).map((one) => ({
      at: one.at,
      madeAt: one.madeAt,
      purpose: one.purpose,
      precedence: one.class === null ? null : { class: one.class, weight: one.weight ?? 0 },
      waiting: false,
    })),
    arms: new Map(arm ? [[`campaign:${asked.campaign}`, arm]] : []),
  }
}

/** When the row came into force: imported history had no line to wait for. */
function momentOf(row: HistoryRow): number {
  return row.import === '' ? Number(row.processed) : Number(row.happened)
}

function movedOf({ campaign, calls }: SliceAsked, rows: readonly HistoryRow[]): readonly Moved[] {
  const moved: Moved[] = []
  for (const row of rows) {
    const happening = placed(row)
    // Answers belong to enrolments of the real campaigns; the replay's own ways have their own.
    if (answerIn(happening)) continue
    const own = happening.body.properties?.campaign_id === campaign
    if (own && happening.kind === 'receipt') continue
    // Schedules and returning dates call anew; what the shop's server called stays.
    if (happening.name === calledEvent && (!own || calls)) continue
    moved.push({ moment: momentOf(row), happening })
  }
  return moved
}

function placed(row: HistoryRow): Placed {
  const at = Number(row.happened)
  const properties = objectIn(row.properties)
  return {
    kind: row.kind as HappeningKind,
    name: row.name,
    at,
    receivedAt: at,
    messageId: '',
    ids: { verified: false },
    body: { properties: row.kind === 'receipt' ? ofOthers(properties) : properties },
    position: Number(row.position) as Position,
    processedAt: momentOf(row),
    customer: Number(row.customer) as CustomerId,
    ...(row.import === '' ? {} : { importId: row.import }),
  }
}

/** Messages of the replay are numbered anew: those of others must not be taken for them. */
function ofOthers(properties: JsonObject): JsonObject {
  const { message_id: message } = properties
  return typeof message === 'number' ? { ...properties, message_id: -message } : properties
}

/** The object of a text that we wrote ourselves. */
export function objectIn(text: string): JsonObject {
  if (text === '' || text === '{}') return {}
  const read = readJson(text)
  return read.kind === 'json' && isJsonObject(read.value) ? read.value : {}
}

function mergeOf(row: HistoryRow): Past['merges'] {
  if (row.name !== 'Customer Merged' || row.kind !== 'derived') return []
  const { from, to } = objectIn(row.properties)
  return typeof from === 'number' && typeof to === 'number'
    ? [{ from, to, at: Number(row.happened) }]
    : []
}

function crossingOf(row: HistoryRow): readonly Crossing[] {
  const entered = row.name === 'Entered Segment'
  if (row.kind !== 'derived' || (!entered && row.name !== 'Left Segment')) return []
  const { segment_id: segment } = objectIn(row.properties)
  if (typeof segment !== 'number') return []
  return [{ customer: Number(row.customer), segment, at: Number(row.happened), entered }]
}

function traitsOf(row: HistoryRow): readonly TraitsChange[] {
  const change = objectIn(row.traits)
  if (Object.keys(change).length === 0) return []
  return [{ customer: Number(row.customer), moment: momentOf(row), change }]
}

/** Whose word it was then: the ledger has moved to who they are today; history says who said it, and when we heard it. */
function wordsThen(
  words: readonly (Omit<Word, 'moment'> & { readonly customer: number })[],
  changes: readonly HistoryRow[],
): readonly Word[] {
  const said = new Map(
    changes.flatMap((row) =>
      row.kind === 'consent' ? [[Number(row.position), row] as const] : [],
    ),
  )
  return words.map((word) => {
    const row = said.get(word.position)
    return row
      ? { ...word, customer: Number(row.customer), moment: momentOf(row) }
      : { ...word, moment: word.at }
  })
}
