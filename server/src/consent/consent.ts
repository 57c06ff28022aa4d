/** Channels a person can be reached on; `phone` is a call. */
export const consentChannels = ['email', 'sms', 'kakao', 'web_push', 'app_push', 'phone'] as const
export type ConsentChannel = (typeof consentChannels)[number]
export const consentScopes = ['ad_day', 'ad_night', 'personal_data_marketing'] as const
export type ConsentScope = (typeof consentScopes)[number]
export type ConsentKind = 'grant' | 'refuse' | 'withdraw'

/**
 * Where a word was said.
 * - signup_form, mypage, checkout   the shop's own pages
 * - preference_centre, one_click    Danggol's page behind a link; the mail program's own button (RFC 8058)
 * - 080, provider                   the toll-free number; an answer of the provider that the person refused there
 * - cafe24_sync, platform_sync      the shop platform's own record: Cafe24's, another's
 * - api, admin                      the shop's server; a member of the team
 * - csv, import_080, old_tool       files: consents, the list of the toll-free number, refusals of the tool before
 * - push_permission               the browser's own question, seen by the subscription it gave; of web push only
 * - demo                            invented shoppers
 */
export const consentSources = [
  'signup_form',
  'mypage',
  'checkout',
  'preference_centre',
  'one_click',
  '080',
  'provider',
  'cafe24_sync',
  'platform_sync',
  'api',
  'admin',
  'csv',
  'import_080',
  'old_tool',
  'push_permission',
  'demo',
] as const
export type ConsentSource = (typeof consentSources)[number]

/** properties of a `Consent Changed` happening: what the person said, and the proof of it. */
export type ConsentChange = {
  readonly channel: ConsentChannel
  readonly kind: ConsentKind
  readonly scope: ConsentScope
  readonly source: ConsentSource
  /** Version of the exact wording shown. */
  readonly wording?: string
  readonly evidence?: { readonly [key: string]: string }
}

/** What one channel of one person allows now. A channel without a row allows nothing. */
export type ConsentState = {
  readonly adDay: boolean
  readonly adNight: boolean
  readonly personalDataMarketing: boolean
  readonly grantedAt: number | null
  readonly refusedAt: number | null
}

/** The channel of `contacts` that a consent channel reaches people through; null where there is none yet. */
export function contactChannel(channel: ConsentChannel): 'email' | 'phone' | null {
  switch (channel) {
    case 'email':
      return 'email'
    case 'sms':
    case 'kakao':
    case 'phone':
      return 'phone'
    case 'web_push':
    case 'app_push':
      return null
  }
}
