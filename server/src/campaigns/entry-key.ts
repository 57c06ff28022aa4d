import type { Placed } from '../events/happening.ts'
import { numberText } from '../lib/json.ts'
import type { Entry } from './enrolment.ts'

/** The cart, product or occasion on a page that a happening names; '' where it names none, and for the person. */
export function keyIn(kind: Entry['kind'], { body: { properties = {} } }: Placed): string {
  switch (kind) {
    case 'person':
      return ''
    case 'cart':
      return idText(properties.cart_id)
    case 'product':
      return idText(properties.product_id ?? properties.sku)
    case 'page':
      return idText(properties.occasion)
  }
}

/** Is the happening about what the person entered for? Of the person everything is. */
export function isAbout({ kind, value }: Entry, happening: Placed): boolean {
  return keyIn(kind, happening) === value
}

/** Is it about another cart or product than the one the person entered for? */
export function isAboutAnother({ kind, value }: Entry, happening: Placed): boolean {
  const key = keyIn(kind, happening)
  return key !== '' && key !== value
}

function idText(value: unknown): string {
  return (typeof value === 'string' ? value : (numberText(value) ?? '')).trim().slice(0, 300)
}
