import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, personalCodes } from './parts.ts'
import { regular } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** A price for regulars alone, on the first of every month. */
export const membersPrice: Playbook = {
  id: 'members_price',
  family: 'promotion',
  name: { ko: '단골 독점 할인', en: 'A price for regulars' },
  about: {
    ko: '매달 첫날, 세 번 이상 산 단골에게만 3일 동안 쓸 수 있는 쿠폰을 드려요.',
    en: 'On the first of each month a coupon of three days for those who ordered three times or more.',
  },
  enters: {
    ko: '보내는 날 단골 세그먼트에 있는 고객 모두.',
    en: 'Everyone who is a regular on that day.',
  },
  segments: [regular],
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '단골 쿠폰' : 'Regulars’ coupon',
      discount: { kind: 'percent', percent: 10, most: currency === 'KRW' ? 10_000 : 10 },
      validHours: 72,
      perPerson: { count: 1, days: 25 },
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'schedule', schedule: { kind: 'monthly', day: 1, time: '10:00' } },
      ...audienceOf(made, regular.key),
      steps: [
        written(made, language, {
          id: 1,
          words: words[language],
          url: '{{ link.shop }}',
          coupon: 'own',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 96 },
      holdoutShare: 0.1,
      reentry: { afterDays: 20 },
      precedence: precedenceOf('members_price'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 단골께만 드리는 {{ coupon.benefit }}',
    preheader: '3일 동안 쓸 수 있어요.',
    heading: '단골께만 드리는 가격이에요',
    text: ['늘 찾아 주셔서 고마워요. 이번 달에도 {{ coupon.benefit }} 쿠폰을 준비했어요.'],
    button: '쿠폰 쓰러 가기',
    short:
      '{{ customer.name | nim }}, 늘 찾아 주셔서 고마워요. 단골께만 드리는 {{ coupon.benefit }} 쿠폰이에요.',
  },
  en: {
    subject: 'For regulars only: {{ coupon.benefit }}',
    preheader: 'For three days.',
    heading: 'A price for regulars',
    text: ['Thank you for coming back. This month it is {{ coupon.benefit }}.'],
    button: 'Use the coupon',
    short: 'Thank you for coming back. For regulars only: {{ coupon.benefit }}.',
  },
}
