import { ConsentChangeInput, recordable } from '../consent/change.ts'
import type { Ids } from '../customers/identity.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Body, HappeningKind } from './happening.ts'
import { type Protect, readId, takeContacts } from './people.ts'
import { readDataLayer, translate } from './translate.ts'

/** Longest name of an event, in UTF-16 units. */
const nameLimit = 200

/** The named refusal of one item: the others of its call are still taken. */
export const unfit = (field: string, reason: string): Refusal =>
  new Refusal('invalid', reason, field)

/** One cleaned item of a call. */
export type Item = {
  readonly fields: JsonObject
  readonly context: JsonObject
  /** It came with a public browser key. */
  readonly browser: boolean
  readonly protect: Protect
}

/** What an item becomes, before time and ids: usually one body, several where one GA4 event is about several products. */
export type Made = {
  readonly kind: HappeningKind
  readonly contacts: Pick<Ids, 'email' | 'phone'>
  readonly bodies: readonly (Pick<Body, 'properties' | 'traits' | 'previousId' | 'groupId'> & {
    readonly name: string
  })[]
  /** Set where the message id follows from what is said. */
  readonly messageId?: string
}

/** Reads an item by its type; throws a Refusal that names the field. */
export function bodyOf(type: Json | undefined, item: Item): Made {
  switch (type) {
    case 'track':
      return track(item)
    case 'page':
      return page(item)
    case 'screen':
      return screen(item)
    case 'identify':
      return identify(item)
    case 'group':
      return group(item)
    case 'alias':
      return alias(item)
    default:
      throw unfit('type', 'It must be track, identify, page, screen, group or alias.')
  }
}

// Danggol makes these itself; from outside they would count messages that were never sent.
const ownNames: ReadonlySet<string> = new Set([
  'Visit Started',
  'Visit Ended',
  'Entered Segment',
  'Left Segment',
  'Customer Merged',
  'Customer Edited',
  'Facts Written',
  'Coupon Redeemed',
  'Coupon Expiring',
  'Coupon Returned',
  'Message Queued',
  'Message Refused',
  'Message Held Out',
  'Message Sent',
  'Message Delivered',
  'Message Failed',
  'Message Clicked',
  'Message Bounced',
  'Message Complained',
  'Message Unconfirmed',
  'Message Opened',
  'Campaign Called',
  'Step Done',
  'List Changed',
])

function track(item: Item): Made {
  const said = saidBy(item.fields)
  const name = said.name.trim()
  if (name === '') throw unfit('event', 'It must not be empty.')
  if (name.length > nameLimit) throw unfit('event', `It is longer than ${nameLimit} characters.`)
  if (ownNames.has(name)) throw unfit('event', `"${name}" is made by Danggol itself.`)
  if (name === 'Consent Changed') return consent(item, said.properties)
  if (name === 'Product Updated') return productUpdated(item, said.properties)
  const { contacts, kept } = takeContacts(said.properties, item.protect)
  const named = translate(name, kept)
  const order =
    item.browser && named[0]?.name === 'Order Completed'
      ? readId(named[0].properties.order_id)
      : undefined
  return {
    kind: 'event',
    contacts,
    bodies: named,
    // A reloaded thank-you page reports its order again: one report an order is enough, and the server's own event,
    // remembered apart from a page's, is the one that counts.
    ...(order?.kind === 'id' && order.id !== undefined
      ? { messageId: `order-completed:${order.id}` }
      : {}),
  }
}

function saidBy(fields: JsonObject): { readonly name: string; readonly properties: JsonObject } {
  if (fields.event === undefined && fields.dataLayer !== undefined) {
    const said = readDataLayer(fields.dataLayer)
    if (!said) throw unfit('dataLayer', 'It must be {event, ...} or ["event", name, parameters].')
    return said
  }
  if (typeof fields.event !== 'string') throw unfit('event', 'It must be text.')
  return { name: fields.event, properties: objectField(fields, 'properties') }
}

function page(item: Item): Made {
  const place = isJsonObject(item.context.page) ? item.context.page : {}
  const { fields } = item
  const filled: { [key: string]: Json } = {}
  for (const key of ['url', 'title', 'referrer', 'path', 'search'] as const) {
    if (place[key] !== undefined) filled[key] = place[key]
  }
  Object.assign(filled, textsOf(fields, 'name', 'category'), objectField(fields, 'properties'))
  const { contacts, kept } = takeContacts(filled, item.protect)
  return { kind: 'event', contacts, bodies: [{ name: 'Page Viewed', properties: kept }] }
}

function screen(item: Item): Made {
  const { fields } = item
  const properties = {
    ...textsOf(fields, 'name', 'category'),
    ...objectField(fields, 'properties'),
  }
  const { contacts, kept } = takeContacts(properties, item.protect)
  return { kind: 'event', contacts, bodies: [{ name: 'Screen Viewed', properties: kept }] }
}

function identify(item: Item): Made {
  const { contacts, kept } = takeContacts(objectField(item.fields, 'traits'), item.protect)
  // A good address takes back the mark that a bad one left.
  const traits = {
    ...kept,
    ...(contacts.email ? { email_invalid: null } : {}),
    ...(contacts.phone ? { phone_invalid: null } : {}),
  }
  return { kind: 'identify', contacts, bodies: [{ name: 'Identified', traits }] }
}

// A group's address is the company's: it identifies nobody and is not kept.
function group(item: Item): Made {
  const groupId = requiredId(item.fields, 'groupId')
  const { email: _email, phone: _phone, ...traits } = objectField(item.fields, 'traits')
  return { kind: 'group', contacts: {}, bodies: [{ name: 'Grouped', groupId, traits }] }
}

function alias(item: Item): Made {
  const previousId = requiredId(item.fields, 'previousId')
  return { kind: 'alias', contacts: {}, bodies: [{ name: 'Aliased', previousId }] }
}

function consent(item: Item, properties: JsonObject): Made {
  if (item.browser) {
    throw unfit(
      'event',
      'A browser key can\'t record consent: send "Consent Changed" from your server with a write key.',
    )
  }
  const { contacts, kept } = takeContacts(properties, item.protect)
  const said = { source: 'api', ...kept }
  const change = recordable(said, { verified: true, ours: false })
  if (change === undefined) throw unfit(...consentFault(said))
  const { wording, evidence, ...rest } = change
  const proof = { ...(wording === undefined ? {} : { wording }), ...(evidence ? { evidence } : {}) }
  return {
    kind: 'consent',
    contacts,
    bodies: [{ name: 'Consent Changed', properties: { ...rest, ...proof } }],
  }
}

function consentFault(said: JsonObject): readonly [string, string] {
  const issue = ConsentChangeInput.safeParse(said).error?.issues[0]
  if (issue) return [['properties', ...issue.path].join('.'), `${issue.message}.`]
  return ['properties.source', 'From outside it must be signup_form, api or csv.']
}

function productUpdated(item: Item, properties: JsonObject): Made {
  if (item.browser) {
    throw unfit(
      'event',
      'A browser key can\'t change the catalogue: send "Product Updated" from your server.',
    )
  }
  const read = readId(properties.product_id)
  if (read.kind === 'refused' || read.id === undefined) {
    throw unfit('properties.product_id', read.kind === 'refused' ? read.reason : 'It is required.')
  }
  // What a product costs the shop has a place of its own (PUT /api/products): events are read by everybody of the team.
  const { cost: _, ...shown } = properties
  const product = { ...shown, product_id: read.id }
  return {
    kind: 'product',
    contacts: {},
    bodies: [{ name: 'Product Updated', properties: product }],
  }
}

function requiredId(fields: JsonObject, field: string): string {
  const read = readId(fields[field])
  if (read.kind === 'refused') throw unfit(field, read.reason)
  if (read.id === undefined)
    throw unfit(field, 'It is required, and it must not be a placeholder such as "null".')
  return read.id
}

const nothing: JsonObject = {}

function objectField(fields: JsonObject, field: string): JsonObject {
  const value = fields[field]
  if (value === undefined || value === null) return nothing
  if (!isJsonObject(value)) throw unfit(field, 'It must be an object.')
  return value
}

function textsOf(fields: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.flatMap((key) => (typeof fields[key] === 'string' ? [[key, fields[key]]] : [])),
  )
}
