import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, inSegment, waitMinutes } from './parts.ts'
import { memberWithoutOrder } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** A member who never bought looked around and left: a word right after the visit, at most once a week. */
export const signupNoPurchaseVisit: Playbook = {
  id: 'signup_no_purchase_visit',
  family: 'promotion',
  name: {
    ko: '가입 후 미구매 리마인더 (이그니스형)',
    en: 'Reminder after a visit without a first order',
  },
  about: {
    ko: '아직 사지 않은 회원이 둘러보고 나가면 바로 말을 걸어요. 쿠폰은 넣지 않았어요.',
    en: 'Speaks to members without an order right after a visit. There is no coupon in it.',
  },
  enters: {
    ko: '아직 사지 않은 회원의 방문이 끝났을 때. 나간 지 한 시간 뒤에 보내고, 다시 오면 나가요. 7일에 한 번이에요.',
    en: 'Members without an order when a visit ends; sent an hour after they left, once in 7 days. Coming back lets them out.',
  },
  segments: [memberWithoutOrder],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Visit Ended', key: 'person' },
      ...audienceOf(made, memberWithoutOrder.key),
      exits: ['Order Completed', 'Visit Started'],
      conditions: ['no_order_since_entry', ...inSegment(made, memberWithoutOrder.key)],
      steps: [
        // A visit ends half an hour after its last sign of life.
        waitMinutes(1, 30),
        written(made, language, { id: 2, words: words[language], url: '{{ link.shop }}' }),
      ],
      goal: { event: 'Order Completed', windowHours: 7 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf('signup_no_purchase_visit'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 찾으시던 게 있으셨나요?',
    preheader: '둘러보신 상품을 이어서 볼 수 있어요.',
    heading: '다녀가 주셔서 고마워요',
    text: [
      '마음에 드는 상품을 찾으셨나요? 궁금한 점이 있으면 이 메일에 있는 연락처로 편하게 물어보세요. 둘러보시던 곳부터 이어서 볼 수 있어요.',
    ],
    button: '이어서 둘러보기',
    short:
      '{{ customer.name | nim }}, 다녀가 주셔서 고마워요. 둘러보시던 상품을 이어서 볼 수 있어요.',
  },
  en: {
    subject: 'Did you find what you were looking for?',
    preheader: 'Go on where you left off.',
    heading: 'Thank you for coming by',
    text: [
      'Did you see something you like? Ask us anything: the address is below. Or go on where you left off.',
    ],
    button: 'Look again',
    short: 'Thank you for coming by. Go on where you left off.',
  },
}
