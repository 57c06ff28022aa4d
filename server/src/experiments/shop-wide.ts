/** The experiment that all campaigns share: who is held out of it gets no advertising from any of them. */
export const shopExperiment = 'shop'

/** A person's part in it, as it was when a page decided. */
export type ShopPart = {
  /** 0 to 1, exclusive. */
  readonly share: number
  readonly heldOut: boolean
}
