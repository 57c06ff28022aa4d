import { z } from 'zod'

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

/** The pieces an e-mail is built from; every text may hold Liquid. */
export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string().trim().min(1).max(500) }),
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(10_000) }),
  z.object({
    kind: z.literal('products'),
    /** Path of the list in the context; each item has name, price, quantity, url, image_url. */
    list: z
      .string()
      .regex(/^[a-z_]+(\.[a-z_]+)*$/, 'a path such as cart.items')
      .default('cart.items'),
    limit: z.number().int().min(1).max(20).default(5),
  }),
  z.object({ kind: z.literal('button'), label: line(100).min(1), url: Address }),
  z.object({ kind: z.literal('image'), url: Address, alt: line(200), link: Address.optional() }),
  z.object({ kind: z.literal('divider') }),
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
})
export type CompiledEmail = z.infer<typeof CompiledEmail>
