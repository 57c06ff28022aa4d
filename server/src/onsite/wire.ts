import { z } from 'zod'

/** Bounds of one question. */
export const wireLimits = { bodyBytes: 32 * 1024, events: 20, remembered: 50 } as const

const Ms = z.number().int().nonnegative()
/** Names are compared in the database, which holds no NUL. */
const Named = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\u0000'), 'a text without NUL')
const Device = Named.trim().min(1)

/** What a page asks: may something be shown here, to this visitor, now? `POST /v1/onsite`, as text/plain JSON. */
export const OnsiteRequest = z.object({
  writeKey: z.string().min(1).max(100),
  anonymousId: Device,
  /** Who the page says is signed in, with the shop's signature of it: only then may a message speak of the member. */
  userId: Named.trim().min(1).optional(),
  userSignature: z.string().max(200).optional(),
  /** Names this page view: one is decided once. */
  view: z.string().regex(/^[0-9a-f]{8,64}$/),
  page: z.object({ url: z.string().max(4_000), title: z.string().max(1_000).default('') }),
  visit: z.object({
    /** When it began by the visitor's clock; it names the visit. */
    startedAt: Ms,
    /** Page views so far, this one counted. */
    views: z.number().int().min(1).max(100_000),
    /** Popups shown in it so far. */
    popups: z.number().int().min(0).max(1_000),
    /** An earlier visit is known on this device. */
    returning: z.boolean(),
  }),
  /** What happened on this page so far, oldest first: the log may not have it yet. */
  events: z
    .array(
      z.object({
        /** The message id it is sent under too: what the log has already counts once. */
        id: Named.min(1),
        name: z.string().min(1).max(200),
        properties: z.record(z.string(), z.json()).default({}),
        at: Ms,
      }),
    )
    .max(wireLimits.events)
    .default([]),
  /** The campaign whose moment has come, of those the answer before told to watch for. */
  fired: z.number().int().positive().optional(),
  /** A popup stands on the page now, or stood in this page view. */
  busy: z.boolean().default(false),
  /** What the device remembers of campaigns it was shown. */
  seen: z
    .array(z.object({ campaign: z.number().int().positive(), at: Ms, visit: Ms }))
    .max(wireLimits.remembered)
    .default([]),
  /** Silences asked for on the device: a campaign's number, `signup` or `consent` -> until when. */
  rests: z
    .array(z.object({ of: z.string().max(20), until: Ms }))
    .max(wireLimits.remembered)
    .default([]),
  /** Given by the dashboard with the address of a preview: shows a draft here and counts nothing. */
  preview: z.string().max(2_000).optional(),
})
export type OnsiteRequest = z.infer<typeof OnsiteRequest>

/** `POST /v1/onsite/coupon`: the visitor pressed for the coupon. Asked twice it answers the same. */
export const CouponPress = z.object({
  writeKey: z.string().min(1).max(100),
  anonymousId: Device,
  token: z.string().min(1).max(2_000),
})
export type CouponPress = z.infer<typeof CouponPress>
/** `POST /v1/onsite/form`: the visitor sent a form. */
export const FormSent = z.object({
  writeKey: z.string().min(1).max(100),
  anonymousId: Device,
  token: z.string().min(1).max(2_000),
  part: z.string().max(20),
  /** Field id -> what was put in; several of `choices`. */
  values: z.record(
    z.string().max(20),
    z.union([z.string().max(1_000), z.array(z.string().max(100)).max(20)]),
  ),
  /** Ids of the boxes that were ticked. */
  agreed: z.array(z.string().max(20)).max(3).default([]),
})
export type FormSent = z.infer<typeof FormSent>
