import { unreachable } from '../lib/assert.ts'
import { type Filter, productTexts } from '../segments/filter.ts'
import { Trigger } from './trigger.ts'

/**
 * Whether a campaign lets in only those who did something with goods that were chosen for it, such as buyers of one soap: it
 * serves these goods, and not everybody its playbook or its stage is for. What it shows says nothing of whom it serves.
 */
export function isForChosenGoods(trigger: Trigger): boolean {
  switch (trigger.kind) {
    case 'event':
      return trigger.filter !== undefined && choosesGoods(trigger.filter)
    case 'page':
      // Any of them lets in, so one that asks for no goods is open to everybody.
      return trigger.when.every(
        (when) => when.kind === 'event' && when.filter !== undefined && choosesGoods(when.filter),
      )
    default:
      return false
  }
}

/** The same of a flow's trigger as JSON text; one that can't be read chooses nothing. */
export function readForChosenGoods(trigger: string | null): boolean {
  const { data } = Trigger.safeParse(JSON.parse(trigger ?? 'null'))
  return data !== undefined && isForChosenGoods(data)
}

/** "All but these" is not a choice: what passes is nearly everything. */
function choosesGoods(filter: Filter): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.of.some(choosesGoods)
    case 'any':
      return filter.of.every(choosesGoods)
    case 'not':
      return false
    case 'property':
      return (
        goods.has(filter.path) &&
        (filter.is.type === 'text' || filter.is.type === 'number') &&
        filter.is.op !== 'exists'
      )
    case 'products':
      return filter.where.some(({ field, is }) => goods.has(field) && is.op !== 'exists')
    default:
      return unreachable(filter)
  }
}

/** What names goods: as texts of a line of `products[]`, and as properties of events about one product. */
const goods: ReadonlySet<string> = new Set(productTexts)
