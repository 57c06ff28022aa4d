/** Where a person's data lies in the database, and whether it is theirs to take away. */
export type Kept =
  /** Given out under this name. */
  | { readonly kind: 'exported'; readonly as: string }
  /** Not given out: why, as a sentence. */
  | { readonly kind: 'working'; readonly why: string }

const exported = (as: string): Kept => ({ kind: 'exported', as })
const working = (why: string): Kept => ({ kind: 'working', why })

/**
 * Every table that names a customer (PIPA article 35: a person may see what is kept of them). A table that is not listed fails
 * a test, so that a new one cannot be forgotten.
 */
export const tablesOfPeople: Readonly<Record<string, Kept>> = {
  identities: exported('identities'),
  contacts: exported('contacts'),
  customer_state: exported('known'),
  consents: exported('consents'),
  consent_events: exported('consent_history'),
  orders: exported('orders'),
  memberships: exported('segments'),
  list_members: exported('lists'),
  enrolments: exported('campaigns'),
  considered: exported('campaigns_not_entered'),
  assignments: exported('experiments'),
  outside_split_people: working('Whom a split has still to draw; then they are in experiments.'),
  split_arms: exported('splits'),
  decisions: exported('decisions'),
  outbox: exported('messages'),
  coupons: exported('coupons'),
  cart_lines: working('The cart is in what is known of the person.'),
  due: working('When to look at the person again; nothing about them.'),
  timers: working('When a campaign goes on; the campaign itself is given out.'),
  line_failures: working('Happenings that could not be applied; they are in the events.'),
  segment_repairs: working('Whom to judge again; nothing about them.'),
  fact_calls: working('Whose facts to read again; nothing about them.'),
  standing_file_lines: working('Lines of files that wait for a week to be fetched; copies.'),
  webhook_deliveries: working('Copies of memberships on their way to the shop.'),
}

/** Columns that are for machines: keys of the shop, hashes, sealed values (opened elsewhere). */
export const hiddenColumns: readonly string[] = [
  'shop',
  'customer',
  'value_hash',
  'contact_hash',
  'sealed',
  'attempt_id',
  'lease_until',
]
