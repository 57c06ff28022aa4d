import type { Ids } from '../customers/identity.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { columnText } from '../lib/text.ts'
import type { Scope } from '../shops/access.ts'
import { clean } from './clean.ts'
import type { Body, Happening } from './happening.ts'
import { bodyOf, type Item, unfit } from './item.ts'
import { momentOf, readTime } from './moment.ts'
import { contactsOf, type Protect, readId } from './people.ts'
import type { Sight } from './visitors.ts'

/** One event, as JSON without spaces. */
const eventBytesLimit = 32 * 1024
/** Events in one batch. */
const batchItemsLimit = 2_500

/** What a path of the tracking API takes. */
export type CallKind =
  | 'track'
  | 'identify'
  | 'page'
  | 'screen'
  | 'group'
  | 'alias'
  | 'batch'
  | 'import'

/** Everything that parsing needs from the world. */
export type Intake = {
  /** UTC ms. */
  readonly receivedAt: number
  readonly scope: Scope
  /** Seals a normalised contact. */
  readonly protect: Protect
  /** Whether a signature of a member's id is the shop's own. */
  readonly vouches: (userId: string, signature: string) => boolean
  /** A random message id for events that came without. */
  readonly newId: () => string
  /** Which items bots sent, and which came from the shop's own office. */
  readonly sight: Sight
}

/** Why one item of a call was not taken. `field` is where to look; `index` counts from 0, and is 0 for a single event. */
export type ItemRefusal = {
  readonly index: number
  readonly field: string
  readonly reason: string
}

export type Parsed =
  | {
      readonly kind: 'parsed'
      readonly happenings: readonly Happening[]
      /** The item each happening came from: an item may become several. */
      readonly origins: readonly number[]
      readonly refused: readonly ItemRefusal[]
      /** Items that bots sent, by bot: counted, and nothing else is made of them. */
      readonly bots: ReadonlyMap<string, number>
    }
  | {
      readonly kind: 'refused'
      readonly code: 'invalid' | 'forbidden' | 'too-large'
      readonly field: string
      readonly reason: string
    }

/**
 * A body of Segment's HTTP tracking API (segment.com/docs, sources/catalog/libraries/server/http-api) as happenings. Items
 * are independent of each other: each is taken or refused by name. The body was parsed for us alone and may be changed.
 */
export function parseCall(kind: CallKind, body: Json, intake: Intake): Parsed {
  if (!isJsonObject(body)) return refusedCall('invalid', 'body', 'The body must be a JSON object.')
  if (kind !== 'batch' && kind !== 'import') {
    return collect(
      [body],
      { type: kind, sentAt: undefined, context: undefined, isImport: false },
      intake,
    )
  }
  if (kind === 'import' && intake.scope === 'browser') {
    return refusedCall(
      'forbidden',
      'writeKey',
      'A browser key may not import history: use a write key from your server.',
    )
  }
  const items = body.batch
  if (!Array.isArray(items))
    return refusedCall('invalid', 'batch', 'It must be an array of events.')
  if (items.length > batchItemsLimit) {
    return refusedCall(
      'too-large',
      'batch',
      `It holds ${items.length} events; the limit is ${batchItemsLimit}.`,
    )
  }
  const shared = {
    type: undefined,
    sentAt: readTime(body.sentAt),
    context: body.context,
    isImport: kind === 'import',
  }
  return collect(items as readonly Json[], shared, intake)
}

const refusedCall = (
  code: 'invalid' | 'forbidden' | 'too-large',
  field: string,
  reason: string,
): Parsed => ({
  kind: 'refused',
  code,
  field,
  reason,
})

/** What the items of one call share. */
type Shared = {
  readonly type: string | undefined
  /** UTC ms. */
  readonly sentAt: number | undefined
  readonly context: Json | undefined
  readonly isImport: boolean
}

function collect(items: readonly Json[], shared: Shared, intake: Intake): Parsed {
  const happenings: Happening[] = []
  const origins: number[] = []
  const refused: ItemRefusal[] = []
  const bots = new Map<string, number>()
  for (let index = 0; index < items.length; index++) {
    try {
      const item = items[index] as Json
      const bot = intake.sight.botOf(agentOf(item, shared))
      if (bot !== undefined) {
        bots.set(bot, (bots.get(bot) ?? 0) + 1)
        continue
      }
      for (const happening of parseItem(item, shared, intake)) {
        happenings.push(happening)
        origins.push(index)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ index, field: error.field ?? 'body', reason: error.message })
    }
  }
  return { kind: 'parsed', happenings, origins, refused, bots }
}

/** The visitor's user agent, where the item or its batch says one. */
function agentOf(item: Json, { context }: Shared): Json | undefined {
  const own = isJsonObject(item) && isJsonObject(item.context) ? item.context.userAgent : undefined
  return own ?? (isJsonObject(context) ? context.userAgent : undefined)
}

function parseItem(raw: Json, shared: Shared, intake: Intake): readonly Happening[] {
  if (!isJsonObject(raw)) throw unfit('body', 'An event must be a JSON object.')
  const tidied = clean(raw, eventBytesLimit)
  if (tidied.kind === 'refused') throw unfit('body', tidied.reason)
  const fields = tidied.value as JsonObject
  const context = contextOf(fields, shared)
  const item: Item = {
    fields,
    context,
    browser: intake.scope === 'browser',
    protect: intake.protect,
  }
  const made = bodyOf(shared.type ?? fields.type, item)

  const moment = momentOf(
    fields.originalTimestamp ?? fields.timestamp,
    shared.isImport ? undefined : (readTime(fields.sentAt) ?? shared.sentAt),
    intake.receivedAt,
  )
  if (moment.kind === 'refused') throw unfit('timestamp', moment.reason)
  const messageId = made.messageId ?? idField(fields, 'messageId') ?? intake.newId()
  const ids = made.kind === 'product' ? { verified: true } : idsOf(item, made.contacts, intake)
  const marks = {
    ...(item.browser ? { browser: true } : {}),
    ...(moment.corrected ? { atCorrected: true } : {}),
    ...(intake.sight.fromOffice(context.ip) ? { office: true } : {}),
  }
  const kept = keptContext(context)
  return made.bodies.map(({ name, ...body }, index) => ({
    kind: made.kind,
    name: columnText(name),
    at: moment.at,
    receivedAt: intake.receivedAt,
    messageId: index === 0 ? messageId : `${messageId}:${index}`,
    ids,
    body: { ...body, ...(kept ? { context: kept } : {}), ...marks } satisfies Body,
    ...(shared.isImport ? { importId: 'api' } : {}),
  }))
}

function contextOf(fields: JsonObject, shared: Shared): JsonObject {
  const own = fields.context
  if (own !== undefined && own !== null && !isJsonObject(own))
    throw unfit('context', 'It must be an object.')
  const batch = shared.context
  if (!isJsonObject(batch)) return own ?? nothing
  return own ? { ...batch, ...own } : batch
}

const nothing: JsonObject = {}
const keptContextKeys = [
  'page',
  'campaign',
  'userAgent',
  'locale',
  'timezone',
  'library',
  'referrer',
] as const

// What tells something about the visit. IP addresses, device and advertising ids stay out of the log.
function keptContext(context: JsonObject): JsonObject | undefined {
  let kept: { [key: string]: Json } | undefined
  for (const key of keptContextKeys) {
    const value = context[key]
    if (value === undefined || value === null) continue
    kept ??= {}
    kept[key] = value
  }
  return kept
}

function idField(fields: JsonObject, field: string): string | undefined {
  const read = readId(fields[field])
  if (read.kind === 'refused') throw unfit(field, read.reason)
  return read.id
}

/** Whom it belongs to. A server's key vouches for everything; a page's key only with the shop's signature. */
function idsOf(item: Item, contacts: Pick<Ids, 'email' | 'phone'>, intake: Intake): Ids {
  const { fields, context, browser } = item
  const user = idField(fields, 'userId')
  const anonymous = idField(fields, 'anonymousId')
  const known =
    context.traits === undefined
      ? contacts
      : { ...contactsOf(context.traits, intake.protect), ...contacts }
  // A server may name a guest by address alone; a page may not, because addresses never find a customer for it.
  const guest = !browser && (known.email !== undefined || known.phone !== undefined)
  if (user === undefined && anonymous === undefined && !guest) {
    throw unfit(
      'userId',
      'userId or anonymousId is required, and it must not be a placeholder such as "null".',
    )
  }
  const signature = context.userSignature
  const signed =
    user !== undefined && typeof signature === 'string' && intake.vouches(user, signature)
  return {
    ...(anonymous === undefined ? {} : { anonymous }),
    ...(user === undefined ? {} : { user }),
    ...known,
    verified: !browser || signed,
    ...(context.kiosk === true || context.mode === 'shared' ? { kiosk: true } : {}),
  }
}
