import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { eventNoun } from './noun.ts'
import { eventDetail, eventName } from './sentence.ts'

const languages = ['ko', 'en'] as const

/** Event names that stand in the source of a folder as something that is told. */
function toldIn(folder: string): readonly string[] {
  const place = new URL(`../../../${folder}/`, import.meta.url)
  const files = readdirSync(place, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !/\.(test|contract)\./.test(file))
    .flatMap((file) => [
      ...readFileSync(new URL(file, place), 'utf8').matchAll(
        /(?:event: |name: |tell\(|track\()'([A-Z][a-z]+(?: [A-Za-z]+)+)'/g,
      ),
    ])
    .flatMap(([, name]) => name ?? [])
}

describe('an event in words', () => {
  const fromPages = new Set(toldIn('sdk/src'))

  test('every event that the script on the shop’s pages sends has words in both languages', () => {
    expect([...fromPages]).toEqual(
      expect.arrayContaining([
        ...['Page Left', 'Page Viewed', 'Signed Out'],
        ...['Promotion Viewed', 'Promotion Clicked', 'Promotion Dismissed', 'Promotion Blocked'],
      ]),
    )
    for (const name of fromPages)
      for (const language of languages) {
        expect(eventName(name, language)).not.toBe(name)
        expect(eventNoun(name, language)).not.toBe(name)
      }
  })

  test('so has every event that a shop’s dataLayer is translated into, and that the server itself tells', () => {
    const others = [...toldIn('server/src/events'), ...toldIn('server/src/messages')]
    others.push(...toldIn('server/src/connect/platform'))
    const known = others.filter((name) =>
      /^(Product|Order|Cart|Checkout|Message|Visit|Coupon|Points)/.test(name),
    )
    expect(known.length).toBeGreaterThan(15)
    for (const name of known)
      for (const language of languages) expect(eventName(name, language)).not.toBe(name)
  })

  test('points say what came or went and what is left, and a coupon its name', () => {
    const spent = { points_change: -300, points_balance: 1_700 }
    const detail = (said: object, language: (typeof languages)[number]) =>
      eventDetail({ ...said }, { currency: 'KRW', language })
    expect(detail(spent, 'ko')).toBe('-300 · 남은 적립금 1,700')
    expect(detail({ ...spent, points_change: 300 }, 'en')).toBe('+300 · 1,700 points left')
    expect(detail({ coupon_id: '6', coupon_name: '생일 쿠폰' }, 'ko')).toBe('생일 쿠폰')
  })

  test('a page that was left says how long somebody was there and how far they saw', () => {
    const left = { path: '/p/mug', engaged_seconds: 32.4, scroll_percent: 80 }
    const detail = (language: (typeof languages)[number]) =>
      eventDetail(left, { currency: 'KRW', language })
    expect(detail('ko')).toBe('/p/mug · 32초 · 80%까지 봄')
    expect(detail('en')).toBe('/p/mug · 32 s · seen to 80%')
  })
})
