/** Channels a person can be reached on; `phone` is a call. */
export type ConsentChannel = 'email' | 'sms' | 'kakao' | 'web_push' | 'app_push' | 'phone'
export type ConsentScope = 'ad_day' | 'ad_night' | 'personal_data_marketing'
export type ConsentKind = 'grant' | 'refuse' | 'withdraw'
type ConsentSource =
  | 'signup_form'
  | 'preference_centre'
  | 'one_click'
  | 'api'
  | 'csv'
  | 'admin'
  | 'demo'

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
