import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkHouse } from './house-rules.ts'

const server = join(import.meta.dirname, '../server/src')
const { filesRead, problems } = existsSync(server)
  ? checkHouse(server)
  : { filesRead: 0, problems: [] }
for (const problem of problems) console.error(problem)
// A checker that read nothing has checked nothing.
if (filesRead < 20) console.error(`the house rules read only ${filesRead} files`)
process.exit(problems.length === 0 && filesRead >= 20 ? 0 : 1)
