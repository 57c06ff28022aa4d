// Everything that can be known of the code without running it, in under a minute.
import { ensureInstalled, runNode } from './setup.mjs'

ensureInstalled()
const typescript = 'node_modules/typescript/bin/tsc'
const steps = [
  [
    'format and lint',
    ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off', '.'],
  ],
  ['types', [typescript, '-p', 'tsconfig.json']],
  ['purity of plain files', [typescript, '-p', 'tsconfig.pure.json']],
  ['types of the dashboard', [typescript, '-p', 'dashboard/tsconfig.json']],
  ['types of the SDK', [typescript, '-p', 'sdk/tsconfig.json']],
  ['ladder and house rules', ['scripts/house.ts']],
  ['nothing unused', ['node_modules/knip/bin/knip.js']],
]
let failed = 0
for (const [name, command] of steps) {
  const from = Date.now()
  const code = await runNode(command)
  if (code !== 0) failed++
  console.log(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - from) / 1000).toFixed(1)} s)`,
  )
}
process.exit(failed === 0 ? 0 : 1)
