import type { CampaignState } from '../campaigns/campaign.ts'
import type { StageCampaign } from './journey.ts'

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

/** What of a campaign matters here. */
type Begun = Pick<StageCampaign, 'id' | 'playbook' | 'state' | 'isForChosenGoods'>

/**
 * At most three: those whose playbook no campaign serves yet, for which there are people enough. A campaign for chosen goods
 * serves their buyers alone, and is nothing to go on with for everybody. Campaigns come the newest first.
 */
export function suggestionsOf(
  standing: readonly Standing[],
  campaigns: readonly Begun[],
): readonly Suggestion[] {
  const general = campaigns.filter((one) => !one.isForChosenGoods)
  const isServed = (playbook: string) =>
    general.some((one) => one.playbook === playbook && serving.has(one.state))
  return standing
    .filter(({ kind, people }) => people >= fewestPeople && !isServed(suggestionPlaybooks[kind]))
    .sort((a, b) => suggestionKinds.indexOf(a.kind) - suggestionKinds.indexOf(b.kind))
    .slice(0, shownSuggestions)
    .map((one) => {
      const playbook = suggestionPlaybooks[one.kind]
      const drafts = general.filter((made) => made.playbook === playbook && made.state === 'draft')
      return { ...one, playbook, draft: drafts[0]?.id ?? null }
    })
}

const serving: ReadonlySet<CampaignState> = new Set<CampaignState>(['live', 'paused', 'draining'])
