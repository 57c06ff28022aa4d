import { z } from 'zod'
import { Recipe } from '../../recommendations/recipe.ts'
import { Nature } from '../content.ts'
import type { OnsiteForm, Rest } from './view.ts'

/** How a message stands on the page; the first four cover part of it and are popups. */
export const onsiteForms = [
  'modal',
  'slide',
  'sheet',
  'full',
  'bar',
  'toast',
  'inline',
  'button',
] as const satisfies readonly OnsiteForm[]

/** Where each form may stand; the first is where it stands unless said. */
export const placesOfForm = {
  modal: ['center'],
  slide: ['right', 'left', 'bottom'],
  sheet: ['bottom'],
  full: ['center'],
  bar: ['top', 'bottom'],
  toast: ['bottom_right', 'bottom_left', 'top_right', 'top_left'],
  inline: ['after', 'before', 'first', 'last'],
  button: ['bottom_right', 'bottom_left'],
} as const satisfies Record<OnsiteForm, readonly string[]>

/** A popup interrupts: at most one a page view, two a visit. */
export function isPopup(form: OnsiteForm): boolean {
  return form === 'modal' || form === 'slide' || form === 'sheet' || form === 'full'
}

/** How long a visitor may ask for silence. */
export const rests = ['today', '7d', '30d', 'never'] as const satisfies readonly Rest[]
/** Who asks people to join or to consent may offer these only (KFTC: a week at least). */
export const restsOfAsking = ['7d', '30d', 'never'] as const satisfies readonly Rest[]

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\r\n]/.test(text), 'one line only')
const Words = (most: number) => z.string().trim().min(1).max(most)

/** An address, a path of the shop, or one Liquid output. */
const Address = line(2_000).refine(
  (text) => /^(https?:\/\/|\/(?!\/))/i.test(text) || /^\{\{[^{}]+\}\}$/.test(text),
  'an http(s) address, a path such as /join, or a value such as {{ cart.url }}',
)
/** Names a part for ever, so that what is done with it can be told apart: `p3`. */
const PartId = z.string().regex(/^[a-z][a-z0-9]{0,19}$/, 'an id such as p3')
/** Which point of a picture stays in sight when it is cut: 0 to 1 from the left and the top. */
const Focus = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) })

/** A product, or anything else that has a picture, a name and an address. */
const WrittenCard = z.strictObject({
  title: Words(200),
  text: z.string().trim().max(300).default(''),
  image: Address.optional(),
  alt: line(200).default(''),
  url: Address,
})

/** What is asked; the answer becomes the trait, e-mail and phone become a contact that was claimed. */
const Field = z.strictObject({
  id: PartId,
  kind: z.enum(['email', 'phone', 'text', 'choice', 'choices']),
  label: Words(200),
  /** Path of the trait; unused by e-mail and phone. */
  trait: z
    .string()
    .regex(/^[a-zA-Z_][\w]{0,99}$/, 'a name such as skin_type')
    .optional(),
  options: z.array(Words(100)).max(20).default([]),
  required: z.boolean().default(true),
})

/** A box to tick, never ticked beforehand. What is agreed to stands beneath it; a changed text is another wording. */
const ConsentBox = z.strictObject({
  id: PartId,
  channel: z.enum(['email', 'sms', 'kakao']),
  /** Advertising by night too (21:00 to 08:00). */
  night: z.boolean().default(false),
  label: Words(100),
  wording: Words(1_000),
})

/** The pieces a message is built from, in their order; every text may hold Liquid. */
export const OnsitePart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), id: PartId, text: Words(300) }),
  z.strictObject({ kind: z.literal('text'), id: PartId, text: Words(2_000) }),
  /** Small: conditions. */
  z.strictObject({ kind: z.literal('note'), id: PartId, text: Words(1_000) }),
  z.strictObject({
    kind: z.literal('image'),
    id: PartId,
    image: Address,
    alt: line(200),
    focus: Focus.optional(),
    link: Address.optional(),
  }),
  z.strictObject({ kind: z.literal('button'), id: PartId, label: Words(60), url: Address }),
  /** The step's coupon: a press issues it, shows its code to copy, and leads on. */
  z.strictObject({
    kind: z.literal('coupon'),
    id: PartId,
    title: Words(200),
    label: Words(60),
    url: Address.optional(),
  }),
  /** Counts down to a true end only: of the coupon, or of an event at `at` (UTC ms). */
  z.strictObject({
    kind: z.literal('countdown'),
    id: PartId,
    label: Words(100),
    to: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('coupon') }),
      z.strictObject({ kind: z.literal('time'), at: z.number().int() }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('cards'),
    id: PartId,
    from: z.discriminatedUnion('kind', [
      /** Products the content's recipe recommends. */
      z.strictObject({ kind: z.literal('recommended') }),
      z.strictObject({ kind: z.literal('cart') }),
      z.strictObject({
        kind: z.literal('written'),
        cards: z.array(WrittenCard).min(1).max(10),
      }),
    ]),
    limit: z.number().int().min(1).max(10).default(5),
    label: line(60).default('보러 가기'),
    /** Says why the product is recommended. */
    why: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('form'),
    id: PartId,
    fields: z.array(Field).min(1).max(6),
    consents: z.array(ConsentBox).max(3).default([]),
    label: Words(60),
    thanks: Words(300),
  }),
])
export type OnsitePart = z.infer<typeof OnsitePart>

/** In which order cards are shown; drawn by the server and logged with each card (decision 0031). */
export const exposureOrders = ['fixed', 'random_visit', 'random_person', 'one'] as const
export type ExposureOrder = (typeof exposureOrders)[number]

const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #1c7ed6')

/** A message on the shop's own page as a marketer writes it. */
export const OnsiteContent = z.strictObject({
  channel: z.literal('onsite'),
  form: z.enum(onsiteForms),
  /** One of the form's places; its first when absent. */
  place: z.string().max(20).optional(),
  /** Inline only: the CSS selector of what it stands at. */
  selector: line(300).optional(),
  parts: z.array(OnsitePart).min(1).max(12),
  order: z.enum(exposureOrders).default('fixed'),
  /** Which products the cards of kind `recommended` show; without any such message nothing is shown. */
  recommend: Recipe.optional(),
  /** What it asks people to do: a refusal of these counts for all that ask the same, on all their devices. */
  asks: z.enum(['nothing', 'signup', 'consent']).default('nothing'),
  /** As visible as accepting. */
  refuse: line(40).min(1).default('괜찮아요'),
  rests: z.array(z.enum(rests)).max(2).default(['7d']),
  language: z.enum(['ko', 'en']).default('ko'),
  /** Departs from the shop's brand. */
  look: z
    .strictObject({
      scheme: z.enum(['light', 'dark']).default('light'),
      color: Colour.optional(),
      background: Colour.optional(),
    })
    .default({ scheme: 'light' }),
})
export type OnsiteContent = z.infer<typeof OnsiteContent>

/** A message compiled once: places chosen, brand put in; only Liquid is left for each person. */
export const CompiledOnsite = z.object({
  channel: z.literal('onsite'),
  format: z.literal(1),
  nature: Nature,
  content: OnsiteContent,
  brand: z.object({
    color: z.string(),
    background: z.string(),
    corners: z.enum(['round', 'square']),
    font: z.enum(['sans', 'serif']),
  }),
})
export type CompiledOnsite = z.infer<typeof CompiledOnsite>
