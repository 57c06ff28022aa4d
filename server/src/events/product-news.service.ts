import type { Catalog } from '../catalog/catalog.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, hourMs, secondMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Accept } from './accept.service.ts'
import type { Happening } from './happening.ts'
import { interestedIn } from './product-news.store.ts'
import { backInStockFor, type Interested, priceDropFor, type ToldProduct } from './product-news.ts'
import type { ProductWords } from './product-words.service.ts'

/** Who looked longer ago is not told. */
const lookBackMs = 30 * dayMs
/** Who asked to be told is told up to half a year later. */
const requestMs = 180 * dayMs
/** The same of the same product is told to a person once in so long, unless they asked. */
const quietMs = 7 * dayMs
/** People told in one turn, and of one news; those who looked last come first. */
const peopleOfTurn = 500
const peopleOfNews = 50_000
/** More prices lowered within an hour than this are not told before somebody says so: a sale of everything, or a slip. */
export const manyDrops = 500
/** How long news waits for history, or for a line that is pressed. */
const againMs = 5 * secondMs
const historyKeptMs = 400 * dayMs
const newsKeptMs = 90 * dayMs
const turningAtOnce = 500

export type ProductNewsNeeds = {
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly accept: Pick<Accept, 'accept'>
  readonly words: Pick<ProductWords, 'tell'>
  readonly catalog: Pick<Catalog, 'find' | 'history' | 'news' | 'turningPrices' | 'forgetHistory'>
  /** Up to which position history is complete. */
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/**
 * Tells people what happened to products they looked at: `Price Dropped` and `Back In Stock`, one happening a person, which
 * ordinary triggers of campaigns listen for. Exactly once: the message id is made of the news and the person, and the cursor
 * moves after the log has them.
 */
export function productNews(needs: ProductNewsNeeds) {
  const { clock, catalog } = needs
  const { news: kept } = catalog
  let keepAt = 0

  async function tellOne(): Promise<boolean> {
    const now = clock.now()
    const news = await kept.due(now)
    if (!news) return false
    const since = news.at - hourMs
    if (
      news.kind === 'price_drop' &&
      (await kept.holdMany(news.shop, { since, most: manyDrops })) > 0
    )
      return true
    const stay = { people: news.people, afterAt: news.afterAt, afterCustomer: news.afterCustomer }
    if (!(await kept.isTrue(news))) {
      await kept.move(news, { ...stay, state: 'over', dueAt: now, endedAt: now })
      return true
    }
    const told = await tellPeople(needs, news)
    if (told === 'later') {
      const dueAt = now + againMs
      await kept.move(news, { ...stay, state: news.state, dueAt, endedAt: null })
      return true
    }
    const people = news.people + told.people
    const isOver = told.last === undefined || people >= peopleOfNews
    await kept.move(news, {
      state: isOver ? 'done' : 'telling',
      people,
      dueAt: now,
      afterAt: told.last?.at ?? news.afterAt,
      afterCustomer: told.last?.customer ?? news.afterCustomer,
      endedAt: isOver ? now : null,
    })
    return true
  }

  /** Sales that begin or end by time alone are words about their products: everything else follows from them. */
  async function turnPrices(): Promise<void> {
    const due = await catalog.turningPrices({ now: clock.now(), limit: turningAtOnce })
    for (const [key, rows] of Map.groupBy(due, ({ shop, source }) => `${shop}:${source}`)) {
      const [first] = rows
      if (!first) continue
      const turns = new Map(rows.map(({ id, turnsAt }) => [id, turnsAt]))
      await needs.words.tell(first.shop, {
        products: rows.map(({ id }) => ({ product_id: id })),
        source: first.source,
        keyOf: ({ product_id: id }) => `turn:${key}:${id}:${turns.get(String(id))}`,
      })
    }
  }

  async function forgetOld(now: number): Promise<void> {
    if (now < keepAt) return
    keepAt = now + hourMs
    await kept.forget(now - newsKeptMs)
    while ((await catalog.forgetHistory({ before: now - historyKeptMs, limit: 10_000 })) > 0);
  }

  return {
    /** One step of each; whether people were told, or might have been. */
    turn: async (): Promise<boolean> => {
      await forgetOld(clock.now())
      try {
        await turnPrices()
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'busy') throw error
        return false
      }
      return await tellOne()
    },
  }
}

type NewsRow = NonNullable<Awaited<ReturnType<Catalog['news']['due']>>>

type Told =
  | 'later'
  | {
      readonly people: number
      readonly last: { readonly at: number; readonly customer: number } | undefined
    }

async function tellPeople(needs: ProductNewsNeeds, news: NewsRow): Promise<Told> {
  const { shop } = news
  const [product] = await needs.catalog.find(shop, [news.product])
  // Who looked just before it is in the history only when that has come so far.
  if (!product || (await needs.completeTo(shop)) < news.position) return 'later'
  const isDrop = news.kind === 'price_drop'
  const name = isDrop ? 'Price Dropped' : 'Back In Stock'
  const people = await interestedIn(needs.warehouse, shop, {
    product: news.product,
    told: name,
    since: news.at - (isDrop ? lookBackMs : requestMs),
    until: news.position,
    quietSince: news.at - quietMs,
    after:
      news.afterAt === null || news.afterCustomer === null
        ? undefined
        : { at: news.afterAt, customer: news.afterCustomer },
    limit: peopleOfTurn,
  })
  const now = needs.clock.now()
  const fresh = people.filter(
    ({ at, because }) => because === 'requested' || at > news.at - lookBackMs,
  )
  const history = isDrop
    ? await needs.catalog.history(shop, { product: product.id, since: news.at - lookBackMs })
    : []
  const told: ToldProduct = { ...product, price: product.currentPrice }
  const happenings = fresh.flatMap((person) => {
    const properties = isDrop
      ? priceDropFor(person, told, { history, reference: news.reference, now: news.at })
      : backInStockFor(person, told, news.at)
    return properties ? [happening({ news, name, person, properties, now })] : []
  })
  try {
    if (happenings.length > 0) await needs.accept.accept(shop, happenings)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'busy') return 'later'
    throw error
  }
  return {
    people: happenings.length,
    last: people.length < peopleOfTurn ? undefined : people.at(-1),
  }
}

function happening(told: {
  readonly news: NewsRow
  readonly name: string
  readonly person: Interested
  readonly properties: Happening['body']['properties']
  readonly now: number
}): Happening {
  const { news, name, person, properties, now } = told
  return {
    kind: 'derived',
    name,
    at: now,
    receivedAt: now,
    messageId: `news:${news.id}:${person.customer}`,
    ids: { customer: person.customer, verified: true },
    body: properties ? { properties } : {},
  }
}
