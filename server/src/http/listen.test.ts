import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { believeOnly, listen, stopListening } from './listen.ts'

const told = new Hono().get('/', (context) =>
  context.json([
    context.req.header('x-forwarded-for') ?? null,
    context.req.raw.headers.get('x-forwarded-proto'),
  ]),
)

/** What a page hears of whom a request was forwarded for, when these proxies are believed. */
async function heard(trusted: readonly string[]): Promise<unknown> {
  const server = await listen(told, { port: 0, host: '127.0.0.1' })
  try {
    believeOnly(server, trusted)
    const { port } = server.address() as AddressInfo
    const headers = { 'X-Forwarded-For': '203.0.113.9', 'x-forwarded-proto': 'https' }
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })
    return await answer.json()
  } finally {
    await stopListening(server, 0)
  }
}

test('whom a request was forwarded for is believed of the proxies that are named, and of nobody else', async () => {
  expect(await heard([])).toEqual([null, null])
  expect(await heard(['10.0.0.0/8', '::1'])).toEqual([null, null])
  expect(await heard(['127.0.0.0/8'])).toEqual(['203.0.113.9', 'https'])
  expect(await heard(['127.0.0.1'])).toEqual(['203.0.113.9', 'https'])
  await expect(heard(['my-proxy'])).rejects.toThrow('TRUSTED_PROXIES')
})
