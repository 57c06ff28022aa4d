import { expect, test } from 'vitest'
import type { Alimtalk, BrandMessage, KakaoTemplate, Provider } from '../carrier.ts'
import { alimtalkFault, brandNightEnd, watched } from './guard.ts'

const seoul = (text: string) => Date.parse(`${text}+09:00`)

test.each([
  ['2026-11-23T08:00:00', undefined],
  ['2026-11-23T20:49:59', undefined],
  ['2026-11-23T20:50:00', '2026-11-24T08:00:00'],
  ['2026-11-23T23:59:59', '2026-11-24T08:00:00'],
  ['2026-11-24T00:00:00', '2026-11-24T08:00:00'],
  ['2026-11-24T07:59:59', '2026-11-24T08:00:00'],
])('a Brand Message at %s waits until %s', (at, until) => {
  expect(brandNightEnd(seoul(at))).toBe(until && seoul(until))
})

const template: KakaoTemplate = {
  profile: 'P',
  code: 'T',
  name: '주문',
  content: '#{이름}님, 주문됐어요.',
  buttons: [{ type: 'WL', name: '보기', mobileUrl: 'https://a.kr/#{번호}' }],
  status: 'approved',
}
const alimtalk: Alimtalk = {
  channel: 'kakao',
  kind: 'alimtalk',
  shop: 1,
  message: 1,
  key: '1.1.1',
  advertising: false,
  at: seoul('2026-11-23T22:00:00'),
  profile: 'P',
  to: '+821012345678',
  template: 'T',
  variables: { 이름: '김하늘', 번호: '7' },
  text: '김하늘님, 주문됐어요.',
  buttons: [{ type: 'WL', name: '보기', mobileUrl: 'https://a.kr/7' }],
}

test('what differs from the approved template in a single character is not sent', () => {
  expect(alimtalkFault(template, alimtalk)).toBeUndefined()
  expect(alimtalkFault(template, { ...alimtalk, text: `${alimtalk.text} ` })).toBe('changed')
  expect(alimtalkFault(template, { ...alimtalk, buttons: [] })).toBe('changed')
  expect(alimtalkFault(template, { ...alimtalk, variables: { 이름: '김하늘' } })).toBe('changed')
  expect(alimtalkFault({ ...template, status: 'stopped' }, alimtalk)).toBe('stopped')
  expect(alimtalkFault(undefined, alimtalk)).toBe('unknown')
})

test('nothing of it reaches the provider, and the reason does reach the marketer', async () => {
  const sent: unknown[] = []
  const provider: Provider<Alimtalk | BrandMessage> = {
    name: 'solapi',
    reportsDelivery: true,
    send: async (parcel) => {
      sent.push(parcel)
      return { kind: 'accepted', providerId: 'M' }
    },
    lookUp: async () => ({ kind: 'unknown' }),
    close: async () => undefined,
  }
  let known: KakaoTemplate | undefined = template
  const guarded = watched(provider, async () => known)
  expect(await guarded.send(alimtalk)).toMatchObject({ kind: 'accepted' })
  known = { ...template, status: 'stopped' }
  expect(await guarded.send(alimtalk)).toMatchObject({
    kind: 'permanent',
    cause: 'template_mismatch',
    detail: expect.stringContaining('사용이 중지'),
  })
  const brand: BrandMessage = {
    ...alimtalk,
    kind: 'brand',
    advertising: true,
    bubble: 'TEXT',
    image: null,
    imageUrl: null,
    coupon: null,
    buttons: [],
  }
  expect(await guarded.send(brand)).toMatchObject({
    kind: 'temporary',
    retryAt: seoul('2026-11-24T08:00:00'),
  })
  expect(sent).toHaveLength(1)
})
