import type { JsonObject } from '../../lib/json.ts'

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
