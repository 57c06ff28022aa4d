import { z } from 'zod'

/** What a channel's provider is given at most. */
const Lane = z.object({
  /** Most messages handed over in a second. */
  ratePerSecond: z.number().int().min(1).max(10_000),
  /** Most messages on their way to the provider at once. */
  concurrency: z.number().int().min(1).max(1_000),
})
export type Lane = z.infer<typeof Lane>

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
  /** What waited for the morning goes out spread over so long after 08:00. */
  morningSpreadMinutes: z.number().int().min(0).max(180).default(15),
  /** Advertising also needs the separate consent to marketing use of personal data (PIPA article 22). */
  needsPersonalDataConsent: z.boolean().default(false),
  /** Most messages handed over in a second on any channel that has no limit of its own. */
  ratePerSecond: z.number().int().min(1).max(10_000).default(2_000),
  /** Limits of single channels. */
  lanes: z
    .object({
      email: Lane.partial(),
      sms: Lane.partial(),
      kakao: Lane.partial(),
      web_push: Lane.partial(),
      webhook: Lane.partial(),
    })
    .partial()
    .default({}),
  /** 0 to 0.1: people drawn by it get no advertising from any campaign, so that the effect of all together is known. */
  shopHoldout: z.number().min(0).max(0.1).default(0),
  /** Most that a calendar month of text and Kakao messages may cost, in currency units; advertising stops there. */
  monthlyBudget: z.number().min(0).max(1_000_000_000_000).nullable().default(null),
})
export type SendingSettings = z.infer<typeof SendingSettings>

/** The settings, defaults filled in; a section that no longer fits its schema counts as unset. */
export function sendingSettings(settings: unknown): SendingSettings {
  const parsed = SendingSettings.safeParse(settings ?? {})
  return parsed.success ? parsed.data : SendingSettings.parse({})
}

/** Messages of a lane that are on their way at once when the shop has said nothing. */
const usualConcurrency = 400

/** What a channel's provider is given at most. */
export function laneLimits(
  settings: SendingSettings,
  channel: keyof SendingSettings['lanes'],
): Lane {
  const own = settings.lanes[channel]
  return {
    ratePerSecond: own?.ratePerSecond ?? settings.ratePerSecond,
    concurrency: own?.concurrency ?? usualConcurrency,
  }
}
