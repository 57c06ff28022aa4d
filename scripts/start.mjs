import { ensureBuilt, ensureInstalled, runNode } from './setup.mjs'

ensureInstalled()
ensureBuilt()
process.exit(
  await runNode(
    ['--disable-warning=ExperimentalWarning', 'server/src/main.ts', ...process.argv.slice(2)],
    { NODE_ENV: 'production' },
  ),
)
