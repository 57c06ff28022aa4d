import type { MessageChannel } from './intent.ts'

/** What holds for the whole shop while a batch is decided. */
export type Standing = {
  /** The channel has a provider of the shop's own, and the first send is not prepared yet. */
  readonly locked: (channel: MessageChannel) => boolean
  /** The month's budget for paid messages is spent. */
  readonly budgetSpent: (channel: MessageChannel) => boolean
  /** Customers of the last 6 months may be written to without prior consent (consent/trading.ts). */
  readonly tradesWith: boolean
}
