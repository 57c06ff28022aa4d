import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { SendingHours } from './sending-hours.ts'

/**
 * What the outbox keeps of a message beside its content's id: enough to draw exactly the same mail again, for the sender
 * and for whoever asks later what was sent.
 */
export const Kept = z.object({
  /** What the campaign handed over (intent.ts context). */
  context: z.custom<JsonObject>(isJsonObject).default({}),
  customer: z.object({ name: z.string().nullable() }).default({ name: null }),
  /** What is known of the person, as far as the mail speaks of it. */
  facts: z.custom<JsonObject>(isJsonObject).optional(),
  /** The coupon that goes with it, as the template sees it (coupons/drawn.ts); its code is made up until the message leaves. */
  coupon: z.custom<JsonObject>(isJsonObject).optional(),
  /** The hours in which its campaign sends. */
  hours: SendingHours.optional(),
  /** UTC ms the message speaks from. */
  at: z.number().default(0),
  /** Addresses in the mail in order of appearance; a click names one by its place. */
  links: z.array(z.string()).default([]),
  /** Codes of their short links in the same order, where the channel shows addresses (links/short-code.ts). */
  codes: z.array(z.string()).optional(),
  /** What the advertisement rests on where it is not consent: a transaction of the last 6 months (consent/trading.ts). */
  basis: z
    .object({ kind: z.string(), order: z.string(), endedAt: z.number(), until: z.number() })
    .optional(),
})
export type Kept = z.infer<typeof Kept>

/** Reads the column; erased or damaged rows give an empty message. */
export function readKept(text: string): Kept {
  const parsed = Kept.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : Kept.parse({})
}
