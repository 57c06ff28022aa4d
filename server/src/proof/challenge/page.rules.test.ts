import { expect, test } from 'vitest'
import type { EffectReport } from '../effect-report.ts'
import { emptyNote, isExposed, isFixedBefore, mayPropose } from './note.ts'
import { challengeMail, challengePage } from './page.ts'
import { differenceText } from './parts.ts'
import type { Told } from './told.ts'
import { whomText, windowText } from './whom.ts'

const main = {
  metric: 'purchase',
  measure: 'rate',
  effect: {
    confidence: 0.95,
    people: { treatment: 4_120, holdout: 458 },
    means: { treatment: 0.068, holdout: 0.05 },
    difference: { value: 0.018, low: -0.003, high: 0.039 },
    ratio: null,
    probability: 0.94,
    varianceLeft: 1,
    needsMore: 1_200,
    verdict: 'open',
  },
  total: null,
} as const
const effect = {
  metric: 'purchase',
  windowHours: 168,
  outcomes: [main],
  firstOrders: null,
  guards: [],
  segments: [],
  days: [],
  open: 12,
  mixed: 0,
  isMixedMuch: false,
  isMismatched: false,
  shares: [0.1],
  perWeek: 300,
  cap: null,
  margin: null,
  sending: 0,
  credit: {
    lastTouch: { orders: 0, revenue: 0 },
    click: { orders: 0, revenue: 0 },
    coupon: { orders: 0, revenue: 0 },
  },
} satisfies EffectReport

const told: Told = {
  shop: { name: '온샵', currency: 'KRW' },
  campaign: { name: '첫 구매 추천 팝업', isDraft: false },
  note: {
    ...emptyNote,
    hypothesis: '머그컵으로 시작한 고객은 다시 와요.',
    target: 2,
    company: '온샵',
  },
  metric: 'purchase',
  proposedOn: '2026-11-01 09:30',
  startedOn: '2026-11-02 10:00',
  isFixedBefore: true,
  whom: '모든 페이지에서 바로',
  what: ['상점 화면의 슬라이드: ‘이 상품부터 써 보세요’', '머그컵, 녹차 (보이는 순서는 무작위)'],
  window: '7일',
  shares: [0.2],
  isOnPage: true,
  exposure: { days: 5, people: 130, pressed: 31 },
  effect,
  before: {
    now: { people: 300, buyers: 60, repeaters: 30 },
    past: { people: 8, buyers: 2, repeaters: 0 },
    event: 'Signed Up',
    followed: '7일',
  },
  countedOn: '2026-11-22 08:00',
  toldOn: '2026-11-22 09:00',
}
const words = (page: string) =>
  page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('the report tells both groups, the interval, and that it is not certain yet', () => {
  const page = words(challengePage(told))
  expect(page).toContain('보여주기로 한 사람 4,120명 6.8 % 대조군 458명 5.0 %')
  expect(page).toContain('차이 +1.8%p (매일 봐도 괜찮은 구간 -0.3%p ~ +3.9%p)')
  expect(page).toContain('아직 확실하지 않아요. 30 %쯤 늘리는 효과라면 1,200명 더 필요해요.')
  expect(page).toContain('2026-11-01 09:30에 적었고, 2026-11-02 10:00에 캠페인을 켤 때 고정됐어요.')
  expect(page).toContain(
    '실제로 본 사람 130명 (기준 100명) 누른 사람 (기록) 31명 증명 기준 채웠어요',
  )
  expect(page).toContain('이 차이는 캠페인의 효과라고 말할 수 없어요')
})

test('small numbers are hidden from strangers', () => {
  const page = words(challengePage(told))
  expect(page).toContain('캠페인 기간 300명 20.0 % 10.0 % 바로 전 같은 길이의 기간 10명 미만 – –')
  const few = { ...main.effect, people: { treatment: 90, holdout: 9 } }
  const small = words(
    challengePage({
      ...told,
      effect: { ...effect, outcomes: [{ ...main, effect: few }] },
    }),
  )
  expect(small).toContain('대조군 10명 미만 –')
  expect(small).not.toContain('+1.8%p')
})

test('a share is hidden with its interval where fewer than ten bought, or fewer than ten did not', () => {
  const shown = (holdout: number, people: number) =>
    words(
      challengePage({
        ...told,
        effect: {
          ...effect,
          outcomes: [
            {
              ...main,
              effect: {
                ...main.effect,
                people: { treatment: 4_120, holdout: people },
                means: { treatment: 0.068, holdout: holdout / people },
              },
            },
          ],
        },
        before: {
          now: { people: 300, buyers: 291, repeaters: 30 },
          past: { people: 400, buyers: 9, repeaters: 0 },
          event: 'Signed Up',
          followed: '7일',
        },
      }),
    )
  for (const page of [shown(9, 458), shown(449, 458), shown(0, 458)]) {
    expect(page).toContain('보여주기로 한 사람 4,120명 – 대조군 458명 –')
    expect(page).toContain('10명보다 적은 그룹이 있어 값을 가렸어요')
    // The other group, the interval and what is needed would each give the hidden one away.
    for (const telling of ['6.8 %', '1.8%p', '1,200명']) expect(page).not.toContain(telling)
    expect(page).toContain('캠페인 기간 300명 – 10.0 % 바로 전 같은 길이의 기간 400명 – –')
  }
  expect(shown(10, 458)).toContain('대조군 458명 2.2 %')
})

test('an amount a person is hidden with the few who bought', () => {
  const mean = {
    ...main,
    metric: 'revenue',
    measure: 'mean',
    effect: { ...main.effect, means: { treatment: 1_200, holdout: 900 } },
  } as const
  const page = (buyers: number) => {
    const means = { treatment: 0.068, holdout: buyers / 458 }
    const bought = { ...main, effect: { ...main.effect, means } }
    return words(challengePage({ ...told, effect: { ...effect, outcomes: [mean, bought] } }))
  }
  expect(page(9)).not.toContain('900원')
  expect(page(10)).toContain('900원')
})

test('orders of one person are told as orders, not as money', () => {
  const measured = {
    ...main,
    metric: 'orders',
    measure: 'mean',
    effect: {
      ...main.effect,
      means: { treatment: 0.312, holdout: 0.254 },
      difference: { value: 0.058, low: -0.01, high: 0.126 },
    },
  } as const
  const page = words(
    challengePage({ ...told, metric: 'orders', effect: { ...effect, outcomes: [measured, main] } }),
  )
  expect(page).toContain('보여주기로 한 사람 4,120명 0.31건 대조군 458명 0.25건')
  expect(page).toContain('차이 +0.06건 (매일 봐도 괜찮은 구간 -0.01건 ~ +0.13건)')
  expect(page).toContain('판단 기준 한 사람의 주문 수 (7일 동안)')
  expect(differenceText(-0.0004, { metric: 'orders', currency: 'KRW' })).toBe('0.00건')
  expect(differenceText(0.0004, { metric: 'purchase', currency: 'KRW' })).toBe('0.0%p')
})

test('groups that are not as large as set are no proof, however clear the difference', () => {
  const sure = { ...main, effect: { ...main.effect, verdict: 'helps' } } as const
  const off = { ...told, effect: { ...effect, outcomes: [sure], isMismatched: true } }
  const page = words(challengePage(off))
  expect(page).toContain('나눔이 어긋났어요')
  for (const claim of ['매일 봐도 괜찮은', '목표를 넘었어요']) expect(page).not.toContain(claim)
  expect(page).not.toContain('효과가 확인됐어요')
  expect(challengeMail(off)).toContain('확인이 필요합니다')
})

test('while nobody’s time is over there is nothing to compare, and it says so', () => {
  const people = { treatment: 0, holdout: 0 }
  const none = {
    ...main,
    effect: { ...main.effect, people, difference: null, verdict: 'too_little' },
  } as const
  const page = words(challengePage({ ...told, effect: { ...effect, outcomes: [none] } }))
  expect(page).toContain('아직 비교할 사람이 없어요. 12명은 결과를 세는 기간(7일)이')
  expect(page).not.toContain('값을 가렸어요')
})

test('what two numbers leave is hidden as well', () => {
  const few = { ...told, exposure: { days: 5, people: 130, pressed: 125 } }
  expect(words(challengePage(few))).toContain('누른 사람 (기록) –')
  const once = { people: 300, buyers: 60, repeaters: 55 }
  const before = { now: once, past: once, event: 'Signed Up', followed: '7일' }
  expect(words(challengePage({ ...told, before }))).toContain('캠페인 기간 300명 20.0 % –')
})

test('a campaign that has only begun, or has no like before, says so instead of the time before', () => {
  expect(words(challengePage({ ...told, before: 'early' }))).toContain('아직 일러요')
  expect(words(challengePage({ ...told, before: null }))).toContain('다시 만들 수 없어')
})

test('whom it is for is told in a sentence, and its window in days where they are whole', () => {
  const event = { kind: 'event', event: 'Product Added', key: 'person' } as const
  const asked = { audience: '아직 사지 않은 고객', zone: 'Asia/Seoul' }
  expect(whomText({ trigger: event }, asked)).toBe('장바구니 담기 뒤 · ‘아직 사지 않은 고객’만')
  expect([windowText(2160), windowText(36)]).toEqual(['90일', '36시간'])
})

test('a target is told in the unit of what the campaign is judged by, and the interval says whether it was reached', () => {
  const target = (metric: Told['metric'], value: number) =>
    words(challengePage({ ...told, metric, note: { ...told.note, target: value } }))
  expect(target('purchase', 2)).toContain('산 사람: 대조군보다 +2%p')
  expect(target('orders', 0.1)).toContain('한 사람의 주문 수: 대조군보다 +0.1건')
  expect(target('revenue', 1_500)).toContain('한 사람의 매출: 대조군보다 +1,500원')
  expect(target('profit', 100)).toContain('한 사람의 매출 (쿠폰·발송비를 뺀): 대조군보다 +100원')
  const known = { ...told, effect: { ...effect, margin: 0.4 }, metric: 'profit' } as const
  expect(words(challengePage(known))).toContain('판단 기준 한 사람의 이익')
  expect(target('purchase', 2)).toContain('아직 몰라요. 목표가 구간 안에 있어요')
  expect(target('purchase', 4)).toContain('목표에 못 미쳤어요')
  const difference = { value: 0.03, low: 0.02, high: 0.04 }
  const sure = { ...main, effect: { ...main.effect, difference, verdict: 'helps' } } as const
  const reached = challengePage({ ...told, effect: { ...effect, outcomes: [sure] } })
  expect(words(reached)).toContain('목표를 넘었어요')
})

test('a hypothesis that came after the start says so', () => {
  const late = { ...told, isFixedBefore: false, proposedOn: '2026-11-09' }
  expect(words(challengePage(late))).toContain('결과를 본 뒤에 적은 가설일 수 있어요')
})

test('before the start the page is a proposal without a result', () => {
  const draft: Told = {
    ...told,
    campaign: { name: '첫 구매 추천 팝업', isDraft: true },
    startedOn: null,
    effect: null,
    before: null,
  }
  const page = words(challengePage(draft))
  expect(page).toContain('제안서')
  expect(page).toContain('캠페인을 켜면 여기에 결과가 쌓여요')
  expect(challengeMail(draft)).toContain('증명 방법: 무작위 대조군과 비교해 확인할 예정입니다.')
})

test('the company’s people and numbers are in the text to send and never on the page', () => {
  const note = { ...told.note, person: '정다은', contact: '010-1234-5678' }
  expect(challengePage({ ...told, note })).not.toContain('정다은')
  expect(challengeMail({ ...told, note })).toContain('담당자: 정다은\n연락처: 010-1234-5678')
})

test('the text to send proves with numbers, and with none where few people stand behind them', () => {
  expect(challengeMail(told)).toContain(
    '아직 확실하지 않습니다. 산 사람 차이 +1.8%p (구간 -0.3%p ~ +3.9%p).',
  )
  expect(challengeMail(told)).toContain('130명에게 노출했습니다.')
  // A mail that was taken in is not one that was seen.
  expect(challengeMail({ ...told, isOnPage: false })).toContain('130명에게 메시지가 접수됐습니다.')
  const few = { ...main.effect, people: { treatment: 90, holdout: 9 } }
  const small = { ...effect, outcomes: [{ ...main, effect: few }] }
  expect(challengeMail({ ...told, effect: small })).not.toContain('차이')
  expect(challengeMail({ ...told, effect: { ...effect, isMismatched: true } })).not.toContain('%p')
})

test('what to do next follows from the result until somebody writes it', () => {
  const next = (verdict: 'open' | 'helps' | 'harms', isMismatched = false) => {
    const outcomes = [{ ...main, effect: { ...main.effect, verdict } }]
    return words(challengePage({ ...told, effect: { ...effect, outcomes, isMismatched } }))
  }
  expect(next('open')).toContain('다음에 할 일 아직 판단하지 않고')
  expect(next('helps')).toContain('다음에 할 일 캠페인을 계속 켜 두고')
  expect(next('harms')).toContain('다음에 할 일 캠페인을 멈추고')
  expect(next('helps', true)).toContain('다음에 할 일 나눔이 왜 어긋났는지')
  const note = { ...told.note, next: '다른 상품으로 다시 해 봐요.' }
  expect(words(challengePage({ ...told, note }))).toContain('다음에 할 일 다른 상품으로')
})

test('it says what is shown, and both ends of an interval stand in one line', () => {
  const page = challengePage(told)
  expect(words(page)).toContain(
    '무엇을 상점 화면의 슬라이드: ‘이 상품부터 써 보세요’ 머그컵, 녹차 (보이는 순서는 무작위)',
  )
  expect(page).toContain('-0.3%p\u00a0~\u00a0+3.9%p)</p>')
})

test('what was written cannot become markup', () => {
  const note = { ...told.note, experience: '<img src=x onerror=alert(1)>"&' }
  expect(challengePage({ ...told, note })).not.toContain('<img')
})

test('seven days or a hundred people are enough; what was proposed before the start is fixed', () => {
  expect([
    isExposed({ days: 7, people: 0 }),
    isExposed({ days: 0, people: 100 }),
    isExposed({ days: 6, people: 99 }),
  ]).toEqual([true, true, false])
  expect(isFixedBefore({ proposedAt: 5, startedAt: 5 })).toBe(true)
  expect(isFixedBefore({ proposedAt: 6, startedAt: 5 })).toBe(false)
  expect(mayPropose({ proposedAt: 4, startedAt: 5 })).toBe(false)
  expect(mayPropose({ proposedAt: null, startedAt: 5 })).toBe(true)
  expect(mayPropose({ proposedAt: 4, startedAt: null })).toBe(true)
})

const again = (did: number, of: number, held = 40) => {
  const people = { treatment: 1_000, holdout: 800 }
  const means = { treatment: did / 1_000, holdout: held / 800 }
  return {
    effect: { ...main.effect, people, means },
    among: { treatment: { ordered: of, did }, holdout: { ordered: 200, did: held } },
    open: 25,
  }
}
const firstOrders = {
  products: ['A', 'B'],
  withinDays: 7,
  outcomes: [
    { ...again(300, 300), kind: 'ordered' as const, againDays: null, among: null },
    { ...again(120, 300), kind: 'with_products' as const, againDays: null },
    { ...again(60, 250), kind: 'again_30' as const, againDays: 30 },
  ],
}

test('of first products it tells whose first order held them and who came back, and what is only a fact', () => {
  const page = words(
    challengePage({ ...told, metric: 'orders', effect: { ...effect, firstOrders } }),
  )
  expect(page).toContain('첫 주문을 한 사람 25명 기다리는 중 30.0 % 5.0 %')
  expect(page).toContain(
    '첫 주문에 이 캠페인의 상품이 든 사람 25명 기다리는 중 12.0 % 주문한 300명 중 40.0 % 5.0 % 주문한 200명 중 20.0 % +1.8%p (-0.3%p ~ +3.9%p)',
  )
  expect(page).toContain('첫 주문 뒤 30일 안에 다시 산 사람 25명 기다리는 중 6.0 %')
  expect(page).not.toContain('드러나는 값은 가렸어요')
  const off = { ...effect, firstOrders, isMismatched: true }
  expect(words(challengePage({ ...told, metric: 'orders', effect: off }))).not.toContain('+1.8%p')
})

test('first orders hide who came back alone, who did not, and who came between two rows', () => {
  const row = (did: number, of: number, more: object[] = []) =>
    words(
      challengePage({
        ...told,
        effect: {
          ...effect,
          firstOrders: {
            ...firstOrders,
            outcomes: [
              ...more,
              { ...again(did, of), kind: 'again_60' as const, againDays: 60 },
            ] as typeof firstOrders.outcomes,
          },
        },
      }),
    )
  const hides = '첫 주문 뒤 60일 안에 다시 산 사람 25명 기다리는 중 – – –'
  expect(row(60, 250)).not.toContain(hides)
  expect(row(9, 250)).toContain(hides)
  expect(row(60, 69)).toContain(hides)
  const thirty = { ...again(55, 250), kind: 'again_30' as const, againDays: 30 }
  expect(row(60, 250, [thirty])).toContain(hides)
  const earlier = { ...again(30, 250, 25), kind: 'again_30' as const, againDays: 30 }
  expect(row(60, 250, [earlier])).not.toContain(hides)
  // What is not told does not stand in the way of the next row.
  const few = { ...again(9, 250, 36), kind: 'again_30' as const, againDays: 30 }
  expect(row(60, 250, [few])).not.toContain(hides)
  // Judged by who bought, the page has told of first orders already.
  expect(words(challengePage({ ...told, effect: { ...effect, firstOrders } }))).not.toContain(
    '첫 주문을 한 사람',
  )
})
