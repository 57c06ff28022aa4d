declare const brand: unique symbol
/** A value of type T that may not be confused with another T: `Brand<number, 'ShopId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

export type ShopId = Brand<number, 'ShopId'>
export type CustomerId = Brand<number, 'CustomerId'>
export type SegmentId = Brand<number, 'SegmentId'>
export type CampaignId = Brand<number, 'CampaignId'>
export type MemberId = Brand<number, 'MemberId'>
/** Dense, gapless position in a shop's log, from 1, in commit order. */
export type Position = Brand<number, 'Position'>
