import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Line, rounded } from './measured.ts'

const root = join(import.meta.dirname, '../..')
const goalBytes = 6 * 1024

/** What a shop's page has to load. */
export const sdkSize: Line = {
  name: 'sdk-size',
  sentence: 'the browser SDK as it is served, built now, gzip level 9',
  run: async () => {
    // The bundler says what it built where errors are told; only an error's own words are shown, by execFileSync.
    execFileSync('npm', ['run', '--silent', 'build', '--workspace', 'sdk'], {
      cwd: root,
      stdio: 'pipe',
    })
    const plain = readFileSync(join(root, 'sdk/dist/sdk.js'))
    const packed = gzipSync(plain, { level: 9 }).byteLength
    return [
      {
        line: 'SDK core',
        value: rounded(packed / 1024),
        unit: 'KB gzip',
        floor: null,
        ratio: null,
        goal: '6 KB',
        met: packed <= goalBytes,
        notes: { plainKB: rounded(plain.byteLength / 1024) },
      },
    ]
  },
}
