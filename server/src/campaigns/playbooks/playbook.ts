import type { PoolDraft } from '../../coupons/pool-draft.ts'
import type { Definition } from '../../segments/definition.ts'
import type { Flow } from '../campaign.ts'
import type { SeasonTimes } from '../season-times.ts'
import type { SeasonDays } from '../seasons.ts'
import type { WaitByGoods } from '../steps/wait.ts'

export type Language = 'ko' | 'en'

/** A sentence in both languages of the dashboard. */
export type Said = { readonly ko: string; readonly en: string }

/** journey: who stopped on the way to an order; promotion: an offer; care: for those who are with the shop. */
export const families = ['journey', 'promotion', 'care'] as const
export type Family = (typeof families)[number]

/** What is asked before the draft is filled in; how people may pay need not be answered. */
export const questions = ['event', 'season', 'kakao_channel', 'payments'] as const
export type Question = (typeof questions)[number]

/** A segment that the draft works with: one of the ready ones by its id, or one of the playbook's own. */
export type PlaybookSegment =
  | { readonly key: string; readonly ready: string }
  | {
      readonly key: string
      readonly name: Said
      /** Where what was answered names it better. */
      readonly nameFor?: (answers: Answers) => Said | undefined
      readonly purpose: Said
      readonly definition: (answers: Answers) => Definition
    }

/** A season as it was chosen. */
export type ChosenSeason = {
  readonly name: Said
  readonly theme: Said
  readonly days: SeasonDays
  readonly times: SeasonTimes
  /** Until what time of the last-order day orders arrive before the day. */
  readonly orderByTime: string
  /** The same season a year before, with the two weeks before it; undefined where nobody knows. */
  readonly lastYear?: SeasonDays
}

/** What was answered to the questions; days are `2026-11-22`. */
export type Answers = {
  readonly event?: { readonly title: string; readonly from: string; readonly to: string }
  readonly season?: ChosenSeason
  readonly kakaoChannel?: string
  /** Easy ways to pay, as texts name them: `네이버페이·카카오페이`. */
  readonly payments?: string
  /** Products that were chosen for it beforehand. */
  readonly products?: readonly string[]
  /** 0 to 1; undefined: the playbook's own. */
  readonly holdoutShare?: number
  /** What the path of the page after joining holds; '': there is none; undefined: Cafe24's. */
  readonly joinPage?: string
  /** The day on which the draft is made, in the shop's zone: nothing is planned for days that are over. */
  readonly today?: string
}

/** What was made for the shop, or is known of it, when the draft is filled in. */
export type Made = {
  /** Channels beside e-mail that the shop can send on; `kakao` is the profile of its Kakao channel. */
  readonly channels: { readonly sms: boolean; readonly kakao: string | null }
  /** Segments by the playbook's own keys. */
  readonly segments: { readonly [key: string]: number }
  /** The pool's id; `unmade`: there should be one, so the draft says where it is missing; `none`: the shop works without coupons. */
  readonly pool: number | 'unmade' | 'none'
  /** After how many days the shop's customers usually order again. */
  readonly repurchaseDays: number
  /** The same of products and categories that are known better than by the shop; for playbooks that ask for it. */
  readonly repurchaseOf?: WaitByGoods | undefined
  readonly answers: Answers
}

/** Nothing was made: e-mail only, no segments, no coupons. */
export const bare: Made = {
  channels: { sms: false, kakao: null },
  segments: {},
  pool: 'none',
  repurchaseDays: 30,
  answers: {},
}

/** A ready-made campaign: what it is called, whom it is for, the draft it starts from, and what has to be made for it. */
export type Playbook = {
  readonly id: string
  readonly family: Family
  readonly name: Said
  /** What it does for the shop, and what it does not do yet. */
  readonly about: Said
  /** Who enters, in words. */
  readonly enters: Said
  readonly segments?: readonly PlaybookSegment[]
  /** The coupon it gives, as a draft for the coupons room; amounts in currency units. */
  readonly coupon?: (language: Language, currency: string) => PoolDraft
  readonly asks?: readonly Question[]
  /** Waits for each product by its own interval. */
  readonly waitsByGoods?: true
  /** The draft in the shop's language. */
  readonly flow: (language: Language, made?: Made) => Flow
}
