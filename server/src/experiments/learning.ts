/** While a campaign is learning more people are held out, until so many are known to play a part in it. */
export type Learning = {
  /** 0 to 1, exclusive. */
  readonly share: number
  /** Both arms together. */
  readonly people: number
}

/** A hold-out as it was set: `holdoutShare` (0 to 1) from the beginning, or once the learning is over. */
export type HoldoutSet = {
  readonly holdoutShare: number
  readonly learning?: Learning | undefined
}

/**
 * The share held out now (0 to 1). It depends on how many people were drawn so far and on nothing that came of them, so the
 * end of the learning tells nothing of the effect: each share is compared with itself.
 */
export function shareInForce({ holdoutShare, learning }: HoldoutSet, peopleSoFar: number): number {
  return learning && peopleSoFar < learning.people ? learning.share : holdoutShare
}
