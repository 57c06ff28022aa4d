import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'

/** Who the shop is in its messages; the law wants all of it in an advertisement (docs/guide/law.md). */
export const Sender = z.object({
  legalName: z.string().trim().max(200).default(''),
  fromEmail: z.union([z.literal(''), z.email()]).default(''),
  contactEmail: z.union([z.literal(''), z.email()]).default(''),
  phone: z.string().trim().max(40).default(''),
  address: z.string().trim().max(300).default(''),
})
export type Sender = z.infer<typeof Sender>

/** IANA time zone name that this runtime knows. */
export const TimeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, 'not a time zone; for example Asia/Seoul')

export const Language = z.enum(['ko', 'en'])
export type Language = z.infer<typeof Language>

/** What may be changed of a shop in the settings. */
export const ShopChange = z
  .object({
    name: z.string().trim().min(1).max(100),
    url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
    timeZone: TimeZone,
    currency: z.string().regex(/^[A-Z]{3}$/, 'a currency code such as KRW'),
    language: Language,
    sender: Sender,
  })
  .partial()
export type ShopChange = z.infer<typeof ShopChange>

export type Shop = {
  readonly id: ShopId
  readonly name: string
  readonly url: string
  readonly timeZone: string
  readonly currency: string
  readonly language: Language
  readonly sender: Sender
  /** Sections owned by other rooms, each with a schema of its own; secrets in it are sealed. */
  readonly settings: JsonObject
  readonly isDemo: boolean
  readonly createdAt: number
}
