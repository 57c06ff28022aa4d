import { expect, test } from 'vitest'
import { brandOf } from '../../../../server/src/messages/brand.ts'
import { compileOnsite } from '../../../../server/src/messages/onsite/compile.ts'
import { OnsiteContent } from '../../../../server/src/messages/onsite/content.ts'
import { begunOnsite, startGroup, starts } from './starts.ts'

const end = Date.UTC(2026, 10, 30)
const brand = brandOf({})

test.each(['ko', 'en'] as const)('every start in %s can go live as it stands', (language) => {
  for (const start of starts) {
    const content = OnsiteContent.parse(begunOnsite(start, { language, end }))
    const about = { brand, carriesCoupon: content.parts.some(({ kind }) => kind === 'coupon') }
    expect([start, compileOnsite(content, { purpose: 'advertising' }, about)]).toEqual([
      start,
      expect.objectContaining({ kind: 'ok' }),
    ])
  }
})

test('those of one heading stand together', () => {
  const headings = starts.map((start) => startGroup(start, 'ko'))
  const changes = headings.filter((one, at) => one !== headings[at - 1])
  expect(changes).toEqual(['주문까지 가는 길', '프로모션', '물어보기'])
})
