import { expect, test } from 'vitest'
import { hearDataLayer, layerEvent } from './datalayer.ts'

function gtag(..._given: readonly unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: gtag pushes the arguments object itself; that is the form under test.
  return arguments
}

test('both forms of a GA4 event are heard with their parameters untouched', () => {
  const items = [{ item_id: 'p1', item_name: '머그', price: 18000 }]
  const tagged = { event: 'add_to_cart', 'gtm.uniqueEventId': 7, eventTimeout: 500 }
  expect(layerEvent({ ...tagged, ecommerce: { currency: 'KRW', items } })).toEqual({
    name: 'add_to_cart',
    params: { ecommerce: { currency: 'KRW', items } },
  })
  expect(layerEvent(gtag('event', 'add_to_cart', { currency: 'KRW', items }))).toEqual({
    name: 'add_to_cart',
    params: { currency: 'KRW', items },
  })
  expect(layerEvent(gtag('event', 'login'))).toEqual({ name: 'login', params: {} })
})

test('what is no event, or is sent otherwise, is not heard', () => {
  const silent = [
    { ecommerce: null },
    { event: 'gtm.js', 'gtm.start': 1 },
    { event: 'page_view' },
    gtag('config', 'G-1', {}),
    gtag('js', new Date(0)),
    gtag('event', 'page_view', {}),
    () => {},
    'text',
    null,
    undefined,
    { event: 7 },
  ]
  for (const entry of silent) expect(layerEvent(entry)).toBeUndefined()
})

test('earlier entries are heard once, later ones as they come, and the owner still gets them', () => {
  const owned: unknown[] = []
  const layer: unknown[] = [{ event: 'view_item' }]
  layer.push = (...entries) => owned.push(...entries)
  const holder = { dataLayer: layer }
  const heard: unknown[] = []
  hearDataLayer(holder, (entry) => heard.push(entry))
  expect(holder.dataLayer.push({ event: 'add_to_cart' }, { ecommerce: null })).toBe(2)
  expect(heard).toEqual([{ event: 'view_item' }, { event: 'add_to_cart' }, { ecommerce: null }])
  expect(owned).toEqual([{ event: 'add_to_cart' }, { ecommerce: null }])
})

test('a page without a dataLayer gets one', () => {
  const holder: { dataLayer?: unknown[] } = {}
  const heard: unknown[] = []
  hearDataLayer(holder, (entry) => heard.push(entry))
  holder.dataLayer?.push({ event: 'search' })
  expect(heard).toEqual([{ event: 'search' }])
})
