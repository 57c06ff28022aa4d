import { ensureBuilt, ensureInstalled, runNode } from './setup.mjs'

ensureInstalled()
if (process.argv[2] === 'start') ensureBuilt()
process.exit(
  await runNode([
    '--disable-warning=ExperimentalWarning',
    'server/src/cli/danggol.ts',
    ...process.argv.slice(2),
  ]),
)
