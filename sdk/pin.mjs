// Beside `sdk.js`, which changes with each upgrade, stands the same script under a name of its own content: a page may pin it
// with `integrity`. Earlier ones stay where they are, so that a pinned page outlives an upgrade.
import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const dist = join(import.meta.dirname, 'dist')
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))
const script = readFileSync(join(dist, 'sdk.js'))
const name = createHash('sha256').update(script).digest('hex').slice(0, 12)
const file = `sdk@${version}-${name}.js`
copyFileSync(join(dist, 'sdk.js'), join(dist, file))
const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`
writeFileSync(join(dist, 'sdk.json'), JSON.stringify({ path: `/${file}`, integrity }))
