import type { ConsentChannel } from '../../consent/consent.ts'
import type { JsonObject } from '../../lib/json.ts'
import type {
  PlatformCartLine,
  PlatformCoupon,
  PlatformGift,
  PlatformIssue,
  PlatformNative,
  PlatformOffer,
} from './offers.ts'

/** Where a shop lives. `files`: nowhere that can be asked; what it has comes by file. */
export const platformKinds = ['cafe24', 'shopify', 'woocommerce', 'files'] as const
export type PlatformKind = (typeof platformKinds)[number]

/**
 * What is brought of a shop, in the order in which a first run brings it: people before what they bought and were given. `coupons`: what
 * the shop's platform gave its members by itself or by the shop's hand.
 */
export const platformResources = ['products', 'members', 'orders', 'coupons'] as const
export type PlatformResource = (typeof platformResources)[number]
/** What can be asked for one by one, by its id. */
export type ObjectResource = Exclude<PlatformResource, 'coupons'>

/** Who somebody is, as the platform writes it; null where it says nothing. */
export type PlatformPerson = {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
}

/** A choice about advertising as the platform keeps it. */
export type PlatformConsent = {
  readonly channel: ConsentChannel
  readonly granted: boolean
  /** When it was said, UTC ms; null where the platform does not keep it. */
  readonly at: number | null
}

/** Amounts of rows are integer ten-thousandths of the currency unit, times UTC ms. */
export type PlatformMember = PlatformPerson & {
  readonly resource: 'members'
  /** The member id that the shop's pages say, too. */
  readonly id: string
  /** No member id is known: `id` is a keyed hash of the address they are found by, and no page says it. */
  readonly byContact?: boolean
  /** That they joined was told before, when they were known by an address only. */
  readonly joinedBefore?: boolean
  readonly joinedAt: number
  /** null where the platform does not say when it changed. */
  readonly updatedAt: number | null
  readonly consents: readonly PlatformConsent[]
  /** When they signed in last; absent where the platform does not say. */
  readonly signedInAt?: number
  /** When they came back from being dormant; absent where the platform does not say. */
  readonly releasedAt?: number
  /** Grade, birthday, points ...: traits as they are set on the customer. */
  readonly traits: JsonObject
}

export type PlatformProduct = {
  readonly resource: 'products'
  readonly id: string
  readonly updatedAt: number | null
  readonly name: string
  readonly price: number
  readonly salePrice: number | null
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  /** null: not tracked. */
  readonly stock: number | null
  readonly sellable: boolean
}

type PlatformOrderLine = {
  readonly productId: string
  readonly variant: string | null
  readonly name: string
  readonly quantity: number
  readonly unitPrice: number
  /** On this line alone; what is taken off the whole order is `orderDiscount`. */
  readonly discount: number
}

export type PlatformRefund = {
  readonly id: string
  readonly at: number
  /** What was given back. */
  readonly amount: number
  /** What came back; nothing where only money went. */
  readonly lines: readonly {
    readonly productId: string
    readonly variant: string | null
    readonly quantity: number
  }[]
}

export type PlatformOrder = {
  readonly resource: 'orders'
  readonly id: string
  /** As customers know it. */
  readonly number: string
  readonly orderedAt: number
  readonly updatedAt: number | null
  readonly paidAt: number | null
  readonly cancelledAt: number | null
  /** When the last of its goods left, and when the last of them arrived; absent: not all have, or the platform does not say. */
  readonly shippedAt?: number
  readonly deliveredAt?: number
  /** null: a guest. */
  readonly memberId: string | null
  readonly buyer: PlatformPerson
  readonly lines: readonly PlatformOrderLine[]
  /** Lines at full price: sum of unitPrice * quantity. */
  readonly itemsAmount: number
  /** Everything taken off beside the lines' own discounts: coupons of the order, grade, points. */
  readonly orderDiscount: number
  readonly deliveryFee: number
  /** What the customer pays or paid before refunds. */
  readonly paidAmount: number
  readonly refunds: readonly PlatformRefund[]
  /** ISO 4217. */
  readonly currency: string
  readonly couponCodes: readonly string[]
  /** Those of them that are the shop's own doing and not ours; absent: none, or the platform does not say. */
  readonly shopCoupons?: readonly PlatformCoupon[]
  /** `naver_pay`, a marketplace's name; null: the shop itself. */
  readonly channel: string | null
}

export type PlatformRow = PlatformMember | PlatformProduct | PlatformOrder | PlatformGift

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

/** A call to the platform's API; the driver adds host, key and patience. */
export type PlatformRequest = {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** Below the platform's base: `/admin/orders`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Instead of JSON. */
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Asked at most once: what is given out twice costs twice. Without an answer nobody knows, and who asks looks it up. */
  readonly once?: boolean
  /** What it counts for in the platform's bucket; 1 unless said. */
  readonly cost?: number
}
export type PlatformAnswer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}
/** Resolves for 2xx and 404; everything else is a `PlatformTrouble` (call.driver.ts) after its patience. */
export type PlatformCall = (asked: PlatformRequest) => Promise<PlatformAnswer>

/** One connection as an adapter sees it. */
export type PlatformSession = {
  /** The mall's or shop's name at the platform: `myshop`. */
  readonly name: string
  /** Plain things an adapter learned and wrote down: time zone, currency, addresses. */
  readonly settings: JsonObject
  /** UTC ms. */
  readonly now: () => number
  readonly call: PlatformCall
}

/** What a webhook is about: look at it again. */
export type NoticeAbout = {
  /**
   * `connection`: the shop took our app away. `erasures`: a member is to be forgotten, and `requests`: a member asks what is known of
   * them, by their id. `shop`: everybody whom this connection brought is to be forgotten. `coupons`: who was given some is looked at anew.
   */
  readonly resource: PlatformResource | 'carts' | 'connection' | 'erasures' | 'requests' | 'shop'
  readonly id: string
  /** The platform says that it is gone: asked for all the same. */
  readonly isGone?: boolean
}

/** A webhook as it was read; undefined from `readNotice`: not signed as it must be. */
export type NoticeRead = {
  /** The platform's own id of the delivery; null: the body's hash and the day are it. */
  readonly delivery: string | null
  readonly topic: string
  readonly about: readonly NoticeAbout[]
}

/**
 * Coupons that lie at the platform: made there, and given to a member before the message that speaks of them. Where customers type codes
 * there is nothing to make but our mark, and giving makes a code for that member alone.
 */
export type PlatformCoupons = {
  /** What it can take off: some cannot limit what a share may cost. */
  readonly kinds: readonly PlatformOffer['discount']['kind'][]
  /** The platform's id of the coupon with this mark, made where there is none. Asked again it makes no second. */
  readonly create: (session: PlatformSession, offer: PlatformOffer) => Promise<string>
  /** Gives one to a member. Never asks twice by itself. */
  readonly issue: (
    session: PlatformSession,
    to: { readonly coupon: string; readonly member: string; readonly offer: PlatformOffer },
  ) => Promise<void>
  /** Everything of this coupon that the member was given, used or not. */
  readonly issued: (
    session: PlatformSession,
    of: { readonly coupon: string; readonly member: string },
  ) => Promise<readonly PlatformIssue[]>
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
