import { ensureInstalled, runNode } from './setup.mjs'

ensureInstalled()
process.exit(
  await runNode([
    '--disable-warning=ExperimentalWarning',
    'bench/src/bench.ts',
    ...process.argv.slice(2),
  ]),
)
