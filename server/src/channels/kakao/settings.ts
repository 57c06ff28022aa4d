import { z } from 'zod'

const Common = {
  /** Id of the Kakao channel messages are sent from; empty until it was chosen from the provider's list. */
  profile: z.string().trim().max(100).default(''),
  profileName: z.string().trim().max(200).default(''),
  /** What one message costs, in won; 0 while nobody has said. */
  alimtalkWon: z.number().min(0).max(10_000).default(0),
  brandWon: z.number().min(0).max(10_000).default(0),
}

/** The shop's settings section `kakao` as it is stored; secrets are sealed. */
export const KakaoSettings = z.discriminatedUnion('provider', [
  z.object({
    provider: z.literal('solapi'),
    apiKey: z.string().trim().min(1).max(200),
    sealedSecret: z.string().min(1).max(2_000),
    ...Common,
  }),
  z.object({
    provider: z.literal('nhn'),
    /** Appkey of KakaoTalk Bizmessage. */
    apiKey: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9_-]{1,100}$/),
    sealedSecret: z.string().min(1).max(2_000),
    ...Common,
  }),
])
export type KakaoSettings = z.infer<typeof KakaoSettings>

/** The account's keys, opened: Solapi's API key and secret, NHN Cloud's appkey and secret key. */
export type KakaoKeys = { readonly apiKey: string; readonly secret: string }

/** What the settings page sends; an absent secret keeps the stored one of the same provider and key. */
export const KakaoSettingsInput = z.object({
  provider: z.enum(['solapi', 'nhn']),
  apiKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,100}$/, 'letters and digits'),
  secret: z.string().trim().min(1).max(500).optional(),
  profile: z.string().trim().max(100).default(''),
  alimtalkWon: z.number().min(0).max(10_000).default(0),
  brandWon: z.number().min(0).max(10_000).default(0),
})
export type KakaoSettingsInput = z.infer<typeof KakaoSettingsInput>

/** The section if it is set and whole; without it Kakao messages go to the built-in test inbox. */
export function kakaoSettings(section: unknown): KakaoSettings | undefined {
  const parsed = KakaoSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}
