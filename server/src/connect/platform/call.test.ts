import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { manualClock } from '../../lib/clock.ts'
import { platformCalls } from './call.driver.ts'

test('an answer without end is read no further than the limit, and not asked for again', async () => {
  let asked = 0
  const piece = Buffer.alloc(1024 * 1024, ' ')
  const server = createServer((_, answer) => {
    asked++
    const more = () => {
      while (!answer.destroyed && answer.write(piece));
    }
    answer.on('drain', more)
    more()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const calls = platformCalls({ clock: manualClock(0), wait: async () => {} })
  const platform = { rate: { bucket: 10, perSecond: 1 }, isAnywhere: false }
  const asking = calls.bare('someone', platform, {
    base: `http://127.0.0.1:${port}`,
    asked: { method: 'get', path: '/' },
  })
  await expect(asking).rejects.toMatchObject({ kind: 'refused', message: /too large/ })
  expect(asked).toBe(1)
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})
