import { ingestBatch, ingestOne } from './ingest.ts'
import type { Line, Measured } from './measured.ts'
import { start } from './start.ts'

const lines: readonly Line[] = [ingestOne, ingestBatch, start]

const asked = process.argv.slice(2)
const asJson = asked.includes('--json')
const names = asked.filter((one) => one !== '--json')
const unknown = names.find((name) => !lines.some((line) => line.name === name))
if (unknown !== undefined) {
  console.error(`There is no line "${unknown}". Known:`)
  for (const line of lines) console.error(`  ${line.name.padEnd(18)}${line.sentence}`)
  process.exit(1)
}

for (const line of lines.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!asJson) console.log(`\n${line.name}: ${line.sentence}`)
  for (const measured of await line.run()) print(measured)
}
process.exit(0)

function print(measured: Measured): void {
  if (asJson) {
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
