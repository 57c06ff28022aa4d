import type { Language } from '../../shops/shop.ts'

/** A number of the period, and of the same days a week before. */
export type Pair = { readonly now: number; readonly before: number }

/** What a change is told against, and how it is said that there is none. */
type Compared = { readonly than: string; readonly same: string }

const ko = {
  subject: (shop: string, period: string, told: string) => `${shop} 아침 소식 · ${period} ${told}`,
  orders: (n: number) => `주문 ${grouped(n)}건`,
  happened: { day: '어제', week: '지난주' },
  compared: {
    day: { than: '지난주 같은 요일보다', same: '지난주 같은 요일과 거의 같아요' },
    week: { than: '그 전주보다', same: '그 전주와 거의 같아요' },
  },
  orderLine: (n: number, than: string) => `주문 ${grouped(n)}건${than}`,
  revenueLine: (amount: string, than: string) => `매출 ${amount}${than}`,
  sentTitle: '보낸 메시지',
  sentNothing: '보낸 메시지가 없어요.',
  sentLine: (n: number, cost: string | null) =>
    `${grouped(n)}통을 보냈어요.${cost === null ? '' : ` 발송 비용은 ${cost}이에요.`}`,
  certain: '대조군과 비교해 확실해진 결과',
  caused: (name: string, says: string, { value, range }: { value: string; range: string }) =>
    `‘${name}’: ${says} 차이 ${value} (매일 봐도 괜찮은 구간 ${range})`,
  wrong: '살펴볼 것',
  halted: '전체 멈춤 상태예요. 아무 메시지도 나가지 않아요.',
  failed: (n: number) => `보내지 못한 메시지가 ${grouped(n)}통 있어요.`,
  unconfirmed: (n: number) => `나갔는지 확인이 필요한 메시지가 ${grouped(n)}통 있어요.`,
  mismatched: (name: string) =>
    `‘${name}’의 나눔이 어긋났어요. 대조군 비율이 정한 것과 달라 효과를 말할 수 없으니 보고서를 열어 확인해 주세요.`,
  todo: '오늘 할 일 하나',
  todoHalted: '멈춘 까닭이 풀렸으면 다시 보내기를 눌러 주세요.',
  todoUnconfirmed: '발송 내역에서 확인이 필요한 메시지를 열어 보냈는지 정해 주세요.',
  todoNothing: '오늘 꼭 할 일은 없어요.',
  cartWorth: (n: number, worth: string) =>
    `지난 7일 동안 ${grouped(n)}명이 ${worth}어치를 담고 떠났어요. 장바구니 시나리오를 켜 보세요.`,
  suggest: {
    checkout: (n: number) =>
      `지난 7일 동안 ${grouped(n)}명이 결제하다 멈췄어요. 결제 이탈 시나리오를 켜 보세요.`,
    cart: (n: number) =>
      `지난 7일 동안 ${grouped(n)}명이 담아두고 떠났어요. 장바구니 시나리오를 켜 보세요.`,
    due: (n: number) => `${grouped(n)}명이 다시 살 때가 됐어요. 재구매 시나리오를 켜 보세요.`,
    joined: (n: number) =>
      `새로 가입한 ${grouped(n)}명이 아직 첫 구매 전이에요. 첫 구매 시나리오를 켜 보세요.`,
    viewed: (n: number) =>
      `지난 7일 동안 ${grouped(n)}명이 상품만 보고 떠났어요. 상품 확인 시나리오를 켜 보세요.`,
    searched: (n: number) =>
      `지난 7일 동안 ${grouped(n)}명이 찾기만 하고 떠났어요. 검색 시나리오를 켜 보세요.`,
  },
  measuredLater: '사실이에요. 효과는 켠 뒤에 대조군과 비교해 재요.',
  open: '대시보드 열기',
  openMessages: '확인이 필요한 메시지 열기',
  openDraft: '쓰던 초안 열기',
} as const

type MorningWords = Widened<typeof ko>
type Widened<T> = T extends string
  ? string
  : T extends (...facts: infer F) => string
    ? (...facts: F) => string
    : { readonly [K in keyof T]: Widened<T[K]> }

const en: MorningWords = {
  subject: (shop, period, told) => `${shop} this morning · ${period}: ${told}`,
  orders: (n) => `${grouped(n)} ${n === 1 ? 'order' : 'orders'}`,
  happened: { day: 'Yesterday', week: 'Last week' },
  compared: {
    day: {
      than: 'than the same weekday a week before',
      same: 'about as the same weekday a week before',
    },
    week: { than: 'than the week before', same: 'about as the week before' },
  },
  orderLine: (n, than) => `${grouped(n)} ${n === 1 ? 'order' : 'orders'}${than}`,
  revenueLine: (amount, than) => `Revenue ${amount}${than}`,
  sentTitle: 'Messages sent',
  sentNothing: 'No message was sent.',
  sentLine: (n, cost) => `${grouped(n)} sent.${cost === null ? '' : ` They cost ${cost}.`}`,
  certain: 'Certain against the hold-out',
  caused: (name, says, { value, range }) =>
    `“${name}”: ${says} Difference ${value} (interval that holds however often you look ${range})`,
  wrong: 'To look at',
  halted: 'All sending is stopped. No message leaves.',
  failed: (n) => `${grouped(n)} messages could not be sent.`,
  unconfirmed: (n) => `Nobody saw whether ${grouped(n)} messages left.`,
  mismatched: (name) =>
    `The split of “${name}” is off: the groups are not as large as set, so no effect is told. Open its report.`,
  todo: 'One thing to do today',
  todoHalted: 'Resume sending if the reason for the stop is gone.',
  todoUnconfirmed: 'Open the messages that need confirming and say whether they were sent.',
  todoNothing: 'Nothing presses today.',
  cartWorth: (n, worth) =>
    `${grouped(n)} people left carts worth ${worth} in the last 7 days. Switch on the cart playbook.`,
  suggest: {
    checkout: (n) =>
      `${grouped(n)} people stopped at the payment in the last 7 days. Switch on the checkout playbook.`,
    cart: (n) =>
      `${grouped(n)} people left a cart behind in the last 7 days. Switch on the cart playbook.`,
    due: (n) => `${grouped(n)} people are due to buy again. Switch on the repurchase playbook.`,
    joined: (n) =>
      `${grouped(n)} new members have not bought yet. Switch on the first-purchase playbook.`,
    viewed: (n) =>
      `${grouped(n)} people looked at products and left in the last 7 days. Switch on the product playbook.`,
    searched: (n) =>
      `${grouped(n)} people searched and left in the last 7 days. Switch on the search playbook.`,
  },
  measuredLater: 'A fact; what it causes is measured against a hold-out once it runs.',
  open: 'Open the dashboard',
  openMessages: 'Open the messages that need confirming',
  openDraft: 'Open the draft',
}

/** Every sentence of a morning message in both languages. */
export const morningWords: Readonly<Record<Language, MorningWords>> = { ko, en }

function grouped(n: number): string {
  return n.toLocaleString('en')
}

/** `1,234,000원`, `$12.34`. */
export function amountWords(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW' && language === 'ko') return `${grouped(Math.round(amount))}원`
  return amount.toLocaleString('en', { style: 'currency', currency })
}

/** ` (지난주 같은 요일보다 +12%)`; empty where there is nothing to compare with. */
export function changeWords(
  { now, before }: Pair,
  { than, same }: Compared,
  language: Language,
): string {
  if (before <= 0) return ''
  const percent = Math.round((now / before - 1) * 100)
  if (percent === 0) return ` (${same})`
  const signed = `${percent > 0 ? '+' : ''}${percent}%`
  return language === 'ko' ? ` (${than} ${signed})` : ` (${signed} ${than})`
}

const weekdays = {
  ko: ['일', '월', '화', '수', '목', '금', '토'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

/** `11월 21일 (토)` of `2026-11-21`. */
export function dayWords(text: string, language: Language): string {
  const at = new Date(`${text}T00:00:00Z`)
  const weekday = weekdays[language][at.getUTCDay()] ?? ''
  const [month, day] = [at.getUTCMonth() + 1, at.getUTCDate()]
  if (language === 'ko') return `${month}월 ${day}일 (${weekday})`
  return `${weekday} ${at.toLocaleDateString('en', { month: 'short', timeZone: 'UTC' })} ${day}`
}
