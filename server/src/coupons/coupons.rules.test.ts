import { describe, expect, test } from 'vitest'
import { codeKey, codeKeysIn, codeLetters, codesInText, readableCode } from './code.ts'
import {
  type CouponRow,
  type Discount,
  expiryOf,
  mostOff,
  type Pool,
  stateAt,
  takenOff,
} from './coupon.ts'
import { mostItCosts } from './most-cost.ts'
import { PoolDraft } from './pool-draft.ts'
import { planRedeeming, type Use } from './redeeming.ts'
import { benefitWords, conditionWords, poolSentence } from './sentence.ts'
import { shelf } from './shelf.ts'

const hour = 3_600_000
const day = 24 * hour
const amount = { kind: 'amount', amount: 50_000_000 } as const
const tenPercent = { kind: 'percent', percent: 10, most: 50_000_000 } as const
const pool: Pool = {
  id: 1,
  name: '첫 구매',
  discount: amount,
  minOrder: 300_000_000,
  validHours: 48,
  endsAt: null,
  total: null,
  perPerson: { count: 1, days: 90 },
  firstOrderOnly: false,
  scope: null,
  codes: 'generated',
  prefix: 'DG',
  sharedCode: null,
  codeChars: 10,
  givesBack: true,
  state: 'open',
}
const korean = { language: 'ko', currency: 'KRW', timeZone: 'Asia/Seoul' } as const

test('a pool is said in a sentence that a marketer checks at a glance', () => {
  expect(poolSentence(pool, korean)).toBe(
    '5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번',
  )
  const limited = {
    ...pool,
    discount: tenPercent,
    minOrder: 350_000_000,
    validHours: 168,
    endsAt: Date.UTC(2026, 11, 24, 14, 59),
    total: 1_000,
  }
  expect(poolSentence(limited, korean)).toBe(
    '10% 할인(최대 5,000원), 35,000원 이상 주문, 발급 후 7일, 12월 24일 23:59까지, 1인 90일에 1번, 1,000장 한정',
  )
  // In English the dashboard writes won as everywhere in it, the message as everywhere in messages.
  expect(poolSentence(pool, { ...korean, language: 'en' })).toBe(
    '₩5,000 off, orders from ₩30,000, 48 hours after issue, 1 a person in 90 days',
  )
  expect(poolSentence({ ...pool, perPerson: { count: 1, days: 3_650 } }, korean)).toBe(
    '5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 1번',
  )
  expect(benefitWords(amount, { language: 'en', currency: 'KRW' })).toBe('5,000원 off')
  expect(poolSentence(limited, { ...korean, language: 'en', currency: 'GBP' })).toBe(
    '10% off (up to £5,000.00), orders from £35,000.00, 7 days after issue, until 2026-12-24 23:59, 1 a person in 90 days, 1,000 in all',
  )
})

test('what it may cost is the most one takes off, for no more people than there are pieces', () => {
  expect(mostItCosts({ discount: tenPercent, remaining: 10 }, 1_000)).toBe(500_000_000)
  expect(mostItCosts({ discount: amount, remaining: null }, 3)).toBe(150_000_000)
  expect(mostItCosts({ discount: { kind: 'shipping', worth: 30_000_000 }, remaining: 0 }, 3)).toBe(
    0,
  )
})

test.each<[Discount, bigint, bigint]>([
  [amount, 400_000_000n, 50_000_000n],
  [amount, 30_000_000n, 30_000_000n],
  [tenPercent, 123_450_000n, 12_345_000n],
  [tenPercent, 9_000_000_000n, 50_000_000n],
  [tenPercent, 5n, 1n],
  [{ kind: 'shipping', worth: 30_000_000 }, 0n, 30_000_000n],
])('%j takes off an order of %s: %s, never more than the most', (discount, goods, off) => {
  expect(takenOff(discount, goods)).toBe(off)
  expect(takenOff(discount, goods)).toBeLessThanOrEqual(BigInt(mostOff(discount)))
})

test('a coupon ends when the first of its limits does, and expires without anything running', () => {
  const end = 10 * day
  expect(expiryOf({ validHours: 48, endsAt: null }, day)).toBe(3 * day)
  expect(expiryOf({ validHours: 48, endsAt: end }, 9 * day)).toBe(end)
  expect(expiryOf({ validHours: null, endsAt: null }, day)).toBeNull()
  expect(stateAt({ state: 'issued', expiresAt: 5 }, 4)).toBe('issued')
  expect(stateAt({ state: 'issued', expiresAt: 5 }, 5)).toBe('expired')
  expect(stateAt({ state: 'redeemed', expiresAt: 5 }, 9)).toBe('redeemed')
})

describe('codes', () => {
  test('use no letter that is read as another', () => {
    expect(codeLetters).toHaveLength(32)
    expect(codeLetters).not.toMatch(/[IO01]/)
    const code = readableCode(
      'DG',
      Uint8Array.from({ length: 8 }, (_, at) => at * 33),
    )
    expect(code).toMatch(/^DG[A-HJ-NP-Z2-9]{8}$/)
  })

  test('are the same however they are typed', () => {
    expect(codeKey(' dgabcd22 ')).toBe('DGABCD22')
    expect(codeKey('가을')).toBe(codeKey('가을'.normalize('NFD')))
    expect(codeKeysIn('dgabcd22, DGABCD22;autumn|')).toEqual(['DGABCD22', 'AUTUMN'])
  })

  test('of a list are read line by line; headings, doubles and what is none are told', () => {
    const text = '\uFEFF쿠폰번호,상태\r\nAB12-CD,미사용\r\n"EF34",미사용\n\nab12-cd\n오늘만!\n'
    expect(codesInText(text)).toEqual({
      codes: ['AB12-CD', 'EF34'],
      refused: [
        { line: 5, value: 'ab12-cd', reason: 'twice' },
        { line: 6, value: '오늘만!', reason: 'not_a_code' },
      ],
    })
  })
})

describe('the shelf', () => {
  const laid = (more: Partial<Pool> & { left?: number | null }, had: readonly number[] = []) =>
    shelf({
      pools: [{ ...pool, left: null, ...more }],
      had: had.map((at) => ({ pool: 1, customer: 7, at })),
      ids: [101, 102, 103],
      now: 100 * day,
    })
  const taking = { pool: 1, causeKey: 'a', campaign: null, message: null }

  test('gives no more than are left, and counts what it gave in the same breath', () => {
    const one = laid({ left: 1 })
    expect(one.look({ pool: 1, customer: 7 })).toBe('available')
    expect(one.take({ ...taking, customer: 7 })).toBe(101)
    expect(one.look({ pool: 1, customer: 8 })).toBe('gone')
  })

  test('a person gets one in 90 days; the day after that another', () => {
    expect(laid({}, [10 * day + 1]).look({ pool: 1, customer: 7 })).toBe('had')
    expect(laid({}, [10 * day]).look({ pool: 1, customer: 7 })).toBe('available')
    const fresh = laid({})
    fresh.take({ ...taking, customer: 7 })
    expect(fresh.look({ pool: 1, customer: 7 })).toBe('had')
    expect(fresh.look({ pool: 1, customer: 8 })).toBe('available')
  })

  test('an archived, ended or unknown pool has nothing', () => {
    const asked = { pool: 1, customer: 7 }
    expect(laid({ state: 'archived' }).look(asked)).toBe('gone')
    expect(laid({ endsAt: 100 * day }).look(asked)).toBe('gone')
    expect(laid({}).look({ ...asked, pool: 2 })).toBe('gone')
  })
})

describe('an order', () => {
  const use: Use = {
    order: 'o1',
    customer: 7,
    codeKeys: ['A'],
    at: 5,
    position: 9,
    goods: 400_000_000n,
  }
  const row: CouponRow = {
    id: 1,
    pool: 1,
    customer: 7,
    causeKey: 'x',
    message: null,
    code: 'A',
    codeKey: 'A',
    state: 'issued',
    issuedAt: 1,
    expiresAt: null,
    orderId: null,
  }
  const everybody = { ...pool, id: 2, codes: 'shared', sharedCode: 'ALL' } as const
  const pools = new Map<number, Pool>([
    [1, pool],
    [2, everybody],
  ])
  const desk = { own: [row], sharing: new Map([['ALL', 2]]), held: [], before: [], pools }

  test('uses a coupon once; another order that names it does not', () => {
    const planned = planRedeeming(desk, [use, { ...use, order: 'o2' }])
    expect(planned).toMatchObject([{ kind: 'held', takenOff: 50_000_000, use: { order: 'o1' } }])
    expect(planRedeeming({ ...desk, own: [{ ...row, state: 'redeemed' }] }, [use])).toEqual([])
  })

  test('uses a coupon that has ended or was taken back: the shop gave the discount', () => {
    for (const given of [{ expiresAt: 1 }, { state: 'released' }] as const) {
      expect(planRedeeming({ ...desk, own: [{ ...row, ...given }] }, [use])).toHaveLength(1)
    }
  })

  test("with everybody's code uses the buyer's own coupon, or none; told again it uses nothing more", () => {
    const shared = { ...use, codeKeys: ['ALL'] }
    const mine = { ...row, id: 5, pool: 2, codeKey: null }
    expect(planRedeeming({ ...desk, held: [mine] }, [shared])).toMatchObject([{ row: { id: 5 } }])
    expect(planRedeeming(desk, [shared])).toMatchObject([{ kind: 'bare', causeKey: 'order:2:o1' }])
    const before = [{ ...mine, orderId: 'o1' }]
    expect(planRedeeming({ ...desk, before }, [shared])).toEqual([])
  })
})

describe('a coupon for some orders only', () => {
  const lines = [
    { product: 'p1', category: '의류/니트', goods: 300_000_000n },
    { product: 'p2', category: null, goods: 100_000_000n },
  ]
  const use: Use = {
    order: 'o1',
    customer: 7,
    codeKeys: ['ALL'],
    at: 5,
    position: 9,
    goods: 400_000_000n,
    lines,
    isFirst: false,
  }
  const tenth = { kind: 'percent', percent: 10, most: 1_000_000_000 } as const
  const judge = (of: Partial<Pool>, by: Partial<Use> = {}) => {
    const shared = { ...pool, discount: tenth, codes: 'shared', sharedCode: 'ALL', ...of } as const
    const pools = new Map<number, Pool>([[1, shared]])
    const desk = { own: [], sharing: new Map([['ALL', 1]]), held: [], before: [], pools }
    const [one] = planRedeeming(desk, [{ ...use, ...by }])
    return one && [one.takenOff, one.against]
  }

  test('takes off from what it is for alone, below a category too', () => {
    expect(judge({})).toEqual([40_000_000, null])
    expect(judge({ scope: { categories: ['의류'], products: [] } })).toEqual([30_000_000, null])
    expect(judge({ scope: { categories: [], products: ['p2'] } })).toEqual([10_000_000, null])
  })

  test('is used all the same where it should not have been, and that is said', () => {
    const shoes = { categories: ['신발'], products: ['p9'] }
    expect(judge({ scope: shoes })).toEqual([40_000_000, 'not_in_scope'])
    expect(judge({ firstOrderOnly: true })).toEqual([40_000_000, 'not_first'])
    expect(judge({ firstOrderOnly: true }, { isFirst: true })).toEqual([40_000_000, null])
  })

  test('is given to nobody who has ordered', () => {
    const first = { ...pool, firstOrderOnly: true, perPerson: null, left: null }
    const on = shelf({ pools: [first], had: [], ordered: new Set([7]), ids: [], now: 0 })
    expect([7, 8].map((customer) => on.look({ pool: first.id, customer }))).toEqual([
      'not_first',
      'available',
    ])
  })

  test('says so', () => {
    const scope = { categories: ['의류/니트', '신발'], products: ['p1', 'p2'] }
    const said = (language: 'ko' | 'en', of: Partial<Pool>) =>
      conditionWords({ ...pool, ...of }, { language })
    expect(said('ko', { firstOrderOnly: true, scope })).toBe(
      '첫 주문에만, 니트·신발, 지정 상품 2개에만',
    )
    expect(said('ko', { scope: { categories: ['신발'], products: [] } })).toBe('신발 상품에만')
    expect(said('en', { firstOrderOnly: true, scope })).toBe(
      'first orders only, only for 니트, 신발 and 2 chosen products',
    )
    expect(said('ko', {})).toBe('')
  })
})

test('an amount that could only be kept as nothing is refused, naming the field', () => {
  const draft = {
    name: '쿠폰',
    codes: { kind: 'generated' },
    discount: { kind: 'amount', amount: 0.00001 },
  }
  const told = PoolDraft.safeParse(draft).error?.issues[0]
  expect(told?.path).toEqual(['discount', 'amount'])
})
