import type { Database } from '../database/connection.store.ts'
import { sectionReader } from '../events/turn-people.ts'
import { type Cart, wholeCart } from '../facts/cart.ts'
import { factsIn, factsSection } from '../facts/person.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { sampleLink } from '../messages/links/short-link.ts'
import { unitPrice } from '../messages/price.ts'
import type { TextForm } from '../messages/sms/assemble.ts'
import { type DrawnSms, drawSms, type ParsedSms } from '../messages/sms/draw.ts'
import { sendableName } from '../messages/sms/replace.ts'
import type { Shop } from '../shops/shop.ts'
import { messageContext } from './ask.ts'
import { rememberedSections } from './enrolments.store.ts'
import { readMemory } from './memory.ts'
import type { MessageStep } from './steps/message.ts'
import { longestProductNames, type Reader, readersOfTexts } from './text-sizes.store.ts'

const readersLimits = { longest: 40, latest: 40 } as const
/** A cart of the longest names, where a reader has none of their own. */
const productsLimit = 2
/** Looking for the longest names reads all of a shop's people; while somebody writes, once is enough. */
const keptMs = 10 * minuteMs
const shopsKept = 1_000

/** How long a text message becomes for real people of the shop. */
export type TextSizes = {
  /** People whose values were filled in: those with the longest names and those seen last. */
  readonly people: number
  readonly forms: Readonly<Record<TextForm, number>>
  /** People for whom the message would be too long to send, or cannot be drawn. */
  readonly failed: number
  /** People whose name cannot be written in a text message: they are greeted as if they had none. */
  readonly renamed: number
  /** The longest of all, its reader's name hidden letter by letter; null when nobody could be drawn. */
  readonly worst: { readonly text: string; readonly bytes: number; readonly form: TextForm } | null
}

type Needs = { readonly db: Database; readonly clock: Clock; readonly publicUrl: string }
type Kept = {
  readonly at: number
  readonly readers: readonly Reader[]
  readonly products: readonly string[]
}

/** Measures text messages with the values of people who could get them. */
export function textSizes(needs: Needs) {
  const kept = new Map<ShopId, Kept>()

  async function lookUp(shop: ShopId): Promise<Kept> {
    const known = kept.get(shop)
    const at = needs.clock.now()
    if (known && Math.abs(at - known.at) < keptMs) return known
    const [readers, products] = await Promise.all([
      readersOfTexts(needs.db, shop, readersLimits),
      longestProductNames(needs.db, shop, productsLimit),
    ])
    if (kept.size >= shopsKept) kept.clear()
    const found = { at, readers, products }
    kept.set(shop, found)
    return found
  }

  return {
    measure: async (asked: {
      readonly shop: Shop
      readonly sms: ParsedSms
      readonly step: MessageStep
      /** The cart of a reader who has none, while the shop has no products to fill one with. */
      readonly sample: Cart
    }): Promise<TextSizes> => {
      const { shop, sms, step, sample } = asked
      const { readers, products } = await lookUp(shop.id)
      const sections = await rememberedSections(
        needs.db,
        shop.id,
        readers.map((one) => one.id),
      )
      const longest = products.length > 0 ? cartOf(products, needs.clock.now()) : sample
      const drawn = readers.map((reader) => {
        const known = sections.get(reader.id)
        const section = known === undefined ? undefined : sectionReader(known)
        const own = section && wholeCart(readMemory(section('campaigns')).carts)
        return drawSms(sms, {
          context: contextOf(own && own.lines.length > 0 ? own : longest, step, shop),
          customer: { name: hidden(reader.name) },
          facts: factsIn(section?.(factsSection)),
          shop,
          at: needs.clock.now(),
          unsubscribeUrl: '',
          linkTo: () => sampleLink(shop, needs.publicUrl),
        })
      })
      return told(drawn, readers)
    },
  }
}
export type TextMeasure = ReturnType<typeof textSizes>

function contextOf(cart: Cart, step: MessageStep, shop: Shop): JsonObject {
  return messageContext(cart, step, shop.url)
}

function cartOf(names: readonly string[], addedAt: number): Cart {
  const lines = names.map((name, at) => ({
    productId: String(at),
    name,
    category: null,
    price: 180_000_000,
    quantity: 2,
    image: null,
    url: null,
    addedAt,
  }))
  return { id: '', lines, currency: null, changedAt: addedAt }
}

/** The name with every letter but the first hidden by one of as many bytes: the length stays true, the person unknown. */
function hidden(name: string | null): string | null {
  const written = sendableName(name)
  if (written === null) return null
  const [first = '', ...rest] = written
  return first + rest.map((letter) => (letter < '\u0080' ? '*' : '○')).join('')
}

function told(drawn: readonly DrawnSms[], readers: readonly Reader[]): TextSizes {
  const whole = drawn.flatMap((one) => (one.kind === 'ok' ? [one] : []))
  const worst = whole.reduce<(typeof whole)[number] | undefined>(
    (most, one) => (most === undefined || one.bytes > most.bytes ? one : most),
    undefined,
  )
  const count = (form: TextForm) => whole.filter((one) => one.form === form).length
  return {
    people: readers.length,
    forms: { SMS: count('SMS'), LMS: count('LMS'), MMS: count('MMS') },
    failed: drawn.length - whole.length,
    renamed: readers.filter(({ name }) => name !== null && sendableName(name) === null).length,
    worst: worst ? { text: worst.text, bytes: worst.bytes, form: worst.form } : null,
  }
}

/** What one message of each form costs, in currency units; null where nobody has said. */
export function textPricesOf(shop: Shop): Readonly<Record<TextForm, number | null>> {
  const price = (form: TextForm) => {
    const unit = unitPrice(shop.settings, form)
    return unit === null ? null : unit / 10_000
  }
  return { SMS: price('SMS'), LMS: price('LMS'), MMS: price('MMS') }
}
