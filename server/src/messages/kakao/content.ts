import { z } from 'zod'
import { ImageKey } from '../../images/image.ts'
import { Recipe } from '../../recommendations/recipe.ts'
import { Nature } from '../content.ts'

/** An http(s) address or one Liquid output. */
const Address = z
  .string()
  .trim()
  .max(1_000)
  .refine(
    (text) => /^https?:\/\/\S+$/i.test(text) || /^\{\{[^{}]+\}\}$/.test(text),
    'an http(s) address or a value such as {{ cart.url }}',
  )

/** Id of the sending Kakao channel at the provider: pfId at Solapi, senderKey at NHN Cloud. */
const Profile = z.string().trim().min(1).max(100)

/** An approved template, and for each of its variables what is put in: text that may hold Liquid. */
export const AlimtalkContent = z.object({
  channel: z.literal('kakao'),
  kind: z.literal('alimtalk'),
  profile: Profile,
  template: z.string().trim().min(1).max(100),
  variables: z
    .record(z.string().min(1).max(100), z.string().max(2_000))
    .refine((variables) => Object.keys(variables).length <= 60, 'at most 60 variables')
    .default({}),
})
export type AlimtalkContent = z.infer<typeof AlimtalkContent>

/** The bubbles of Brand Message that are built here. */
export const Bubble = z.enum(['TEXT', 'IMAGE', 'WIDE'])
export type Bubble = z.infer<typeof Bubble>

/** A picture as the provider names it after the upload; `url` where it told one. */
export const Picture = z.object({
  id: z.string().trim().min(1).max(300),
  url: z.union([z.null(), z.url({ protocol: /^https?$/ })]).default(null),
  /** Key of the picture in the library, where it comes from there. */
  image: ImageKey.optional(),
})
export type Picture = z.infer<typeof Picture>

/**
 * An advertisement to friends of the shop's Kakao channel. Lengths are Kakao's rules and are told in words by limits.ts;
 * the bounds here only keep the input from growing without end.
 */
export const BrandContent = z.object({
  channel: z.literal('kakao'),
  kind: z.literal('brand'),
  profile: Profile,
  bubble: Bubble,
  text: z.string().trim().min(1).max(5_000),
  picture: Picture.nullable().default(null),
  buttons: z
    .array(z.object({ name: z.string().trim().max(100), url: Address }))
    .max(10)
    .default([]),
  coupon: z
    .object({
      title: z.string().trim().max(100),
      description: z.string().trim().max(200),
      url: Address,
    })
    .nullable()
    .default(null),
  /** Which products stand under `recs`; none without it. */
  recommend: Recipe.optional(),
})
export type BrandContent = z.infer<typeof BrandContent>

const text = z.string()
const Piece = z.object({ title: text, description: text })

/** An approved template as it was when the message was published. */
const ApprovedTemplate = z.object({
  profile: text,
  code: text,
  name: text,
  content: text,
  around: z
    .object({
      header: text.exactOptional(),
      title: text.exactOptional(),
      subtitle: text.exactOptional(),
      items: z.array(Piece).exactOptional(),
      extra: text.exactOptional(),
    })
    .exactOptional(),
  buttons: z.array(
    z.object({
      type: z.enum(['WL', 'AL', 'BK', 'MD', 'DS', 'AC', 'BC', 'BT', 'other']),
      name: text,
      mobileUrl: text.exactOptional(),
      pcUrl: text.exactOptional(),
    }),
  ),
  status: z.enum(['approved', 'waiting', 'rejected', 'stopped']),
})

/** An Alimtalk compiled once: the template it was checked against, and the Liquid of each variable. */
export const CompiledAlimtalk = z.object({
  channel: z.literal('kakao'),
  kind: z.literal('alimtalk'),
  format: z.literal(1),
  nature: Nature,
  template: ApprovedTemplate,
  variables: z.record(text, text),
})
export type CompiledAlimtalk = z.infer<typeof CompiledAlimtalk>

/** A Brand Message compiled once: only Liquid is left; label and footer are put around the text when it is drawn. */
export const CompiledBrand = z.object({
  ...BrandContent.shape,
  format: z.literal(1),
  nature: Nature,
})
export type CompiledBrand = z.infer<typeof CompiledBrand>

/** What a marketer writes for KakaoTalk. */
export const KakaoContent = z.discriminatedUnion('kind', [AlimtalkContent, BrandContent])
export type KakaoContent = z.infer<typeof KakaoContent>

export const CompiledKakao = z.discriminatedUnion('kind', [CompiledAlimtalk, CompiledBrand])
export type CompiledKakao = z.infer<typeof CompiledKakao>
