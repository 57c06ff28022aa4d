import { describe, expect, test } from 'vitest'
import type { PlatformOrder } from '../platform/rows.ts'
import { amountOf, momentOf, nameOf } from './cells.ts'
import { dayWatch, yearFirst } from './day-order.ts'
import { cellText, isDateFormat } from './excel-cell.ts'
import { recognise } from './layout.ts'
import { lineState } from './order-state.ts'
import { fileReader } from './understood.ts'

const zone = 'Asia/Seoul'
const now = Date.UTC(2026, 10, 22)
const won = (amount: number) => amount * 10_000
const seoul = (text: string) => Date.parse(`${text}+09:00`)

function read(table: string) {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split('|'))
  const found = recognise(rows)
  if (!found) throw new Error('not recognised')
  const reader = fileReader(found.kind, {
    ...found,
    ...{ zone, currency: 'KRW', now },
    days: dayWatch([]).read(undefined),
    pseudonym: (text) => `#${text.length}`,
    contactId: (kind, text) => `${kind}:${text}`,
  })
  rows.slice(found.headingsAt + 1).forEach((cells, index) => {
    reader.take(index + found.headingsAt + 2, cells)
  })
  const { rows: objects, ...rest } = reader.end()
  return { found, objects, orders: objects as readonly PlatformOrder[], ...rest }
}

describe('what shops export is known by its headings', () => {
  test('Cafe24: an order of two lines, its coupon and points spread as what was taken off the whole', () => {
    const { found, orders } = read(`
      주문번호|품목별 주문번호|주문일시|결제일시(입금확인일)|총 결제금액(KRW)|총 배송비(KRW)|주문자명|주문자ID|주문자 휴대전화|주문자 이메일|상품번호|주문상품명|상품옵션|수량|판매가|상품별 추가할인금액|주문 상태|주문경로
      20261101-0000012|20261101-0000012-01|2026-11-01 23:30:05|2026-11-01 23:31:00|41,000원|3,000|김하늘님|sky|1012345678|sky@naver.com|11|순면 티셔츠|색상=흰색|2|15,000|1,000|배송 완료|모바일웹
      20261101-0000012|20261101-0000012-02|2026-11-01 23:30:05|2026-11-01 23:31:00|41,000원|3,000|김하늘님|sky|1012345678|sky@naver.com|12|양말||1|10,000|0|배송 완료|모바일웹
    `)
    expect(found).toMatchObject({ kind: 'orders', layout: 'cafe24', headingsAt: 0 })
    expect(orders).toMatchObject([
      {
        id: '20261101-0000012',
        orderedAt: seoul('2026-11-01T23:30:05'),
        paidAt: seoul('2026-11-01T23:31:00'),
        cancelledAt: null,
        memberId: 'sky',
        buyer: { name: '김하늘', phone: '+821012345678', email: 'sky@naver.com' },
        lines: [
          { productId: '11', quantity: 2, unitPrice: won(15_000), discount: won(1_000) },
          { productId: '12', quantity: 1, unitPrice: won(10_000), discount: 0 },
        ],
        deliveryFee: won(3_000),
        // 29,000 + 10,000 + 3,000 of delivery; 41,000 were paid.
        orderDiscount: won(1_000),
        paidAmount: won(41_000),
        refunds: [],
        channel: null,
      },
    ])
  })

  test('Cafe24: unpaid, cancelled, Naver Pay, and a line sent back with its share of the coupon', () => {
    const { orders, understood } = read(`
      주문번호|품목별 주문번호|주문일시|결제일시(입금확인일)|총 결제금액(KRW)|주문자ID|주문자 휴대전화|상품번호|주문상품명|수량|판매가|주문 상태|주문경로|환불완료일
      A1|A1-1|2026-11-02 09:00||10000||010-1111-2222|1|컵|1|10000|입금전|PC쇼핑몰|
      A2|A2-1|2026-11-02 10:00||10000|kim|010-1111-3333|1|컵|1|10000|입금전 취소 - 관리자|PC쇼핑몰|
      A3|A3-1|2026-11-02 11:00|2026-11-02 11:00|27000|lee|0504-1234-5678|1|컵|1|10000|배송중|네이버 페이|
      A3|A3-2|2026-11-02 11:00|2026-11-02 11:00|27000|lee|0504-1234-5678|2|접시|1|20000|반품완료|네이버 페이|2026-11-10
      A4|A4-1|2026-11-03 11:00|2026-11-03 11:00|10000|lee||1|컵|1|10000|취소요청|PC쇼핑몰|
    `)
    expect(
      orders.map(({ id, paidAt, cancelledAt }) => [id, paidAt !== null, cancelledAt !== null]),
    ).toEqual([
      ['A1', false, false],
      ['A2', false, true],
      ['A3', true, false],
      ['A4', true, false],
    ])
    expect(orders[2]).toMatchObject({
      channel: 'naver_pay',
      orderDiscount: won(3_000),
      refunds: [{ id: 'A3-2', at: seoul('2026-11-10T00:00:00'), amount: won(18_000) }],
    })
    expect(understood).toMatchObject({
      rows: 5,
      objects: 4,
      orders: { paid: 2, unpaid: 1, cancelled: 1, refunds: 1, naverPay: 1, guests: 1 },
    })
    expect(understood.notes).toContain('safe_numbers')
  })

  test('SmartStore, below its notice: buyers are told apart and nothing of them is kept', () => {
    const { found, orders, understood } = read(`
      개인정보가 포함된 파일입니다|
      상품주문번호|주문번호|주문일시|주문상태|클레임상태|상품번호|상품명|옵션정보|수량|상품가격|옵션가격|상품별 할인액|최종 상품별 총 주문금액|배송비 합계|구매자명|구매자ID|구매자연락처|결제일
      2026110212345671|2026110212345670|2026-11-02 12:00:00|배송완료||77|장바구니|색상: 검정|2|10000|500|1000|20000|3000|김하늘|sky1****|010-1234-5678|2026-11-02 12:01:00
      2026110312345671|2026110312345670|2026-11-03 12:00:00|취소|취소완료|77|장바구니|색상: 검정|1|10000|500|0|10500|3000|박바다|sea****|010-1234-9999|2026-11-03 12:01:00
    `)
    expect(found).toMatchObject({ layout: 'smartstore', kind: 'orders', headingsAt: 1 })
    expect(orders[0]).toMatchObject({
      channel: 'smartstore',
      memberId: 'smartstore:#13',
      buyer: { name: null, email: null, phone: null },
      lines: [{ unitPrice: won(10_500), discount: won(1_000) }],
      paidAmount: won(23_000),
    })
    expect(orders[1]?.cancelledAt).not.toBeNull()
    expect(understood.notes).toContain('analytics_only')
  })

  test('Imweb: merged cells below the first line of an order', () => {
    const { found, orders } = read(`
      판매채널|주문번호|주문상태|총 품목합계금액|총 합계 할인금액|총 합계 배송비|최종주문금액|주문자 이름|주문자 이메일|주문자 번호|주문섹션품목번호|구매수량|상품명|옵션명|판매가|품목실결제가|주문일|상품고유번호
      자사몰|202611020001|거래종료|30000|2000|2500|30500|김하늘|sky@naver.com|01012345678|S1|1|머그컵||10000|9000|2026-11-02 10:00|501
      |||||||||||1|접시||20000|19000||502
    `)
    expect(found.layout).toBe('imweb')
    expect(orders).toMatchObject([
      {
        id: '202611020001',
        lines: [{ productId: '501' }, { productId: '502' }],
        deliveryFee: won(2_500),
        orderDiscount: 0,
        paidAmount: won(30_500),
      },
    ])
  })

  test('members, and consents that come with them', () => {
    const { found, objects } = read(`
      아이디|이름|휴대전화|이메일|회원등급|회원가입일|성별|생년월일|SMS 수신여부|뉴스메일 수신여부
      sky|김하늘 님|1012345678|SKY@Naver.com|VIP|2025.3.1|여|1990-03-01|T|F
      |이름만|010-1||||||T|T
    `)
    expect(found).toMatchObject({ kind: 'members', layout: 'cafe24', hasConsents: true })
    expect(objects).toMatchObject([
      {
        id: 'sky',
        name: '김하늘',
        phone: '+821012345678',
        email: 'SKY@naver.com',
        joinedAt: seoul('2025-03-01T00:00:00'),
        traits: { grade: 'VIP', gender: 'female', birthday: '1990-03-01' },
        consents: [],
      },
    ])
  })

  test('consents alone', () => {
    const { found } = read(`
      이메일|휴대폰|이메일 수신동의|SMS 수신동의|동의일시
      sky@naver.com|01012345678|Y|N|2026-03-01
    `)
    expect(found).toMatchObject({ kind: 'consents', hasConsents: true, headingsAt: 0 })
  })

  test('products, and what makes no table at all', () => {
    const { found, objects } = read(`
      상품코드|상품명|판매가|상품분류|재고수량|판매상태
      P1|머그컵|₩12,000|주방 > 컵|5|판매함
      P2|접시|무료|주방||품절
    `)
    expect(found.kind).toBe('products')
    expect(objects).toMatchObject([
      { id: 'P1', price: won(12_000), category: '주방/컵', stock: 5, sellable: true },
    ])
    expect(recognise([['안녕하세요'], ['1', '2']])).toBeUndefined()
  })
})

test('lines that say nothing are left out with their reason, and the same line twice counts once', () => {
  const { objects, understood, leftOut } = read(`
    주문번호|품목주문번호|주문일|상품명|수량|판매가
    1|1-1|2026-11-01|컵|1|1,000
    1|1-1|2026-11-01|컵|1|1,000
    2|2-1|2026-11-01|컵|한 개|1,000
    3|3-1|2026-11-01|컵|1|천원
    4|4-1|언젠가|컵|1|1,000
    5|5-1|2026-11-01||1|1,000
    6|6-1|2027-11-01|컵|1|1,000
    합계|||||4,000
  `)
  expect(objects).toHaveLength(1)
  expect(understood.faults).toEqual({
    doubled: 1,
    bad_quantity: 1,
    bad_amount: 1,
    no_date: 1,
    no_product: 1,
    future_date: 1,
    sum: 1,
  })
  expect(leftOut).toHaveLength(7)
})

test.each([
  ['12,345원', won(12_345)],
  ['₩ 1,000', won(1_000)],
  ['１２，０００', won(12_000)],
  ['12.5', won(12.5)],
  ['(3,000)', won(-3_000)],
  ['-0', 0],
  ['천원', undefined],
  ['', undefined],
])('the amount %j', (cell, amount) => {
  expect(amountOf(cell)).toBe(amount)
})

test.each([
  ['2026-11-22 09:00:00', '2026-11-22T09:00:00'],
  ['2026.11.22', '2026-11-22T00:00:00'],
  ['26-11-22 09:00', '2026-11-22T09:00:00'],
  ['2026/11/22(일) 오후 2:05', '2026-11-22T14:05:00'],
  ['20261122', '2026-11-22T00:00:00'],
  ['11/22/2026 09:00', '2026-11-22T09:00:00'],
  ['46348.375', '2026-11-22T09:00:00'],
])('the moment %j', (cell, local) => {
  expect(momentOf(cell, zone)).toBe(seoul(local))
})

test('a name is what somebody is called', () => {
  expect(['김하늘 님', '김하늘고객님', '-', '미입력'].map(nameOf)).toEqual([
    '김하늘',
    '김하늘',
    undefined,
    undefined,
  ])
})

test.each([
  ['배송 완료', 'paid'],
  ['거래종료', 'paid'],
  ['입금전', 'unpaid'],
  ['입금전 취소 - 자동', 'cancelled'],
  ['취소 완료', 'cancelled'],
  ['취소안함', 'paid'],
  ['반품 신청', 'paid'],
  ['반품완료', 'returned'],
  ['교환완료', 'paid'],
  ['partially_refunded', 'paid'],
  ['', undefined],
])('the state %j', (cell, state) => {
  expect(lineState(cell)).toBe(state)
})

test('cells of a workbook come as text: days by their format, long numbers whole', () => {
  const text = (type: string, value: string, isDate = false) =>
    cellText({ type, value, isDate, is1904: false })
  expect(text('', '46348.375', true)).toBe('2026-11-22 09:00:00')
  expect(text('', '1.012345678E9')).toBe('1012345678')
  expect(text('', '0.30000000000000004')).toBe('0.3')
  expect(text('e', '#REF!')).toBe('')
  expect(isDateFormat(14, undefined)).toBe(true)
  expect(isDateFormat(176, 'yyyy"년" m"월" d"일"')).toBe(true)
  expect(isDateFormat(164, '#,##0_ ;[Red]\\-#,##0\\ ')).toBe(false)
  expect(isDateFormat(165, '"₩"#,##0')).toBe(false)
})

describe('days that begin with no year', () => {
  const read = (columns: readonly (readonly string[])[], chosen?: 'day' | 'month') => {
    const watch = dayWatch(columns.map((_, at) => at))
    const lines = Math.max(...columns.map((column) => column.length))
    for (let line = 0; line < lines; line++) watch.note(columns.map((column) => column[line] ?? ''))
    const days = watch.read(chosen)
    return { orders: columns.map((_, at) => days.of(at)), unsettled: days.unsettled }
  }
  test('one above the twelfth settles its whole column, wherever it stands', () => {
    expect(read([['03/04/2026', '05/04/2026', '23/04/2026']])).toEqual({
      orders: ['day'],
      unsettled: undefined,
    })
    expect(read([['03/04/2026 10:00', '04/23/2026 10:00']])).toMatchObject({ orders: ['month'] })
    expect(read([['3.4.2026']])).toEqual({ orders: ['day'], unsettled: undefined })
  })

  test('a column without one is settled by the others where they agree', () => {
    expect(read([['03/04/2026'], ['23/04/2026']])).toEqual({
      orders: ['day', 'day'],
      unsettled: undefined,
    })
    expect(read([['03/04/2026'], ['23/04/2026'], ['04/23/2026']])).toEqual({
      orders: ['month', 'day', 'month'],
      unsettled: '03/04/2026',
    })
  })

  test('what nothing settles is said, and read as somebody chose', () => {
    expect(read([['03/04/2026', '2026-01-31']])).toEqual({
      orders: ['month'],
      unsettled: '03/04/2026',
    })
    expect(read([['03/04/2026']], 'day')).toEqual({ orders: ['day'], unsettled: '03/04/2026' })
    // The same day both ways, and a column that says both, leave nothing to choose or everything.
    expect(read([['04/04/2026']]).unsettled).toBeUndefined()
    expect(read([['23/04/2026', '04/23/2026', '03/04/2026']])).toEqual({
      orders: ['month'],
      unsettled: '03/04/2026',
    })
  })

  test('a day is read in the order of its column, and by itself where only one will do', () => {
    expect(momentOf('03/04/2026 09:30', zone, 'day')).toBe(seoul('2026-04-03T09:30:00'))
    expect(momentOf('03/04/2026 09:30', zone)).toBe(seoul('2026-03-04T09:30:00'))
    expect(momentOf('23-11-2026', zone)).toBe(seoul('2026-11-23T00:00:00'))
    expect(yearFirst('20261123', 'day')).toBe('20261123')
    expect(yearFirst('26/11/23', 'day')).toBe('26/11/23')
  })
})

test('Cafe24 leaves ids out of the members it exports unless somebody asks for them', () => {
  const { found, objects } = read(`
    이름|회원등급|나이|이메일|휴대폰번호|총 사용 적립금|사용가능 적립금|회원 가입일
    김하늘|일반회원|30|sky@naver.com|010-1234-5678|0|1,000|2026-01-02
  `)
  expect(found).toMatchObject({ kind: 'members', layout: 'cafe24' })
  expect(objects).toMatchObject([
    { name: '김하늘', joinedAt: seoul('2026-01-02T00:00:00'), traits: { grade: '일반회원' } },
  ])
})

test('a file of members without ids knows them by phone, or else by e-mail, and never by a lent number', () => {
  const { found, objects, leftOut, understood } = read(`
    이름|휴대폰|이메일|가입일
    김하늘|010-1234-5678|sky@naver.com|2026-01-02
    박바다||sea@naver.com|2026-01-03
    이안심|0504-1234-5678|safe@naver.com|2026-01-04
    최안심|0504-1234-5678||2026-01-05
  `)
  expect(found).toMatchObject({ kind: 'members' })
  expect(objects).toMatchObject([
    { id: 'phone:+821012345678', byContact: true },
    { id: 'email:sea@naver.com' },
    { id: 'email:safe@naver.com' },
  ])
  expect(leftOut).toMatchObject([{ fault: 'no_person' }])
  expect(understood.notes).toEqual(['no_member_ids', 'safe_numbers'])
})

test('answers with names, and no word of joining, are consents and nobody’s joining', () => {
  const kindOf = (headings: string) =>
    recognise([headings.split('|'), headings.split('|').map(() => 'x')])?.kind
  expect(kindOf('이메일|휴대폰|이름|채널|동의여부|동의일시')).toBe('consents')
  expect(kindOf('이메일|이름|가입일|이메일 수신여부')).toBe('members')
  expect(kindOf('아이디|이름|이메일 수신여부')).toBe('members')
})
