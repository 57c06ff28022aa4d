import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkHouse, ladderDiagram } from './house-rules.ts'

const root = join(import.meta.dirname, '..')
const server = join(root, 'server/src')
const { filesRead, problems } = existsSync(server)
  ? checkHouse(server)
  : { filesRead: 0, problems: [] }
for (const problem of problems) console.error(problem)
// A checker that read nothing has checked nothing.
if (filesRead < 20) console.error(`the house rules read only ${filesRead} files`)

const page = join(root, 'ARCHITECTURE.md')
const told = readFileSync(page, 'utf8')
const shown = told.replace(
  /<!-- ladder -->[\s\S]*<!-- \/ladder -->/,
  `<!-- ladder -->\n${ladderDiagram()}\n<!-- /ladder -->`,
)
const isTrue = told === shown
if (!isTrue && process.argv.includes('--write')) writeFileSync(page, shown)
else if (!isTrue)
  console.error('ARCHITECTURE.md shows another ladder; run node scripts/house.ts --write')
process.exit(problems.length === 0 && filesRead >= 20 && isTrue ? 0 : 1)
