import { z } from 'zod'

const TextProviderName = z.enum(['solapi', 'nhn', 'aligo'])
export type TextProviderName = z.infer<typeof TextProviderName>

// What one message costs at most houses without a contract, 2026; everybody's own is in the provider's console.
const usualWon = { sms: 20, lms: 50, mms: 110 } as const

const Won = z.number().min(0).max(10_000)
/** Id of the account there: Solapi's API key, NHN Cloud's app key, Aligo's user id. */
const Account = z
  .string()
  .trim()
  .regex(/^[\w.@-]{1,100}$/, 'as it stands in the console of the provider')
/** 8 digits for 15XX numbers, else 9 to 11 with the area code (Telecommunications Business Act, Article 84-2). */
const SenderNumber = z.union([z.literal(''), z.string().regex(/^\d{8,12}$/)])
/** As it is written in messages: 080 with or without dashes. */
const OptOutNumber = z.union([
  z.literal(''),
  z
    .string()
    .trim()
    .regex(/^080-?\d{3,4}-?\d{4}$/, 'a number that begins with 080'),
])

const Common = {
  senderNumber: SenderNumber.default(''),
  optOutNumber: OptOutNumber.default(''),
  smsWon: Won.default(usualWon.sms),
  lmsWon: Won.default(usualWon.lms),
  mmsWon: Won.default(usualWon.mms),
  /** Below this much money the shop is warned. */
  warnBelowWon: z.number().int().min(0).max(100_000_000).default(10_000),
}

/**
 * The shop's settings section `text` as it is stored. Without a provider texts go to the test inbox; the 080 number and the
 * prices hold all the same.
 */
const TextSection = z.object({
  provider: TextProviderName.nullable().default(null),
  account: z.union([z.literal(''), Account]).default(''),
  sealedSecret: z.string().max(2_000).default(''),
  ...Common,
  /** Who looked up that the provider holds the certification for bulk sending, and when. */
  certified: z.object({ by: z.string(), at: z.number() }).nullable().default(null),
})
export type TextSection = z.infer<typeof TextSection>

/** An account to send with. */
export type TextSettings = TextSection & { readonly provider: TextProviderName }

/** What the settings page sends; an absent secret keeps the stored one of the same account. */
export const TextSettingsInput = z.object({
  provider: TextProviderName.nullable(),
  account: z.union([z.literal(''), Account]).default(''),
  secret: z.string().trim().min(1).max(500).optional(),
  ...Common,
  /** The provider was found among those that hold the certification. */
  certified: z.boolean().default(false),
})
export type TextSettingsInput = z.infer<typeof TextSettingsInput>

/** The section with its defaults; as if nothing were set where it cannot be read. */
export function textSection(section: unknown): TextSection {
  const parsed = TextSection.safeParse(section ?? {})
  return parsed.success ? parsed.data : TextSection.parse({})
}

/** The account if it is set and whole; without it texts go to the built-in test inbox. */
export function textSettings(section: unknown): TextSettings | undefined {
  const { provider, ...rest } = textSection(section)
  return provider === null || rest.account === '' || rest.sealedSecret === ''
    ? undefined
    : { provider, ...rest }
}

/** Waits before a provider that gave no answer is asked again, minutes. */
const againMinutes = [5, 10, 20, 40, 60, 120, 240] as const
const hourMinutes = 60

/** When the account is asked next (UTC ms), `failures` after its last answer. */
export function askAgainAt(state: { readonly askedAt: number; readonly failures: number }): number {
  const minutes =
    state.failures === 0
      ? hourMinutes
      : (againMinutes[state.failures - 1] ?? againMinutes.at(-1) ?? hourMinutes)
  return state.askedAt + minutes * 60_000
}
