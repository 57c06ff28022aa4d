import { countSql } from '../../server/src/segments/compile.ts'
import { timed, withWarehouse } from './cached-warehouse.ts'
import { type Line, type Measured, rounded } from './measured.ts'
import { firstNumber } from './segment-estimate.ts'
import { questions } from './segment-questions.ts'
import { now, yearOf } from './shop-year.ts'

const fullEvents = 20_000_000
const eventsPerPerson = 20
const runs = 7
const goal = 1.3

/** How near the compiled SQL of a segment comes to the best that a person would write by hand. */
export const segmentCount: Line = {
  name: 'segment-count',
  sentence:
    'count of a segment over 20 M events of 1 M customers; floor: the fastest of several hand-written queries that are right',
  run: async (size) => {
    const events = size.rows ?? fullEvents
    return withWarehouse(
      `segments-2-${events}`,
      yearOf({ events, people: Math.round(events / eventsPerPerson), end: now }),
      async (warehouse) => {
        const measured: Measured[] = []
        for (const { name, definition, byHand } of questions) {
          const asOf = { shop: 1, position: events, now }
          const compiled = countSql([definition], asOf)
          const written = byHand.map((sql) => ({ sql, params: { position: events, now } }))
          const [ours, ...hands] = await timed<{ d0: number }>(
            warehouse,
            [compiled, ...written],
            runs,
          )
          const counts = [ours, ...hands].map((one) => one?.rows[0]?.d0)
          if (!ours || new Set(counts).size !== 1)
            throw new Error(`${name}: the counts differ: ${counts.join(', ')}`)
          const floor = Math.min(...hands.map(({ seconds }) => seconds))
          const ratio = ours.seconds / floor
          const first = await firstNumber(warehouse, { definition, asOf, exact: compiled }, runs)
          measured.push({
            line: `segment count: ${name}`,
            value: rounded(ours.seconds),
            unit: 's',
            floor: rounded(floor),
            ratio: rounded(ratio),
            goal: `${goal} x the floor`,
            met: ratio <= goal && events === fullEvents,
            notes: {
              members: counts[0] ?? 0,
              events,
              // Estimate and exact count asked at once, as while editing.
              firstNumber: `${rounded(first.firstSeconds)} s, exact beside it ${rounded(first.bothSeconds)} s`,
              estimate: `${first.estimate.count} (${first.estimate.low} to ${first.estimate.high})`,
              byHand: hands.map(({ seconds }) => rounded(seconds)).join(' / '),
            },
          })
        }
        return measured
      },
    )
  },
}
