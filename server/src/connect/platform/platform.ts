import type { JsonObject } from '../../lib/json.ts'
import type { PlatformAnswer, PlatformRequest, PlatformSession } from './call.ts'
import type { NoticeRead } from './notice.ts'
import type { PlatformCartLine, PlatformCoupons, PlatformNative } from './offers.ts'
import type { ObjectResource, PlatformResource, PlatformRow } from './rows.ts'

/** Where a shop lives. `files`: nowhere that can be asked; what it has comes by file. */
export const platformKinds = ['cafe24', 'shopify', 'woocommerce', 'files'] as const
export type PlatformKind = (typeof platformKinds)[number]

/** How one resource is followed. */
export type ResourcePlan = {
  readonly resource: PlatformResource
  /** Between two looks at what changed; webhooks come before. */
  readonly everyMs: number
  /** How far a look reaches back before the last one: what was late to appear there. */
  readonly overlapMs: number
  /** Between two looks at everything: what no look at changes can find, and what is no longer there; null: never. */
  readonly sweepEveryMs: number | null
}

export type PageAsked = {
  readonly resource: PlatformResource
  /** Only what changed in it, UTC ms; null: everything. */
  readonly window: { readonly from: number; readonly to: number } | null
  /** What the page before answered; null: the first. */
  readonly cursor: string | null
}

export type Page = {
  readonly rows: readonly PlatformRow[]
  /** null: it was the last. */
  readonly next: string | null
  /** Of the whole look, where the platform says it. */
  readonly total?: number
  /** Rows it could not read, each with why: told on the page, never guessed. */
  readonly refused?: readonly { readonly id: string; readonly why: string }[]
}

/** One platform: everything that is special about it, and nothing else. */
export type Platform = {
  readonly kind: PlatformKind
  readonly plans: readonly ResourcePlan[]
  /** Calls that may be made at once, and how many come back a second. */
  readonly rate: { readonly bucket: number; readonly perSecond: number }
  /** What an answer says of the bucket beside the usual headers: how full it is, and whether it was too full for this call. */
  readonly readLimit?: (
    answer: PlatformAnswer,
  ) => { readonly level: number; readonly isRefused: boolean } | undefined
  /** Its shops live at addresses of their own: each call is looked at, so that none reaches what only this machine can see. */
  readonly isAnywhere?: boolean
  /** Where calls go, without a slash at the end; made from the name by the platform's rule, never from free text. */
  readonly baseOf: (name: string) => string
  /** What proves who calls. */
  readonly headersOf: (credentials: JsonObject) => Readonly<Record<string, string>>
  /** Keys that end and are renewed; undefined where they last. */
  readonly renewal?: {
    /** UTC ms from which on they are renewed before the next call. */
    readonly dueAt: (credentials: JsonObject) => number
    readonly ask: (credentials: JsonObject) => PlatformRequest
    /** The new credentials, whole; undefined: the platform refused. */
    readonly read: (
      answer: PlatformAnswer,
      before: JsonObject,
      now: number,
    ) => JsonObject | undefined
  }
  readonly page: (session: PlatformSession, asked: PageAsked) => Promise<Page>
  /** One object as it is now; undefined: the platform has none. */
  readonly one: (
    session: PlatformSession,
    what: { readonly resource: ObjectResource; readonly id: string },
  ) => Promise<PlatformRow | undefined>
  /** Members kept apart for not coming (휴면): topics of webhooks that say so, and that they came back; who of these is kept apart now. */
  readonly rest?: {
    readonly topics: { readonly dormant: string; readonly released: string }
    readonly keptApart: (s: PlatformSession, ids: readonly string[]) => Promise<ReadonlySet<string>>
  }
  readonly readNotice: (posted: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    readonly credentials: JsonObject
  }) => NoticeRead | undefined
  /** After it was connected: what the shop is called, its zone and currency; what is set up there (webhooks, script). */
  readonly settle?: (
    session: PlatformSession,
    /** `scriptUrl` of a script on our server (`/cafe24.js`), with the shop's public key in it. */
    ours: {
      readonly webhookUrl: string
      readonly scriptUrl: (file: string) => string
      readonly credentials: JsonObject
    },
  ) => Promise<JsonObject>
  /** Before it is disconnected: what `settle` set up there is taken away. */
  readonly unsettle?: (
    session: PlatformSession,
    ours: { readonly webhookUrl: string; readonly scriptUrl: (file: string) => string },
  ) => Promise<void>
  readonly coupons?: PlatformCoupons
  /** What lies in the member's cart now. */
  readonly cart?: (session: PlatformSession, member: string) => Promise<readonly PlatformCartLine[]>
  readonly native?: (session: PlatformSession) => Promise<readonly PlatformNative[]>
  /** The member that a token of the platform's own page script names; undefined: it is not signed as it must be, or too old. */
  readonly memberOf?: (token: string, credentials: JsonObject, now: number) => string | undefined
}
