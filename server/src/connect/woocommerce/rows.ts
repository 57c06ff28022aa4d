import { z } from 'zod'
import type { ConsentChannel } from '../../consent/consent.ts'
import type { JsonObject } from '../../lib/json.ts'
import { personName, written } from '../platform/person-words.ts'
import type { PlatformMember, PlatformProduct } from '../platform/rows.ts'
import { wooAmount, wooTime } from './values.ts'

/** Absent and null are the same: nothing is said. */
export const Text = z.string().nullish()
/** In currency units, as plugins write it: text or number; read by `wooAmount`. */
export const Amount = z.union([z.string(), z.number()]).nullish()
/** Numbers, as text. */
export const Id = z.union([z.string(), z.number()]).transform(String)
/** What plugins keep beside a row, under names of their own. */
export const Meta = z.array(z.object({ key: z.string(), value: z.unknown() })).nullish()

/** `GET /customers`, as far as it is read. */
export const WooCustomer = z.object({
  id: Id,
  email: Text,
  first_name: Text,
  last_name: Text,
  role: Text,
  date_created_gmt: Text,
  date_modified_gmt: Text,
  billing: z.object({ first_name: Text, last_name: Text, phone: Text }).nullish(),
  meta_data: Meta,
})

/** Accounts of people who run the shop: nobody sells to them. */
const staff = new Set(['administrator', 'editor', 'author', 'contributor', 'shop_manager'])

/** Under which names a plugin keeps what customers chose; WooCommerce itself keeps no consent. */
export type ConsentKeys = { readonly sms: string | null; readonly email: string | null }

/** The names as they stand in the connection's settings. */
export function consentKeysIn(settings: JsonObject): ConsentKeys {
  const { smsConsentKey: sms, emailConsentKey: email } = settings
  return {
    sms: typeof sms === 'string' ? sms : null,
    email: typeof email === 'string' ? email : null,
  }
}

/** A customer's account as a member; `none` for people who run the shop, undefined where it does not say since when it is one. */
export function memberOf(
  read: z.infer<typeof WooCustomer>,
  keys: ConsentKeys,
): PlatformMember | undefined | 'none' {
  if (staff.has(read.role ?? '')) return 'none'
  const joinedAt = wooTime(read.date_created_gmt)
  if (joinedAt === null) return undefined
  const { billing, role } = read
  const said = (channel: ConsentChannel, key: string | null) => {
    const granted = key === null ? undefined : choiceIn(read.meta_data, key)
    return granted === undefined ? [] : [{ channel, granted, at: null }]
  }
  return {
    resource: 'members',
    id: read.id,
    name:
      personName(read.first_name, read.last_name) ??
      personName(billing?.first_name, billing?.last_name),
    email: written(read.email),
    phone: written(billing?.phone),
    joinedAt,
    updatedAt: wooTime(read.date_modified_gmt),
    consents: [...said('sms', keys.sms), ...said('email', keys.email)],
    traits: role && role !== 'customer' ? { woocommerce_role: role } : {},
  }
}

const yes = new Set(['1', 'yes', 'y', 'true', 'on', 'subscribed', '동의'])

/** What is kept under this name, as plugins write a choice; undefined: nothing is. */
function choiceIn(meta: z.infer<typeof Meta>, key: string): boolean | undefined {
  const found = meta?.find((one) => one.key === key)
  if (found === undefined || found.value === null || typeof found.value === 'object')
    return undefined
  return yes.has(String(found.value).trim().toLowerCase())
}

/** `GET /products`, as far as it is read. */
export const WooProduct = z.object({
  id: Id,
  type: Text,
  status: Text,
  name: z.string(),
  permalink: Text,
  date_modified_gmt: Text,
  price: Amount,
  regular_price: Amount,
  sale_price: Amount,
  purchasable: z.boolean().nullish(),
  manage_stock: z.union([z.boolean(), z.string()]).nullish(),
  stock_quantity: z.number().nullish(),
  stock_status: Text,
  categories: z.array(z.object({ name: z.string() })).nullish(),
  brands: z.array(z.object({ name: z.string() })).nullish(),
  images: z.array(z.object({ src: Text })).nullish(),
})
export type WooProduct = z.infer<typeof WooProduct>

/** `GET /products/<id>/variations`, as far as it is read. */
export const WooVariation = WooProduct.pick({
  ...{ status: true, price: true, regular_price: true, sale_price: true, purchasable: true },
  ...{ manage_stock: true, stock_quantity: true, stock_status: true },
})
export type WooVariation = z.infer<typeof WooVariation>

/** Products that have no price or stock of their own: their variations have. */
export const hasVariations = ({ type }: WooProduct): boolean => (type ?? '').startsWith('variable')

/** A product; one with variations costs what its cheapest one costs, and has the stock of all of them. */
export function productOf(
  read: WooProduct,
  variations: readonly WooVariation[],
): PlatformProduct | undefined {
  const sold = variations.filter((one) => one.status !== 'private' && isOffered(one))
  const priced = variations.length === 0 ? [read] : sold.length > 0 ? sold : variations
  const full = (one: WooVariation): number => wooAmount(one.regular_price || one.price)
  const now = (one: WooVariation): number => wooAmount(one.price || one.regular_price)
  const price = Math.min(...priced.map(full))
  const sale = Math.min(...priced.map(now))
  return {
    resource: 'products',
    id: read.id,
    updatedAt: wooTime(read.date_modified_gmt),
    name: read.name,
    price,
    salePrice: sale < price ? sale : null,
    category: written(read.categories?.[0]?.name),
    brand: written(read.brands?.[0]?.name),
    url: written(read.permalink),
    imageUrl: written(read.images?.[0]?.src),
    stock: stockOf(read, variations),
    sellable:
      read.status === 'publish' &&
      read.purchasable !== false &&
      (variations.length === 0 ? isOffered(read) : sold.length > 0),
  }
}

const isOffered = ({ stock_status: status, purchasable }: WooVariation): boolean =>
  status !== 'outofstock' && purchasable !== false

/** null: something of it is not counted. `parent`: the variation shares the product's stock. */
function stockOf(read: WooProduct, variations: readonly WooVariation[]): number | null {
  if (read.manage_stock === true) return Math.max(0, read.stock_quantity ?? 0)
  if (variations.length === 0 || variations.some((one) => one.manage_stock !== true)) return null
  return variations.reduce((sum, one) => sum + Math.max(0, one.stock_quantity ?? 0), 0)
}
