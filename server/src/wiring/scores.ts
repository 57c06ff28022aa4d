import { headOf } from '../http/readings.store.ts'
import { nightlyScores } from '../insight/scores.service.ts'
import { loop } from '../jobs/loop.service.ts'
import { minuteMs } from '../lib/duration.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { patience } from './refusals.ts'

/** How long the scores of the night rest when no shop is due; a night begins at most so late. */
const nightRestMs = minuteMs

/** Who works out where buyers stand among each other; a stop lets go of the night under way, which goes on where it stood. */
export function scoring(
  { db, warehouse, clock, log }: Pick<HouseNeeds, 'db' | 'warehouse' | 'clock' | 'log'>,
  rooms: Rooms,
) {
  const nights = nightlyScores({
    db,
    warehouse,
    clock,
    shops: rooms.tenants,
    accept: rooms.door,
    head: (id) => headOf(db, id),
    completeTo: rooms.past.completeTo,
    rest: patience,
  })
  const worker = loop({
    turn: nights.turn,
    idleMs: nightRestMs,
    onError: (error) => log.failed(error, 'scores'),
  })
  return {
    start: worker.start,
    stop: async (): Promise<void> => {
      nights.letGo()
      await worker.stop()
    },
  }
}
