import type { Definition } from '../definition.ts'
import type { Said, ShopFigures } from './figures.ts'

/**
 * A segment written for every shop: what it is called, what it is good for, and its definition once the shop's own
 * figures are known. Making one is an ordinary POST of that definition; from then on it is the shop's to change.
 */
export type ReadySegment = {
  readonly id: string
  /** `journey`: who stopped at a stage on the way to an order; `usual`: the groups that every shop talks about. */
  readonly group: 'journey' | 'usual'
  readonly name: Said
  /** One sentence: what it is good for. */
  readonly purpose: Said
  /** What has to arrive before anybody can be in it; absent where every shop has it. */
  readonly needs?: Said
  /** What the rule of the field asks besides and the definition leaves to the campaign that uses it. */
  readonly left?: Said
  /** Where its numbers come from, when they are the shop's own. */
  readonly figure?: (figures: ShopFigures) => Said
  readonly definition: (figures: ShopFigures) => Definition
}
