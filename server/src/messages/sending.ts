import { z } from 'zod'

/** The shop's settings section `sending`: limits that hold over all campaigns. */
export const SendingSettings = z.object({
  /** Advertising messages a person may get in any 24 hours, over all channels. */
  adsPerDay: z.number().int().min(0).max(20).default(1),
  /** The same in any 7 days. */
  adsPerWeek: z.number().int().min(0).max(50).default(3),
  /** A weightier message keeps lighter ones of its class away for so long. */
  precedenceHours: z.number().int().min(0).max(168).default(24),
  /** Nothing bound by the night rule is handed over in the last minutes before 21:00. */
  nightMarginMinutes: z.number().int().min(0).max(60).default(5),
  /** Advertising also needs the separate consent to marketing use of personal data (PIPA article 22). */
  needsPersonalDataConsent: z.boolean().default(false),
  /** Most messages handed over in a second. */
  ratePerSecond: z.number().int().min(1).max(10_000).default(2_000),
})
export type SendingSettings = z.infer<typeof SendingSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function sendingSettings(settings: unknown): SendingSettings {
  const parsed = SendingSettings.safeParse(settings ?? {})
  return parsed.success ? parsed.data : SendingSettings.parse({})
}
