import { api } from './client.ts'

/** What the shop's pages told of a campaign's messages; people. */
export type SeenOnPages = {
  readonly seen: number
  readonly clicked: number
  readonly dismissed: number
  readonly blocked: number
  /** By the place a card stood at, counted from 1. `name`: null where the card is no product. */
  readonly cards: readonly {
    readonly position: number
    readonly card: string
    readonly name: string | null
    readonly seen: number
    readonly clicked: number
  }[]
}

export const getSeen = (campaign: number, signal?: AbortSignal) =>
  api.get<SeenOnPages>(`/api/campaigns/${campaign}/seen`, {}, signal)
