import { isJsonObject, type JsonObject } from '../lib/json.ts'
import { linkOf } from './product-values.ts'

// What advertisers and messages hang on an address: it tells of the visit, not of the product.
const ofVisit = /^(utm_|dg_|n_|gad_|(gclid|gbraid|wbraid|fbclid|msclkid|ttclid|napm|igshid)$)/i

/**
 * The address of the page on which an event happened, as a product's own address: whoever looks at a product stands on its page. Without
 * what belongs to the visit; undefined where the event names no page on the web.
 */
export function pageOf(context: JsonObject | undefined): string | undefined {
  const address = isJsonObject(context?.page) ? linkOf(context.page.url) : undefined
  if (address === undefined || !URL.canParse(address)) return undefined
  const { origin, pathname, search } = new URL(address)
  const kept = search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !ofVisit.test(part.replace(/=.*/s, '')))
  return `${origin}${pathname}${kept.length === 0 ? '' : `?${kept.join('&')}`}`
}
