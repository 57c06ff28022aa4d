import { z } from 'zod'
import type { JsonObject } from '../lib/json.ts'

/** The shop's settings section `consent`. */
const ConsentSettings = z.object({
  /** Danggol tells people the result of what they said (Article 50(7)); off where the shop's own system does. */
  resultNotices: z.boolean().default(true),
  /** Danggol confirms consents every two years (Article 50(8)); off where the shop's own system does. */
  reconfirms: z.boolean().default(true),
  /** Also confirms what was due long ago, as old consents from a file are: within a month, some every day. */
  reconfirmOverdue: z.boolean().default(false),
  /** Who switched the exception for customers of the last 6 months on (trading.ts), and what they attested; null is off. */
  existingCustomers: z
    .object({ by: z.string(), sentence: z.string(), at: z.number() })
    .nullable()
    .default(null),
})
export type ConsentSettings = z.infer<typeof ConsentSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function consentSettings(settings: JsonObject): ConsentSettings {
  return ConsentSettings.safeParse(settings.consent ?? {}).data ?? ConsentSettings.parse({})
}
