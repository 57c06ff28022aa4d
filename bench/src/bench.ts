import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { backfill } from './backfill.ts'
import { backtest } from './backtest.ts'
import { blast } from './blast.ts'
import { choices } from './choices.ts'
import { eventToCall } from './event-to-call.ts'
import { firstPurchase } from './first-purchase.ts'
import { ingestBatch, ingestOne } from './ingest.ts'
import { insight } from './insight.ts'
import { fullSize, type Line, type Measured, type Size } from './measured.ts'
import { membershipByEvent, membershipByTime } from './membership.ts'
import { onsiteAnswers } from './onsite.ts'
import { recommending } from './recommendations.ts'
import { sdkSize } from './sdk-size.ts'
import { segmentCount } from './segment-count.ts'
import { start } from './start.ts'
import { timers } from './timers.ts'
import { wholeLine } from './whole-line.ts'

const lines: readonly Line[] = [
  ingestOne,
  ingestBatch,
  wholeLine,
  eventToCall,
  timers,
  blast,
  segmentCount,
  membershipByEvent,
  membershipByTime,
  backfill,
  backtest,
  firstPurchase,
  insight,
  recommending,
  onsiteAnswers,
  start,
  sdkSize,
  choices,
]
/** Above this the machine is doing something else, and the figures say little. */
const quietLoad = 1

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    people: { type: 'string' },
    rows: { type: 'string' },
  },
})
const unknown = names.find((name) => !lines.some((line) => line.name === name))
if (values.help || unknown !== undefined) {
  if (unknown !== undefined) console.error(`There is no line "${unknown}".`)
  console.error('npm run bench -- [--json] [--seconds N] [--people N] [--rows N] [LINE...]')
  for (const line of lines) console.error(`  ${line.name.padEnd(18)}${line.sentence}`)
  process.exit(unknown === undefined ? 0 : 1)
}

const busy = loadavg()[0] ?? 0
if (busy > quietLoad)
  console.error(`The machine is busy (load ${busy.toFixed(1)}): these figures will be too low.`)

let failed = 0
for (const line of lines.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!values.json) console.log(`\n${line.name}: ${line.sentence}`)
  try {
    for (const measured of await line.run(sizeOf())) print(measured)
  } catch (error) {
    failed++
    console.error(`${line.name} could not be measured:`, error)
  }
}
process.exit(failed === 0 ? 0 : 1)

function sizeOf(): Size {
  return {
    seconds: count('seconds') ?? fullSize.seconds,
    people: count('people') ?? fullSize.people,
    rows: count('rows'),
  }
}

function count(name: 'seconds' | 'people' | 'rows'): number | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  console.error(`--${name} must be a whole number above 0.`)
  process.exit(1)
}

function print(measured: Measured): void {
  if (values.json) {
    console.log(JSON.stringify(measured))
    return
  }
  const floor = measured.floor === null ? '' : `  floor ${measured.floor}, ratio ${measured.ratio}`
  const notes = Object.entries(measured.notes).map(([name, value]) => `${name} ${value}`)
  console.log(
    `  ${measured.met ? 'met    ' : 'NOT met'} ${measured.line}: ${measured.value} ${measured.unit}${floor}  (goal: ${measured.goal})`,
  )
  if (notes.length > 0) console.log(`          ${notes.join(', ')}`)
}
