import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { danggolApi } from './danggol.provider.ts'

let busy = 0
let asked = 0
const waits: number[] = []
const server = createServer((_, response) => {
  asked++
  response.writeHead(busy-- > 0 ? 503 : 200).end('{}')
})
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const api = () =>
  danggolApi({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    writeKey: 'w',
    adminKey: 'a',
    wait: async (ms) => void waits.push(ms),
  })

test('a history is told to the end, however slow the machine is that takes it', async () => {
  busy = 40
  await api().importHistory([{ type: 'track' }])
  expect(asked).toBe(41)
  const minutes = waits.reduce((sum, ms) => sum + ms, 0) / 60_000
  expect(minutes).toBeGreaterThan(8)
  expect(Math.max(...waits)).toBe(15_000)
})

test('what a live shopper does is not told for ever', async () => {
  busy = 40
  await expect(api().send([{ type: 'track' }])).rejects.toThrow('503')
})
