import type { Ids } from '../../customers/identity.ts'
import type { Happening } from '../../events/happening.ts'
import { contactsOf, type Protect } from '../../events/people.ts'
import { dayMs } from '../../lib/duration.ts'
import { canonicalJson, type JsonObject } from '../../lib/json.ts'
import { memberChanges } from './member-changes.ts'
import type { PlatformGift } from './offers.ts'
import { orderChanges } from './order-changes.ts'
import type { PlatformPerson, PlatformProduct, PlatformRow } from './rows.ts'
import type { Teller, Told } from './told.ts'

/** What happened longer ago sets off no messages: nobody waits for a word about it. */
const newsMs = dayMs

/**
 * What of an object is news, in the order in which it happened: `before` is what was last known of it, undefined the first time
 * or after it was forgotten. Told twice by webhook, poll and file it makes the same message ids, so that the log has it once.
 */
export function changesOf(
  before: PlatformRow | undefined,
  after: PlatformRow,
  teller: Teller,
): readonly Happening[] {
  const told = toldOf(before, after, teller)
  return told.map((one) => happening(after.resource, after.id, { told: one, teller }))
}

/** What follows when the platform has an object no longer: a member withdrew, a product is no longer sold. */
export function departed(
  before: PlatformRow,
  teller: Omit<Teller, 'protect'>,
): readonly Happening[] {
  const told = leaving(before, teller)
  return told.map((one) => happening(before.resource, before.id, { told: one, teller }))
}

/**
 * How a person of a platform is named. A member is vouched for by the platform; a guest is found by phone or e-mail, never by a number
 * that is only lent (050).
 */
export function idsOf(user: string | null, person: PlatformPerson, protect: Protect): Ids {
  const phone = person.phone === null ? {} : { phone: person.phone }
  const email = person.email === null ? {} : { email: person.email }
  return {
    verified: true,
    ...(user === null ? {} : { user }),
    ...contactsOf({ ...phone, ...email }, protect),
  }
}

function toldOf(
  before: PlatformRow | undefined,
  after: PlatformRow,
  teller: Teller,
): readonly Told[] {
  switch (after.resource) {
    case 'members':
      return memberChanges(before?.resource === 'members' ? before : undefined, after, {
        ...teller,
        ids: idsOf(after.byContact ? null : after.id, after, teller.protect),
      })
    case 'products':
      return productChanges(before?.resource === 'products' ? before : undefined, after, teller)
    case 'orders': {
      // A member's addresses are those of the member: who ordered for somebody else wrote another's.
      const member = after.memberId
      const ids: Ids =
        member === null
          ? idsOf(null, after.buyer, teller.protect)
          : { user: member, verified: true }
      const known = before?.resource === 'orders' ? before : undefined
      const { version, now, isToldElsewhere, toldAs } = teller
      return orderChanges(known, after, { ids, version, now, isToldElsewhere, toldAs })
    }
    case 'coupons':
      return before === undefined ? [given(after)] : []
  }
}

function leaving(
  before: PlatformRow,
  { now, version, toldAs }: Omit<Teller, 'protect'>,
): readonly Told[] {
  switch (before.resource) {
    case 'members':
      // Who withdrew has the right to be forgotten; their orders stay without a name (PIPA article 21, e-commerce act article 6).
      return [
        {
          kind: 'edit',
          name: 'Customer Erased',
          at: now,
          ids: { user: before.id, verified: true },
          body: { properties: { by: 'withdrawal' } },
          key: `withdrawn:${version}`,
        },
      ]
    case 'products':
      return [
        {
          kind: 'product',
          name: 'Product Updated',
          at: now,
          ids: { verified: true },
          body: { properties: { product_id: before.id, sellable: false } },
          key: `gone:${version}`,
        },
      ]
    case 'orders': {
      // Thrown away at the platform: nothing is owed or earned by it any more.
      if (before.cancelledAt !== null) return []
      const properties = { order_id: toldAs ?? before.id, currency: before.currency }
      const ids: Ids = { verified: true }
      return [{ name: 'Order Cancelled', at: now, ids, body: { properties }, key: 'cancelled' }]
    }
    case 'coupons':
      return []
  }
}

function happening(
  resource: string,
  id: string,
  { told, teller }: { readonly told: Told; readonly teller: Omit<Teller, 'protect'> },
): Happening {
  const { kind = 'event', name, at, ids, body, key } = told
  const source = `${teller.kind}:${teller.connection}`
  const isOld = teller.isHistory || at < teller.now - newsMs
  // Products are told with their source, as feeds do: the catalogue says where they came from.
  const imported = isOld || kind === 'product' ? { importId: source } : {}
  return {
    ...{ kind, name, ids, body, ...imported },
    at: Math.min(at, teller.now),
    receivedAt: teller.now,
    messageId: `${source}:${resource}:${id}:${key}`.slice(0, 300),
  }
}

function productChanges(
  before: PlatformProduct | undefined,
  after: PlatformProduct,
  teller: Teller,
): readonly Told[] {
  if (before && canonicalJson(productOf(before)) === canonicalJson(productOf(after))) return []
  return [
    {
      kind: 'product',
      name: 'Product Updated',
      at: teller.isHistory ? teller.now : Math.min(after.updatedAt ?? teller.now, teller.now),
      ids: { verified: true },
      body: { properties: productOf(after) },
      key: `state:${teller.version}`,
    },
  ]
}

function given({ memberId, coupon, givenAt, endsAt }: PlatformGift): Told {
  const properties = {
    ...{ coupon_id: coupon.id, coupon_name: coupon.name },
    ...(endsAt === null ? {} : { expires_at: endsAt }),
  }
  const ids: Ids = { user: memberId, verified: true }
  return { name: 'Coupon Issued', at: givenAt, ids, body: { properties }, key: 'given' }
}

const inUnits = (amount: number): number => amount / 10_000

/** What the platform does not say is not said: another source may know it. */
function productOf(product: PlatformProduct): JsonObject {
  const { id, name, category, brand, url, imageUrl, stock, sellable } = product
  const said = { category, brand, url, image_url: imageUrl }
  return {
    product_id: id,
    ...{ name, stock, sellable },
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    price: inUnits(product.price),
    sale_price: product.salePrice === null ? null : inUnits(product.salePrice),
  }
}
