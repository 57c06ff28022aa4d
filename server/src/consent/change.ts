import { z } from 'zod'
import { consentSources } from './consent.ts'

/** properties of a `Consent Changed` happening, checked: consent/consent.ts ConsentChange. */
export const ConsentChangeInput = z.object({
  channel: z.enum(['email', 'sms', 'kakao', 'web_push', 'app_push', 'phone']),
  kind: z.enum(['grant', 'refuse', 'withdraw']),
  scope: z.enum(['ad_day', 'ad_night', 'personal_data_marketing']).default('ad_day'),
  source: z.enum(consentSources),
  wording: z.string().max(200).optional(),
  evidence: z.record(z.string().max(100), z.string().max(2_000)).optional(),
})
export type ConsentChangeInput = z.infer<typeof ConsentChangeInput>

/** Who vouches for a consent happening. */
export type Vouching = {
  /** A secret key or a signature named the person. */
  readonly verified: boolean
  /** Danggol itself named the customer: its preference centre, its one-click link or its dashboard. */
  readonly ours: boolean
}

/**
 * The change that may be recorded, or undefined: a browser's claim never records consent (design.md law 9), and only Danggol
 * itself can say that a person used the preference centre, the one-click link or the dashboard.
 */
export function recordable(
  properties: unknown,
  vouching: Vouching,
): ConsentChangeInput | undefined {
  const parsed = ConsentChangeInput.safeParse(properties)
  if (!parsed.success) return undefined
  switch (parsed.data.source) {
    case 'preference_centre':
    case 'one_click':
    case 'admin':
      return vouching.ours ? parsed.data : undefined
    case 'signup_form':
    case 'mypage':
    case 'checkout':
    case '080':
    case 'provider':
    case 'cafe24_sync':
    case 'platform_sync':
    case 'api':
    case 'csv':
    case 'import_080':
    case 'old_tool':
    case 'demo':
      return vouching.verified || vouching.ours ? parsed.data : undefined
    case 'push_permission':
      return vouching.verified && parsed.data.channel === 'web_push' ? parsed.data : undefined
  }
}
