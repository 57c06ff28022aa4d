import { type Arm, armOf } from './arm.ts'

/** The experiment that all campaigns share: who is held out of it gets no advertising from any of them. */
export const shopExperiment = 'shop'

/** A person's part in it, as it was when a page decided. */
export type ShopPart = {
  /** 0 to 1, exclusive. */
  readonly share: number
  readonly heldOut: boolean
}

/** Whether a person is held out of all advertising: by what was recorded of them, else by their draw. `share` 0: nobody is. */
export function isHeldOutOfShop(asked: {
  readonly share: number
  readonly recorded: Arm | undefined
  readonly assignmentKey: string
}): boolean {
  const { share: holdoutShare, recorded, assignmentKey } = asked
  if (holdoutShare === 0) return false
  const drawn = { experiment: shopExperiment, assignmentKey, holdoutShare }
  return (recorded ?? armOf(drawn)) === 'holdout'
}
