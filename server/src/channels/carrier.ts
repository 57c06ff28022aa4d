import type { JsonObject } from '../lib/json.ts'

/** What every drawn message carries to its provider. */
type Parcel = {
  readonly shop: number
  /** Outbox id; null for a test send. The same id is never taken twice by the test inbox. */
  readonly message: number | null
  /**
   * The same for every try of one hand-over and another for the next: the key for providers that know idempotency keys, and
   * what a message is looked up by where they keep a field of ours. At most 60 of [a-z0-9.].
   */
  readonly key: string
  /** Advertising is bound by night and labels; some providers take it on an address of its own. */
  readonly advertising: boolean
  /** UTC ms of the hand-over. */
  readonly at: number
  /**
   * Asked by providers whose messages wait for a place, right before each leaves: false when all sending was stopped
   * meanwhile. The answer is then `temporary`: nothing has left.
   */
  readonly mayLeave?: () => Promise<boolean>
}

/** What a message is told that was stopped on its way. */
export const stopped = { kind: 'temporary', detail: 'all sending was stopped' } as const

/** One e-mail ready to be handed over. */
export type Mail = Parcel & {
  readonly channel: 'email'
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  /** Message-ID without its angle brackets. */
  readonly messageId: string
}

/** A text message; `form` was chosen by its bytes in EUC-KR. */
export type TextMessage = Parcel & {
  readonly channel: 'sms'
  readonly form: 'SMS' | 'LMS' | 'MMS'
  /** Registered sender number, digits only. */
  readonly from: string
  /** E.164 */
  readonly to: string
  /** LMS and MMS only, at most 40 bytes. */
  readonly subject: string | null
  readonly text: string
  /** MMS only: id of the uploaded picture, the provider's own or ours (text/picture.ts). */
  readonly image: string | null
}

/** A button under a Kakao message. */
export type KakaoButton = {
  /**
   * WL web link, AL app link, BK and MD bot keyword and message, DS delivery tracking, AC add channel, BC and BT talk to
   * a person or bot; `other` only in approved templates, where the provider knows what it does.
   */
  readonly type: 'WL' | 'AL' | 'BK' | 'MD' | 'DS' | 'AC' | 'BC' | 'BT' | 'other'
  readonly name: string
  readonly mobileUrl?: string
  readonly pcUrl?: string
}

/** An approved template with its variables; informational only. */
export type Alimtalk = Parcel & {
  readonly channel: 'kakao'
  readonly kind: 'alimtalk'
  /** Id of the sending Kakao channel at the provider (pfId, senderKey). */
  readonly profile: string
  /** E.164 */
  readonly to: string
  readonly template: string
  /** Without `#{}`; every variable of the template has a value. */
  readonly variables: Readonly<Record<string, string>>
  /** The text as the reader sees it. */
  readonly text: string
  readonly buttons: readonly KakaoButton[]
}

/** An advertisement to a friend of the shop's Kakao channel (targeting I). */
export type BrandMessage = Parcel & {
  readonly channel: 'kakao'
  readonly kind: 'brand'
  readonly profile: string
  readonly to: string
  readonly bubble: 'TEXT' | 'IMAGE' | 'WIDE'
  readonly text: string
  /** Id the provider gave for the uploaded picture; not with TEXT. */
  readonly image: string | null
  readonly imageUrl: string | null
  readonly buttons: readonly KakaoButton[]
  readonly coupon: {
    readonly title: string
    readonly description: string
    readonly url: string
  } | null
}

/** A notification to the browsers of a person. */
export type Push = Parcel & {
  readonly channel: 'web_push'
  /** What the browsers gave when they subscribed, newest first. */
  readonly to: readonly {
    readonly endpoint: string
    readonly keys: { readonly p256dh: string; readonly auth: string }
  }[]
  readonly title: string
  readonly text: string
  readonly url: string
  readonly icon: string | null
  readonly image: string | null
}

/** A call to the shop's own server. */
export type Call = Parcel & {
  readonly channel: 'webhook'
  readonly url: string
  readonly secret: string
  readonly body: JsonObject
}

export type AnyParcel = Mail | TextMessage | Alimtalk | BrandMessage | Push | Call

/** Why a provider did not take a message, or could not deliver it, as far as we act on it. */
export type FailureCause =
  /** The address does not exist (any more): it is closed. */
  | 'no_address'
  /** The person refused at the provider (080): it is closed for advertising. */
  | 'opted_out'
  /** Marked as spam by the reader: it is closed. */
  | 'complaint'
  /** Not a friend of the Kakao channel, blocked it, or no KakaoTalk there: another channel may reach the person. */
  | 'not_on_kakao'
  /** The text is not what was approved. */
  | 'template_mismatch'
  | 'sender_unregistered'
  /** The provider takes this kind of message not at this hour. */
  | 'outside_window'
  | 'spam_filtered'
  | 'unreachable'
  | 'other'

/**
 * Why an accepted message failed later. `no_balance`: the account had no money left, which some providers notice only after they
 * accepted; nothing was sent or charged.
 */
export type ReportedCause = FailureCause | 'no_balance'

/**
 * What came of handing a message over.
 * - accepted    the next server has taken it; it may still fail, and some providers tell so later
 * - temporary   it was certainly not taken and may be tried again, at `retryAt` (UTC ms) or by our own patience
 * - permanent   it was certainly not taken and never will be
 * - no_balance  it was certainly not taken: the shop's account has no money left
 * - ambiguous   the connection was lost after the message had begun to leave: it may have been taken
 */
export type Handover =
  /** `answer`: what the shop's own server said, at most 8 KB from a stranger. */
  | { readonly kind: 'accepted'; readonly providerId: string; readonly answer?: string }
  | { readonly kind: 'temporary'; readonly detail: string; readonly retryAt?: number }
  | { readonly kind: 'permanent'; readonly detail: string; readonly cause: FailureCause }
  | { readonly kind: 'no_balance'; readonly detail: string }
  | { readonly kind: 'ambiguous'; readonly detail: string }

/** What a provider says later of a message it has accepted. */
export type DeliveryReport = {
  readonly providerId: string
  readonly at: number
  readonly outcome:
    | { readonly kind: 'delivered' }
    | { readonly kind: 'failed'; readonly cause: ReportedCause; readonly detail: string }
}

export type ProviderName =
  | 'inbox'
  | 'smtp'
  | 'ses'
  | 'resend'
  | 'solapi'
  | 'nhn'
  | 'aligo'
  | 'web_push'
  | 'webhook'

/** A message whose end nobody saw. */
export type Lost = {
  readonly shop: number
  readonly message: number
  readonly key: string
  /** UTC ms of the hand-over. */
  readonly at: number
}

/**
 * What came of looking for a lost message; `taken` with the provider's own id of it where its answer has it, so that later
 * reports find the message.
 */
export type LookedUp =
  | { readonly kind: 'taken'; readonly providerId: string | null }
  | { readonly kind: 'not_taken' }
  | { readonly kind: 'unknown' }

/** Hands messages over; any number may be under way, the provider bounds what really happens at once. */
export type Provider<P extends AnyParcel = AnyParcel> = {
  readonly name: ProviderName
  readonly send: (parcel: P) => Promise<Handover>
  /** Nothing can be asked of it afterwards: what nobody saw the end of stays unclear, and only a person settles it. */
  readonly forgets?: true
  /** What became of a hand-over nobody saw the end of; `unknown` where the provider cannot say. */
  readonly lookUp: (lost: Lost) => Promise<LookedUp>
  /** Whether it tells later what became of accepted messages. Those of others count as delivered when accepted. */
  readonly reportsDelivery: boolean
  /** What became of these (provider ids), as far as it is decided. Asked again for those that are missing. */
  readonly reports?: (ids: readonly string[]) => Promise<readonly DeliveryReport[]>
  readonly close: () => Promise<void>
}

/** What a text provider can tell of the shop's account. */
export type TextAccount = {
  /** Registered sender numbers, digits only. */
  readonly senders: () => Promise<readonly string[]>
  /** Money left, in won; null where the provider sends a bill afterwards. */
  readonly balance: () => Promise<number | null>
  /**
   * Numbers that refused by 080 (E.164), with when where it is told (UTC ms); all of them each time. null where the
   * provider has no such list to read.
   */
  readonly optOuts: () => Promise<
    readonly { readonly phone: string; readonly at: number | null }[] | null
  >
  /**
   * Hands a JPEG for MMS over; told is what messages name it by. null where a name would not last: it is kept here and goes
   * along with the messages.
   */
  readonly upload: (picture: {
    readonly name: string
    readonly bytes: Uint8Array
  }) => Promise<string | null>
}

/** An approved Alimtalk template as the provider lists it. */
export type KakaoTemplate = {
  readonly profile: string
  readonly code: string
  readonly name: string
  readonly content: string
  /** What stands around the text: may hold variables too. */
  readonly around?: {
    readonly header?: string
    readonly title?: string
    readonly subtitle?: string
    readonly items?: readonly { readonly title: string; readonly description: string }[]
    readonly extra?: string
  }
  readonly buttons: readonly KakaoButton[]
  readonly status: 'approved' | 'waiting' | 'rejected' | 'stopped'
}

/** What a Kakao provider can tell of the shop's account. */
export type KakaoAccount = {
  readonly profiles: () => Promise<readonly { readonly id: string; readonly name: string }[]>
  readonly templates: () => Promise<readonly KakaoTemplate[]>
  /** Hands a picture for Brand Messages over; told is what a message names it by. */
  readonly upload: (picture: {
    readonly name: string
    readonly media: 'image/jpeg' | 'image/png'
    readonly bytes: Uint8Array
    readonly bubble: 'IMAGE' | 'WIDE'
  }) => Promise<{ readonly id: string; readonly url: string | null }>
}
