import type { Json, JsonObject } from '../../lib/json.ts'

/** A row as PostgreSQL says it in JSON, without its shop. */
export type Row = Readonly<Record<string, Json>>

/** How a table leaves with its shop, or why it stays. */
export type Leaving =
  | {
      readonly kind: 'leaves'
      /** Columns that hold sealed text: they leave opened and are sealed anew where they arrive. */
      readonly sealed: readonly string[]
      /** Columns of JSON within which what is called `sealed` is such text: addresses that the line has not come to yet. */
      readonly within?: readonly string[]
      /** Only rows whose column is one of these. */
      readonly only?: { readonly column: string; readonly values: readonly string[] }
      /** What other values a row leaves with: no lease goes along, nor a secret. */
      readonly instead?: (row: Row) => Row
    }
  | { readonly kind: 'stays'; readonly why: string }

const plain: Leaving = { kind: 'leaves', sealed: [] }
const stays = (why: string): Leaving => ({ kind: 'stays', why })
const sealed = (...columns: readonly string[]): Leaving => ({ kind: 'leaves', sealed: columns })
const files = (...states: readonly string[]): Leaving => ({
  kind: 'leaves',
  sealed: [],
  only: { column: 'state', values: states },
  instead: (row) => blanked(row, ['sealed_file', 'sealed_shown', 'sealed_refused', ...leases]),
})

const leases = ['leased_by', 'leased_until'] as const
const unleased = (row: Row): Row => blanked(row, leases)

function blanked(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.filter((name) => name in row).map((name) => [name, null]))
}

/** Tables that leave row by row as they are. */
const asTheyAre =
  'aliases assignments audit_log backtests blocks bot_visits campaign_approvals campaign_pace campaign_runs campaign_versions campaigns cart_lines challenge_notes comparison_caps consent_events consent_wordings consents considered contents coupon_codes coupon_moves coupon_pools coupons customer_state customers decisions delivery_reports due enrolments fact_builds fact_calls fact_product_calls feed_items feed_runs file_mappings image_files images imports internal_addresses kakao_pictures kakao_templates line_failures list_members lists log_heads memberships message_ids mirror_changes number_checks order_lines orders outbox outside_split_people platform_errands product_costs product_history product_news products recommendation_segments repurchase_spans segment_builds segment_leaves segment_repairs segment_sizes segment_versions segments short_links spending split_arms split_shares suppressions test_groups text_opt_outs text_pictures timers turns'

/**
 * Every table that belongs to a shop (the shop itself aside): whether it leaves when everything is taken to another installation.
 * One that is not listed fails a test, so that a new one cannot be forgotten.
 */
export const tablesOfShop: Readonly<Record<string, Leaving>> = {
  ...Object.fromEntries(asTheyAre.split(' ').map((name) => [name, plain])),
  backtests: { kind: 'leaves', sealed: [], only: { column: 'state', values: ['done'] } },
  log: { kind: 'leaves', sealed: [], within: ['ids'] },
  identities: sealed('sealed'),
  contacts: sealed('sealed'),
  inbox: sealed('recipient'),
  test_people: sealed('email', 'phone'),
  platform_records: sealed('person'),
  lanes: {
    kind: 'leaves',
    sealed: [],
    instead: () => ({ owner: null, epoch: 0, until: 0 }),
  },
  score_nights: { kind: 'leaves', sealed: [], instead: () => ({ lease_until: 0 }) },
  feeds: { kind: 'leaves', sealed: [], instead: unleased },
  connection_progress: { kind: 'leaves', sealed: [], instead: unleased },
  outside_splits: {
    kind: 'leaves',
    sealed: [],
    instead: (row) => blanked(row, ['exposure_sealed', ...leases]),
  },
  connections: {
    kind: 'leaves',
    sealed: ['hook_sealed', 'credentials'],
    // Files need none; a platform is asked for its permission again.
    instead: ({ kind }) =>
      kind === 'files' ? {} : { credentials: null, state: 'disconnected', error: null },
  },
  api_keys: { kind: 'leaves', sealed: [], only: { column: 'scope', values: ['browser'] } },
  file_imports: files('done', 'failed', 'cancelled'),
  list_uploads: files('done', 'failed', 'cancelled'),
  consent_imports: files('done', 'failed', 'cancelled'),
  members: stays('People of the team are invited anew; a password does not leave the house.'),
  sessions: stays('Who is signed in, here.'),
  invitations: stays('Links to this installation.'),
  idempotency_keys: stays('Answers that were given within a day.'),
  kept_results: stays('Reports; they are counted anew.'),
  morning_messages: stays('Which mornings this installation told of.'),
  recommendation_editions: stays('Counted anew.'),
  recommendation_lists: stays('Counted anew.'),
  recommendation_work: stays('When to count next.'),
  push_subscriptions: stays('Bound to a key of this installation; a browser subscribes again.'),
  standing_files: stays('Each has a key to another place; two installations would write twice.'),
  standing_file_runs: stays('What was written of them.'),
  standing_file_lines: stays('Copies that wait for a week to be fetched.'),
  segment_webhooks: stays(
    'Each has a secret with another server; two installations would tell twice.',
  ),
  webhook_cursors: stays('How far webhooks were told.'),
  webhook_deliveries: stays('What webhooks were told.'),
  text_accounts: stays('The balance at the provider; it is asked anew.'),
  kakao_syncs: stays('When templates were read; they are read anew.'),
  platform_notices: stays(
    'Webhooks of a platform that was not asked yet; the next look finds the same.',
  ),
  troubles: stays('What is wrong with this installation.'),
}

/** What hashes and signatures were made with (vault.service.ts), and has to come along for them to be worth anything. */
export const carriedPurposes = [
  'hash:email',
  'hash:phone',
  'hash:image',
  'hash:hook',
  'sign',
] as const

/** A row with its sealed text put another way: opened when it leaves, sealed when it arrives. */
export function resealed(
  row: Row,
  where: { readonly sealed: readonly string[]; readonly within?: readonly string[] },
  how: (text: string) => string,
): Row {
  const texts = where.sealed.flatMap((name) => {
    const value = row[name]
    return typeof value === 'string' ? [[name, how(value)]] : []
  })
  const whole = (where.within ?? []).flatMap((name) => {
    const value = row[name]
    const holds = typeof value === 'string' && value.includes('"sealed"')
    return holds ? [[name, JSON.stringify(deeply(JSON.parse(value) as Json, how))]] : []
  })
  return { ...row, ...Object.fromEntries([...texts, ...whole]) }
}

function deeply(value: Json, how: (text: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => deeply(one as Json, how))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [
      key,
      key === 'sealed' && typeof one === 'string' ? how(one) : deeply(one, how),
    ]),
  )
}

/** Sections whose secret may be empty: the rest of them is kept. */
const bearsNoSecret: ReadonlySet<string> = new Set(['smtp', 'text', 'morning', 'alarms'])

/**
 * A shop's settings without secrets and without the lock of the first send, which is to be opened anew. A section that is nothing
 * without its secret is left out whole.
 */
export function settingsToLeave(settings: JsonObject): JsonObject {
  const sections = Object.entries(settings).flatMap(([name, section]): [string, Json][] => {
    if (name === 'firstSend') return []
    const open = withoutSealed(section)
    if (JSON.stringify(open) === JSON.stringify(section)) return [[name, section]]
    return bearsNoSecret.has(name) ? [[name, open]] : []
  })
  return Object.fromEntries(sections)
}

function withoutSealed(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSealed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [
      key,
      key.startsWith('sealed') && typeof one === 'string' ? '' : withoutSealed(one),
    ]),
  )
}
