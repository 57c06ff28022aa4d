import { peopleSql } from './compile.ts'
import type { Definition } from './definition.ts'
import type { AsOf, Query } from './query.ts'

/** Channels an advertisement may go out on, by the facts `reach.<channel>` that each stands for. */
const channels = {
  email: ['email'],
  sms: ['sms'],
  kakao: ['kakao'],
  push: ['web_push', 'app_push'],
} as const

/** How many may be advertised to by day on each channel: an address that is not suppressed, and consent. */
export type Reach = Readonly<Record<keyof typeof channels, number>>

/** The one row of `previewSql`. */
export type PreviewRow = Reach & {
  readonly members: number
  /** Members of the segment who have signed up at the shop. */
  readonly signed_up: number
  readonly sample: readonly number[]
}

/**
 * Counts one definition's members, how many of them have signed up, whom each channel may reach, and samples up to
 * `sample` of them: one row, out of the same pass over the mirror and the events named.
 */
export function previewSql(definition: Definition, asOf: AsOf, sample: number): Query {
  const { sql, params } = peopleSql([definition], asOf, { signed_up: 'member', ...carried })
  // groupArray takes its bound as a literal only; a whole number cannot carry anything else.
  const most = Math.max(1, Math.trunc(sample))
  const reach = Object.keys(channels).map((name) => `countIf(can_${name}) as ${name}`)
  return {
    sql: `select count() as members, countIf(signed_up) as signed_up, ${reach.join(', ')},
      groupArray(${most})(customer) as sample from (${sql}) where d0`,
    params,
  }
}

/** The reach in a row; nobody without one. */
export function reachOf(row: PreviewRow | undefined): Reach {
  const { email = 0, sms = 0, kakao = 0, push = 0 } = row ?? {}
  return { email: Number(email), sms: Number(sms), kakao: Number(kakao), push: Number(push) }
}

// Arrays are looked into while the mirror is read: through the join goes one bit a channel.
const carried = Object.fromEntries(
  Object.entries(channels).map(([name, keys]) => [
    `can_${name}`,
    keys.map((key) => `has(reachable, '${key}')`).join(' or '),
  ]),
)
