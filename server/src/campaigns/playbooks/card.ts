import type { CampaignState } from '../campaign.ts'
import type { OfferedSeason } from './answers.ts'
import type { PictureStep } from './picture.ts'
import type { Language, Playbook, Question } from './playbook.ts'

/** A playbook as the gallery shows it to one shop. */
export type PlaybookCard = Pick<Playbook, 'id' | 'family' | 'name' | 'about' | 'enters'> & {
  /** What is asked before the draft is made. */
  readonly asks: readonly Question[]
  /** The flow drawn small, as this shop would begin it. */
  readonly picture: { readonly [L in Language]: readonly PictureStep[] }
  /** People it would have taken in within a day up to now; null: not counted. */
  readonly wouldEnterToday: number | null
  /** The campaign the shop made of it for everybody it is for, that of the furthest state; null when there is none. */
  readonly campaign: {
    readonly id: number
    readonly name: string
    readonly state: CampaignState
  } | null
  /** How many more the shop made of it for chosen goods alone, such as buyers of one product. */
  readonly chosen: number
}

/** All playbooks, and the seasons to choose from. */
export type PlaybookGallery = {
  readonly items: readonly PlaybookCard[]
  readonly seasons: readonly OfferedSeason[]
}
