import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test.each([
  ['the whole script', 'index.ts', 'iife', 6],
  ['the part for notifications', 'push.ts', 'esm', 10],
  ['the part for Cafe24 shops', 'cafe24/index.ts', 'iife', 2.5],
  ['the pixel for Shopify shops', 'shopify/index.ts', 'iife', 1.5],
  ['the part that shows messages', 'onsite/index.ts', 'esm', 10],
] as const)('%s is under its size gzip', async (_, file, format, kilobytes) => {
  const built = await build({
    entryPoints: [new URL(`./${file}`, import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format,
    target: 'es2020',
    charset: 'utf8',
  })
  const script = built.outputFiles[0]?.contents ?? new Uint8Array()
  expect(script.length).toBeGreaterThan(1_000)
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(kilobytes * 1024)
})
