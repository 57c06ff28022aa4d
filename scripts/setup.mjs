// What every command needs before it can run: packages installed as locked, pages built, the right Node found.
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node >= 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const nodeFolder = join(root, 'node_modules/node/bin')

/** Installs the packages of package-lock.json unless exactly those are installed. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules/.danggol-installed')
  if (
    existsSync(stamp) &&
    existsSync(join(nodeFolder, 'node')) &&
    readFileSync(stamp, 'utf8') === lock
  )
    return
  console.log('Installing packages (the first time takes a few minutes; the network is needed) ...')
  // Not `npm ci`: it refuses a lock file in which a package for another platform is missing, and registries do not always
  // have all of them. `install --no-save` takes exactly the locked versions too and writes nothing.
  const install = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
  )
  if (install.status !== 0) {
    console.error('npm install failed: the lines above say why. Nothing was started.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

/** Builds the dashboard and the browser SDK unless what is built came from the same sources. */
export function ensureBuilt() {
  for (const workspace of ['sdk', 'dashboard']) {
    const sources = fingerprint([join(root, workspace), join(root, 'server/src')], workspace)
    const stamp = join(root, workspace, 'dist/.sources')
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) continue
    console.log(`Building ${workspace} ...`)
    const build = spawnSync('npm', ['run', '--loglevel=error', 'build', '--workspace', workspace], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    if (build.status !== 0) {
      console.error(`Building ${workspace} failed: the lines above say why.`)
      process.exit(1)
    }
    writeFileSync(stamp, sources)
  }
}

// The dashboard is built from its own sources and from the server's plain files.
function fingerprint([own, server], workspace) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  const folders = workspace === 'dashboard' ? [own, server] : [own]
  for (const folder of folders) {
    for (const file of filesOf(folder))
      hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(folder) {
  const names = readdirSync(folder)
    .filter((name) => name !== 'dist' && name !== 'node_modules')
    .sort()
  return names.flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesOf(path)
    return /\.(tsx?|css|html|json|svg|mjs)$/.test(name) && !/\.test\./.test(name) ? [path] : []
  })
}

/**
 * Room for young objects, in MB. A turn of the line makes more of them than Node's 16 MB hold, and each collection copies those
 * still in use: with 64 MB the server needs an eighth less CPU under load. Only what is used is taken.
 */
const youngMb = 64

/** Runs a script under the pinned Node, hands signals on and ends with its exit code. */
export function runNode(args, environment = {}) {
  const child = spawn(join(nodeFolder, 'node'), [`--max-semi-space-size=${youngMb}`, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${nodeFolder}:${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
      // What was compiled once is kept by its content: a start costs half the CPU. Processes started from here inherit it.
      NODE_COMPILE_CACHE: join(root, '.cache/node'),
      ...environment,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((done) => {
    child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0)))
  })
}
