import type { PlatformResource } from './rows.ts'

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
