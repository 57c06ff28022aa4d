import { join } from 'node:path'
import { feedWork } from '../connect/feeds/feed-work.service.ts'
import { feeds } from '../connect/feeds/feeds.service.ts'
import { productNews } from '../events/product-news.service.ts'
import { productWords } from '../events/product-words.service.ts'
import { loop } from '../jobs/loop.service.ts'
import { secondMs } from '../lib/duration.ts'
import { productsInThread } from './feed-threads.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { patience } from './refusals.ts'

/** How long feeds rest when none is due; one begins at most so late. */
const feedRestMs = 5 * secondMs

/** News asks history for its people: it leaves the others their turn. */
const newsGapMs = 100

/** Where products come from beside events, and the work on it. */
export function catalogueWork({ config, db, warehouse, clock, log }: HouseNeeds, rooms: Rooms) {
  const folder = join(config.dataFolder, 'feeds')
  const words = productWords({ db, clock, accept: rooms.door })
  const fed = feedWork({
    db,
    clock,
    catalog: rooms.products,
    words,
    folder,
    wait: patience,
    read: productsInThread,
  })
  const feeder = loop({
    turn: fed.turn,
    idleMs: feedRestMs,
    onError: (error) => log.failed(error, 'feeds'),
  })
  const news = productNews({
    warehouse,
    clock,
    accept: rooms.door,
    words,
    catalog: rooms.products,
    completeTo: rooms.past.completeTo,
  })
  const teller = loop({
    turn: news.turn,
    idleMs: feedRestMs,
    gapMs: newsGapMs,
    onError: (error) => log.failed(error, 'product news'),
  })
  return {
    words,
    news: { wake: teller.wake },
    feeds: feeds({ db, clock, shops: rooms.tenants, folder, onPlanned: feeder.wake }),
    worker: {
      start: (): void => {
        feeder.start()
        teller.start()
      },
      stop: async (): Promise<void> => {
        fed.letGo()
        await Promise.all([feeder.stop(), teller.stop()])
      },
    },
  }
}
export type CatalogueWork = ReturnType<typeof catalogueWork>
