import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.DANGGOL_SERVER ?? 'http://127.0.0.1:4700'

// Built into dist/, which the server serves at /. In development the API of a running server is used.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, reportCompressedSize: false },
  server: {
    port: 4710,
    proxy: Object.fromEntries(
      [
        '/api',
        '/v1',
        '/u/',
        '/c/',
        '/s/',
        '/o/',
        '/i/',
        '/hooks/',
        '/sdk.js',
        '/demo',
        '/openapi.json',
      ].map((path) => [path, { target: server, changeOrigin: false }]),
    ),
  },
  test: { include: ['src/**/*.rules.test.ts'] },
} as Parameters<typeof defineConfig>[0])
