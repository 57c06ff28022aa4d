import type { CampaignState } from '../campaigns/campaign.ts'

/** Days that a step without an order is looked back for. */
export const lookBackDays = 7
/** Fewer people than this are no reason to write a campaign. */
const fewestPeople = 10
const shownSuggestions = 3

/**
 * How many people stand where a ready-made campaign would meet them, and how many of them an advertisement may reach now.
 * `amount` in ten-thousandths; null where money says nothing.
 */
export type Standing = {
  readonly kind: SuggestionKind
  readonly people: number
  readonly reachable: number
  readonly amount: number | null
}

/**
 * What could be done next, the nearest to an order first, which is the order in which campaigns yield to each other as well
 * (campaigns/precedence.ts): a fact, a ready-made campaign, and no promise. What it causes is measured once it runs.
 */
export const suggestionPlaybooks = {
  checkout: 'checkout_abandonment',
  cart: 'cart_abandonment',
  due: 'repurchase_due',
  joined: 'promo_first_purchase',
  viewed: 'product_view_no_purchase',
  searched: 'search_no_purchase',
} as const
export type SuggestionKind = keyof typeof suggestionPlaybooks
/** In the order in which they are suggested. */
export const suggestionKinds = Object.keys(suggestionPlaybooks) as [
  SuggestionKind,
  ...SuggestionKind[],
]

export type Suggestion = Standing & {
  readonly playbook: string
  /** The draft that was begun from the playbook, to go on with. */
  readonly draft: number | null
}

/** A campaign that was begun from a playbook. */
export type FromPlaybook = {
  readonly id: number
  readonly playbook: string
  readonly state: CampaignState
}

/** At most three: those whose playbook no campaign serves yet, for which there are people enough. */
export function suggestionsOf(
  standing: readonly Standing[],
  campaigns: readonly FromPlaybook[],
): readonly Suggestion[] {
  const isServed = (playbook: string) =>
    campaigns.some((one) => one.playbook === playbook && serving.has(one.state))
  return standing
    .filter(({ kind, people }) => people >= fewestPeople && !isServed(suggestionPlaybooks[kind]))
    .sort((a, b) => suggestionKinds.indexOf(a.kind) - suggestionKinds.indexOf(b.kind))
    .slice(0, shownSuggestions)
    .map((one) => {
      const playbook = suggestionPlaybooks[one.kind]
      const drafts = campaigns.filter(
        (made) => made.playbook === playbook && made.state === 'draft',
      )
      return { ...one, playbook, draft: drafts[0]?.id ?? null }
    })
}

const serving: ReadonlySet<CampaignState> = new Set<CampaignState>(['live', 'paused', 'draining'])
