import { z } from 'zod'
import { parseDecimal } from '../../lib/decimal.ts'
import { personName, written } from '../platform/person-words.ts'
import type { PlatformConsent, PlatformMember, PlatformProduct } from '../platform/rows.ts'

/** Absent and null are the same: nothing is said. */
export const Text = z.string().nullish()
/** `gid://shopify/Order/12` is read as `12`. */
export const Gid = z.string().transform((text) => text.slice(text.lastIndexOf('/') + 1))
/** UTC ms; null where there is none or it cannot be read. */
export const Time = z
  .string()
  .nullish()
  .transform((text) => {
    const read = text ? Date.parse(text) : Number.NaN
    return Number.isNaN(read) ? null : read
  })
/** In ten-thousandths; null where there is none. */
export const Amount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) =>
    text === null || text === undefined ? null : Number(parseDecimal(String(text)) ?? 0n),
  )

const Marketing = { marketingState: Text, marketingUpdatedAt: Time }

/** A customer as `queries.ts` asks for one. */
export const ShopifyCustomer = z.object({
  id: Gid,
  firstName: Text,
  lastName: Text,
  createdAt: Time,
  updatedAt: Time,
  state: Text,
  defaultEmailAddress: z.object({ emailAddress: Text, ...Marketing }).nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: Text, ...Marketing }).nullish(),
})

/** A customer with what they chose, and when: only who is subscribed has agreed; who waits to confirm has not. */
export function memberOf(read: z.output<typeof ShopifyCustomer>): PlatformMember | undefined {
  const { createdAt: joinedAt, defaultEmailAddress: mail, defaultPhoneNumber: phone } = read
  if (joinedAt === null) return undefined
  return {
    resource: 'members',
    id: read.id,
    name: personName(read.firstName, read.lastName),
    email: written(mail?.emailAddress),
    phone: written(phone?.phoneNumber),
    joinedAt,
    updatedAt: read.updatedAt,
    consents: [...choice('email', mail), ...choice('sms', phone)],
    traits: {},
  }
}

function choice(
  channel: 'email' | 'sms',
  said: z.output<z.ZodObject<typeof Marketing>> | null | undefined,
): readonly PlatformConsent[] {
  if (!said?.marketingState) return []
  const granted = said.marketingState === 'SUBSCRIBED'
  return [{ channel, granted, at: said.marketingUpdatedAt }]
}

/** A product as `queries.ts` asks for one; its price, in ten-thousandths, and whether it is sold are its variants'. */
export const ShopifyProduct = z.object({
  id: Gid,
  title: z.string(),
  status: Text,
  vendor: Text,
  productType: Text,
  updatedAt: Time,
  onlineStoreUrl: Text,
  totalInventory: z.number().nullish(),
  tracksInventory: z.boolean().nullish(),
  featuredMedia: z
    .object({ preview: z.object({ image: z.object({ url: Text }).nullish() }).nullish() })
    .nullish(),
  variants: z.object({
    nodes: z.array(
      z.object({
        price: Amount,
        compareAtPrice: Amount,
        availableForSale: z.boolean().nullish(),
      }),
    ),
  }),
})

/** A product costs what its cheapest variant costs; what that cost before stands beside it, where it was more. */
export function productOf(read: z.output<typeof ShopifyProduct>): PlatformProduct {
  const { nodes } = read.variants
  const offered = nodes.filter(({ availableForSale }) => availableForSale !== false)
  const [cheapest] = [...(offered.length > 0 ? offered : nodes)].sort(
    (a, b) => (a.price ?? 0) - (b.price ?? 0),
  )
  const now = cheapest?.price ?? 0
  const before = cheapest?.compareAtPrice ?? 0
  return {
    resource: 'products',
    id: read.id,
    updatedAt: read.updatedAt,
    name: read.title,
    price: Math.max(now, before),
    salePrice: before > now ? now : null,
    category: written(read.productType),
    brand: written(read.vendor),
    url: written(read.onlineStoreUrl),
    imageUrl: written(read.featuredMedia?.preview?.image?.url),
    stock: read.tracksInventory ? Math.max(0, read.totalInventory ?? 0) : null,
    sellable: read.status === 'ACTIVE' && offered.length > 0,
  }
}
