import { z } from 'zod'
import { readPicturePath } from '../../images/address.ts'
import { Recipe } from '../../recommendations/recipe.ts'
import { Nature } from '../content.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\r\n]/.test(text), 'one line only')

/** An address or one Liquid output: `https://shop.example/sale`, `{{ cart.url }}`. */
const Address = line(2_000).refine(
  (text) => /^https:\/\//i.test(text) || /^\{\{[^{}]+\}\}$/.test(text),
  'an https address or a value such as {{ cart.url }}',
)

/** An https address, a value, or a picture of the library by its path. */
const PictureAddress = line(2_000).refine(
  (text) => Address.safeParse(text).success || readPicturePath(text) !== undefined,
  'an https address, a picture of the library, or a value such as {{ product.image_url }}',
)

/** A web push notification as a marketer writes it; label and the way to turn it off are composed in. */
export const PushContent = z.object({
  channel: z.literal('web_push'),
  title: line(100).min(1),
  text: z.string().trim().min(1).max(500),
  /** Where a click leads. */
  url: Address,
  icon: PictureAddress.optional(),
  image: PictureAddress.optional(),
  /** Which products stand under `recs`; none without it. */
  recommend: Recipe.optional(),
})
export type PushContent = z.infer<typeof PushContent>

/** A notification compiled once: only Liquid is left for each person. */
export const CompiledPush = z.object({
  channel: z.literal('web_push'),
  format: z.literal(1),
  nature: Nature,
  title: z.string(),
  text: z.string(),
  url: z.string(),
  icon: z.string().nullable(),
  image: z.string().nullable(),
  recommend: Recipe.optional(),
})
export type CompiledPush = z.infer<typeof CompiledPush>
