import { z } from 'zod'
import { readPicturePath } from '../images/address.ts'
import { Recipe } from '../recommendations/recipe.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\r\n]/.test(text), 'one line only')

/** An address or one Liquid output: `https://shop.example/sale`, `{{ cart.url }}`. */
const Address = line(2_000).refine(
  (text) => /^https?:\/\//i.test(text) || /^\{\{[^{}]+\}\}$/.test(text),
  'an http(s) address or a value such as {{ cart.url }}',
)

/** An address, a value, or a picture of the library by its path. */
const PictureAddress = line(2_000).refine(
  (text) => Address.safeParse(text).success || readPicturePath(text) !== undefined,
  'an http(s) address, a picture of the library, or a value such as {{ product.image_url }}',
)

const Heading = z.object({
  kind: z.literal('heading'),
  text: z.string().trim().min(1).max(500),
})
const Text = z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(10_000) })
/** Small and grey: conditions, a thank-you. */
const Note = z.object({ kind: z.literal('note'), text: z.string().trim().min(1).max(2_000) })
const Button = z.object({ kind: z.literal('button'), label: line(100).min(1), url: Address })
const Image = z.object({
  kind: z.literal('image'),
  url: PictureAddress,
  alt: line(200),
  link: Address.optional(),
})

/** What fits into half a mail. */
export const ColumnBlock = z.discriminatedUnion('kind', [Heading, Text, Note, Button, Image])
export type ColumnBlock = z.infer<typeof ColumnBlock>

const Products = z.object({
  kind: z.literal('products'),
  /** Path of the list in the context; each item has name, price, quantity, url, image_url. */
  list: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]+)*$/, 'a path such as cart.items')
    .default('cart.items'),
  limit: z.number().int().min(1).max(20).default(5),
  /** One below the other unless said, or two a row with large pictures. */
  layout: z.enum(['rows', 'grid']).optional(),
})

/** A coupon's code: one for everybody, or `{{ coupon.code }}` for a code of each person's own. */
const Coupon = z.object({
  kind: z.literal('coupon'),
  title: line(100).min(1),
  code: line(100).min(1),
  /** Until when, in words: `11월 30일까지`, `{{ coupon.expires_at | kdate }}까지`. */
  until: line(100).default(''),
  /** Stands in place of the code for whoever has none. */
  otherwise: line(200).min(1),
})

/** The pieces an e-mail is built from; every text may hold Liquid. */
export const Block = z.discriminatedUnion('kind', [
  Heading,
  Text,
  Note,
  Products,
  Button,
  Image,
  Coupon,
  z.object({ kind: z.literal('divider') }),
  z.object({ kind: z.literal('space'), size: z.enum(['small', 'medium', 'large']) }),
  z.object({
    kind: z.literal('columns'),
    left: z.array(ColumnBlock).min(1).max(8),
    right: z.array(ColumnBlock).min(1).max(8),
  }),
  /** Links to the shop's other places, from its brand. */
  z.object({ kind: z.literal('social') }),
])
export type Block = z.infer<typeof Block>

/** What a marketer writes: subject, the line shown beside it in the mailbox, and the body as blocks or as MJML. */
export const EmailContent = z.object({
  channel: z.literal('email'),
  subject: line(200).min(1),
  preheader: line(200).default(''),
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('blocks'), blocks: z.array(Block).min(1).max(50) }),
    z.object({ kind: z.literal('mjml'), mjml: z.string().min(1).max(100_000) }),
  ]),
  /** Which products stand under `recs`; none without it. */
  recommend: Recipe.optional(),
  /** The plain text part in the marketer's own words; made from the body without it. The foot is added. */
  plain: z.string().trim().min(1).max(20_000).optional(),
})
export type EmailContent = z.infer<typeof EmailContent>

/** Why a message without consent may go out: performing a contract, security, duty (domain: KISA's guide). */
export const InformationalReason = z.enum([
  'order',
  'payment',
  'shipping',
  'return',
  'refund',
  'account_security',
  'terms_change',
  'answer',
  'consent_notice',
  'restock_requested',
])
export type InformationalReason = z.infer<typeof InformationalReason>

/** advertising by default; informational only with a reason of the closed list. */
export const Nature = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('advertising') }),
  z.object({ purpose: z.literal('informational'), because: InformationalReason }),
])
export type Nature = z.infer<typeof Nature>

/** An e-mail compiled once: only Liquid is left for each person. Label and footer are in it. */
export const CompiledEmail = z.object({
  channel: z.literal('email').default('email'),
  format: z.literal(1),
  nature: Nature,
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  recommend: Recipe.optional(),
})
export type CompiledEmail = z.infer<typeof CompiledEmail>
