import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slug, withUtm } from './utm.ts'

const shop = 'https://www.onshop.kr'
const sms = { channel: 'sms', campaign: '장바구니 리마인드 (2차)' }
const added = `utm_source=danggol&utm_medium=sms&utm_campaign=${encodeURIComponent('장바구니-리마인드-2차')}`

test.each([
  ['https://onshop.kr/sale', `https://onshop.kr/sale?${added}`],
  ['https://m.onshop.kr/p?id=3&sig=a%2Bb', `https://m.onshop.kr/p?id=3&sig=a%2Bb&${added}`],
  ['https://www.onshop.kr/p?', `https://www.onshop.kr/p?${added}`],
  ['https://event.onshop.kr/#top', `https://event.onshop.kr/?${added}#top`],
  ['https://onshop.kr/??', `https://onshop.kr/??&${added}`],
])('%s tells where the visit came from', (address, told) => {
  expect(withUtm(address, shop, sms)).toBe(told)
})

test.each([
  'https://onshop.kr/sale?utm_source=kakao',
  'https://onshop.kr/sale?a=1&UTM_Campaign=mine#x',
  'https://instagram.com/onshop',
  'https://notonshop.kr/',
  'not an address',
])('%s is left as the marketer wrote it', (address) => {
  expect(withUtm(address, shop, sms)).toBe(address)
})

test('a message without a campaign names none', () => {
  expect(withUtm('https://onshop.kr/', shop, { channel: 'email', campaign: null })).toBe(
    'https://onshop.kr/?utm_source=danggol&utm_medium=email',
  )
})

test('names become words between hyphens', () => {
  expect(slug('  Spring SALE!! 2026 ')).toBe('spring-sale-2026')
  expect(slug('🎉')).toBe('')
})

test('whatever parameters an address has, they stay, and nothing but three parameters comes', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string(),
      (address, campaign) => {
        const own = new URL(address)
        const told = withUtm(address, own.origin, { channel: 'email', campaign })
        if (told === address) return
        const url = new URL(told)
        expect(url.hash).toBe(own.hash)
        const names = ['utm_source', 'utm_medium', 'utm_campaign']
        const rest = [...url.searchParams].filter(([name]) => !names.includes(name))
        expect(rest).toEqual([...own.searchParams])
      },
    ),
  )
})
