import { z } from 'zod'
import { ImageKey } from '../../images/image.ts'
import { Recipe } from '../../recommendations/recipe.ts'
import { Nature } from '../content.ts'

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[\r\n]/.test(text), 'one line only')

/** A text message as a marketer writes it; label, sender and the free way out are composed in. */
export const SmsContent = z.object({
  channel: z.literal('sms'),
  text: z.string().trim().min(1).max(2_000),
  /** Shown above a long message (LMS, MMS). Empty: the shop's name. */
  subject: line(100).default(''),
  /** Id of a picture at the text provider: sent as MMS. */
  picture: z.string().trim().min(1).max(200).optional(),
  /** Key of the picture in the library, where it comes from there. */
  image: ImageKey.optional(),
  /** Which products stand under `recs`; none without it. */
  recommend: Recipe.optional(),
})
export type SmsContent = z.infer<typeof SmsContent>

/** A text message compiled once: only Liquid is left for each person. */
export const CompiledSms = z.object({
  channel: z.literal('sms'),
  format: z.literal(1),
  nature: Nature,
  subject: z.string(),
  text: z.string(),
  picture: z.string().nullable(),
  recommend: Recipe.optional(),
})
export type CompiledSms = z.infer<typeof CompiledSms>
