import type { Sample } from './sampling.ts'

/** For whom and as of when a definition is asked: history up to a log position, seen at a time. */
export type AsOf = {
  readonly shop: number
  /** Happenings after this log position do not count. */
  readonly position: number
  /** UTC ms; happenings after it do not count. */
  readonly now: number
  /** Only these customers; everybody unless told. */
  readonly among?: Sample | undefined
}

/** ClickHouse SQL and its parameters. */
export type Query = { readonly sql: string; readonly params: Readonly<Record<string, unknown>> }
