import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('the whole script is under 6 KB gzip', async () => {
  const built = await build({
    entryPoints: [new URL('./index.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
  })
  const script = built.outputFiles[0]?.contents ?? new Uint8Array()
  expect(script.length).toBeGreaterThan(1_000)
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(6 * 1024)
})
