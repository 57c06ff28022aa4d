import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureBuilt, ensureInstalled, root, runNode } from './setup.mjs'

ensureInstalled()
const chosen = process.argv.slice(2)
const CHROMIUM_PATH = ensureChromium(root)
ensureBuilt()
const results = join(root, '.cache/test-results.json')
mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(results, { force: true })
const code = await runNode(
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...chosen,
  ],
  { CHROMIUM_PATH },
)
// One plain line that any runner of runners can read.
if (existsSync(results)) {
  const told = JSON.parse(readFileSync(results, 'utf8'))
  console.log(
    `${told.numPassedTests} passed, ${told.numFailedTests} failed, ${told.numPendingTests + told.numTodoTests} skipped`,
  )
}
process.exit(code)
