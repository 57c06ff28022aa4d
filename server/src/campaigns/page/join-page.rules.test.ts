import { expect, test } from 'vitest'
import { JoinPageSettings, joinPageOf } from './join-page.ts'

test.each([
  ['/member/join_result.html', '/member/join_result.html'],
  [' https://shop.kr/account/welcome?from=join#top ', '/account/welcome'],
  ['welcome_done', 'welcome_done'],
])('%j is kept as the path that history knows', (typed, path) => {
  expect(JoinPageSettings.parse({ joined: typed })).toEqual({ joined: path })
})

test.each(['/', '', 'https://shop.kr', 'https://shop.kr/', '?a=1', 'two words'])(
  '%j would say that everybody joined, or nobody',
  (typed) => {
    expect(JoinPageSettings.safeParse({ joined: typed }).success).toBe(false)
  },
)

test('what the shop said comes first, then what its platform shows', () => {
  const said = { pages: { joined: '/welcome' } }
  expect(joinPageOf(said, 'shopify')).toBe('/welcome')
  expect(joinPageOf({}, 'shopify')).toBe('')
  expect(joinPageOf({ pages: { joined: null } }, 'woocommerce')).toBe('')
  expect(joinPageOf({}, 'cafe24')).toBe('join_result')
  expect(joinPageOf({}, undefined)).toBe('join_result')
})
