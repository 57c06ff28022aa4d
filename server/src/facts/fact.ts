/** What a fact's value is; dates are RFC 3339 text in JSON, lists are arrays of texts. */
export type FactType = 'text' | 'number' | 'boolean' | 'date' | 'list'

/** Words in the two languages of the dashboard. */
export type Words = { readonly ko: string; readonly en: string }

/** One value of a closed list. */
export type FactValue = { readonly value: string; readonly label: Words }

/**
 * How fresh a fact is: `event` changes with the happening that tells of it, `time` also by time passing alone, at the exact
 * instant; `night` is written once a night and carries its date in another fact.
 */
export type Freshness = 'event' | 'time' | 'night'

/** One thing the shop knows of each person. */
export type Fact = {
  /** As events/flatten.ts writes it: `cart.value`. */
  readonly path: string
  readonly type: FactType
  readonly group: FactGroup
  readonly label: Words
  /** One sentence: what exactly it says and when it changes. */
  readonly note: Words
  readonly fresh: Freshness
  /** A closed list of values; undefined where any text is possible. */
  readonly values?: readonly FactValue[]
  /** Values to show where the shop has none of its own yet. */
  readonly examples?: readonly (string | number)[]
  /** A number that is an amount in the shop's currency. */
  readonly isMoney?: boolean
  /** True: every person has a value (0, no, `visited`), so a comparison never meets "missing". */
  readonly always?: boolean
  /** What the values of a text or list name, so that a page can suggest the shop's own: products by id, categories by name. */
  readonly names?: 'product' | 'category' | 'brand' | 'list'
}

/** Where a page lists a fact. */
export type FactGroup =
  | 'member'
  | 'stage'
  | 'cart'
  | 'orders'
  | 'favorite'
  | 'inflow'
  | 'visits'
  | 'search'
  | 'reach'
  | 'lists'
  | 'scores'

/** The groups of facts with their names, in the order of a page. */
export const factGroups: readonly { readonly group: FactGroup; readonly label: Words }[] = [
  { group: 'member', label: { ko: '회원', en: 'Membership' } },
  { group: 'stage', label: { ko: '여정 단계', en: 'Journey stage' } },
  { group: 'cart', label: { ko: '장바구니', en: 'Cart' } },
  { group: 'orders', label: { ko: '주문', en: 'Orders' } },
  { group: 'favorite', label: { ko: '선호', en: 'Favourites' } },
  { group: 'inflow', label: { ko: '유입 경로', en: 'Inflow' } },
  { group: 'visits', label: { ko: '방문', en: 'Visits' } },
  { group: 'search', label: { ko: '검색', en: 'Search' } },
  { group: 'reach', label: { ko: '수신동의와 도달', en: 'Consent and reach' } },
  { group: 'lists', label: { ko: '명단', en: 'Lists' } },
  { group: 'scores', label: { ko: '밤마다 계산하는 값', en: 'Nightly scores' } },
]

/** Writes entries of one group of the catalogue. */
export const factOf =
  (group: FactGroup) =>
  (path: string, type: FactType, said: Pick<Fact, 'label' | 'note'> & Partial<Fact>): Fact => ({
    path,
    type,
    group,
    fresh: 'event',
    ...said,
  })

/** The two languages of a label. */
export const words = (ko: string, en: string): Words => ({ ko, en })
