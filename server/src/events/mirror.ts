import type { ConsentChannel, ConsentState } from '../consent/consent.ts'
import { formatDecimal } from '../lib/decimal.ts'
import type { JsonObject } from '../lib/json.ts'
import { type Flat, factPaths, flatten, traitPaths } from './flatten.ts'

/** The maps of a Flat as ClickHouse reads them: decimals as text, times as ISO text. */
export function flatColumns(flat: Flat) {
  return {
    texts: Object.fromEntries(flat.texts),
    folded: Object.fromEntries(flat.folded),
    numbers: mapped(flat.numbers, formatDecimal),
    flags: Object.fromEntries(flat.flags),
    times: mapped(flat.times, isoTime),
  }
}

/** The maps of a person's Flat: those of a happening and its lists. */
export function personColumns(flat: Flat) {
  return { ...flatColumns(flat), lists: Object.fromEntries(flat.lists) }
}

/** UTC ms as ClickHouse's DateTime64(3) reads it. */
export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

function mapped<V>(
  map: ReadonlyMap<string, V>,
  show: (value: V) => string,
): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  for (const [path, value] of map)
    Object.defineProperty(shown, path, { value: show(value), enumerable: true })
  return shown
}

/** What the mirror of a customer is made of. */
export type Mirrored = {
  readonly customer: number
  readonly version: number
  readonly member: boolean
  readonly internal: boolean
  readonly createdAt: number
  readonly erased: boolean
  readonly traits: JsonObject
  readonly contacts: readonly ('email' | 'phone')[]
  readonly consents: ReadonlyMap<ConsentChannel, ConsentState>
  /** What the room of facts knows; undefined where there is none. */
  readonly facts?: FactColumns | undefined
}

/** The row of ClickHouse's `customers` for one customer, but for the shop. */
export function customerRow(one: Mirrored) {
  return {
    customer: one.customer,
    version: one.version,
    member: one.member,
    internal: one.internal,
    created_at: isoTime(one.createdAt),
    erased: one.erased,
    ...personColumns(flatten(one.traits, traitPaths)),
    ...one.facts,
    reach: one.contacts.flatMap((channel) =>
      channel === 'email' ? ['email'] : ['sms', 'kakao', 'phone'],
    ),
    consents: [...one.consents].flatMap(([channel, state]) => [
      ...(state.adDay ? [`${channel}:ad_day`] : []),
      ...(state.adNight ? [`${channel}:ad_night`] : []),
      ...(state.personalDataMarketing ? [`${channel}:personal_data_marketing`] : []),
    ]),
  }
}

/** The columns of the mirror that hold facts. */
export type FactColumns = {
  readonly [Column in
    | 'fact_texts'
    | 'fact_folded'
    | 'fact_numbers'
    | 'fact_flags'
    | 'fact_times'
    | 'fact_lists']: Readonly<Record<string, unknown>>
}

/** Facts as the mirror holds them, flattened as conditions in memory see them. */
export function factColumns(facts: JsonObject): FactColumns {
  const { texts, folded, numbers, flags, times, lists } = personColumns(flatten(facts, factPaths))
  return {
    fact_texts: texts,
    fact_folded: folded,
    fact_numbers: numbers,
    fact_flags: flags,
    fact_times: times,
    fact_lists: lists,
  }
}
