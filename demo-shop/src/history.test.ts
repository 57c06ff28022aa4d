import { expect, test } from 'vitest'
import type { DanggolApi, Message } from './danggol.provider.ts'
import { pastOf } from './generator.ts'
import { loadHistory } from './history.service.ts'

test('what was done on the pages is told as events, members and refunds as an import, no refund before its order', async () => {
  const told: { readonly door: 'late' | 'import'; readonly message: Message }[] = []
  const through = (door: 'late' | 'import') => async (messages: readonly Message[]) =>
    void told.push(...messages.map((message) => ({ door, message })))
  const danggol: DanggolApi = {
    send: async () => {},
    tellLate: through('late'),
    importHistory: through('import'),
    read: async () => undefined,
    change: async () => undefined,
  }
  const past = pastOf({ seed: 'a', customers: 300, until: Date.UTC(2026, 11, 9, 15) })
  const signal = new AbortController().signal
  const count = await loadHistory({ danggol, shopUrl: '', log: () => {}, signal, seed: 'a' }, past)
  expect(told).toHaveLength(count)
  const namesBy = (door: 'late' | 'import') =>
    new Set(
      told.flatMap((one) => (one.door === door ? (one.message.event ?? one.message.type) : [])),
    )
  expect(namesBy('late')).toEqual(
    new Set([
      'page',
      'Products Searched',
      'Product Viewed',
      'Product Added',
      'Checkout Started',
      'Order Completed',
    ]),
  )
  expect(namesBy('import')).toEqual(
    new Set(['identify', 'Signed Up', 'Consent Changed', 'Order Refunded']),
  )
  const ordered = new Set<unknown>()
  for (const { message } of told) {
    const { order_id: order } = (message.properties ?? {}) as { readonly order_id?: string }
    if (message.event === 'Order Completed') ordered.add(order)
    if (message.event === 'Order Refunded') expect(ordered.has(order), order).toBe(true)
  }
})
