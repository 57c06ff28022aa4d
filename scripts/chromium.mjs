// Finds a Chromium for the browser tests, or installs one: Debian's package as root, else Playwright's own.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Path of an executable Chromium; ends the process with a sentence when none can be had. */
export function ensureChromium(root) {
  const set = process.env.CHROMIUM_PATH
  if (set) return set
  const found = known.find((path) => existsSync(path))
  if (found) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium for the browser tests (Debian package) ...')
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-q'], quiet)
    spawnSync(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      quiet,
    )
    if (existsSync(known[0])) return known[0]
  }
  console.log('Installing Chromium for the browser tests (Playwright) ...')
  const cli = `${root}/node_modules/playwright-core/cli.js`
  spawnSync(process.execPath, [cli, 'install', '--with-deps', 'chromium-headless-shell'], {
    stdio: 'inherit',
  })
  const where = spawnSync(
    process.execPath,
    [
      '-e',
      `import('${root}/node_modules/playwright-core/index.mjs').then((p) => console.log(p.chromium.executablePath()))`,
    ],
    { encoding: 'utf8' },
  )
  const path = where.stdout.trim()
  if (path && existsSync(path)) return path
  console.error(
    'The browser tests need Chromium and none could be installed. Install it and set CHROMIUM_PATH.',
  )
  process.exit(1)
}
