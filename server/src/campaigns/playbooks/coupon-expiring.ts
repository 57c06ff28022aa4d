import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

const key = 'coupon_expiring'

/** Who has a coupon and did not use it hears that it ends soon. It gives nothing of its own. */
export const couponExpiring: Playbook = {
  id: key,
  family: 'journey',
  name: { ko: '쿠폰 만료 알림', en: 'Coupon about to end' },
  about: {
    ko: '받고 쓰지 않은 쿠폰이 끝나기 3일 전(짧은 쿠폰은 하루 전)에 알려요. 새 쿠폰은 드리지 않아요. 7일 전에 알리려면 조건의 남은 날을 7로 바꾸면 돼요.',
    en: 'Says three days before (a day before, for short ones) that a coupon they did not use ends. Gives no new coupon. For a week before set the days left in the filter to 7.',
  },
  enters: {
    ko: '쿠폰을 받고 아직 쓰지 않은 고객. 쿠폰이 여러 장이어도 7일에 한 번만 알려요.',
    en: 'Whoever has a coupon and did not use it; once in 7 days however many they have.',
  },
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: {
        kind: 'event',
        event: 'Coupon Expiring',
        key: 'person',
        filter: {
          kind: 'property',
          path: 'days_left',
          is: { type: 'number', op: 'is', than: { op: '<=', value: 3 } },
        },
      },
      exits: ['Order Completed', 'Coupon Redeemed'],
      conditions: ['no_order_since_entry'],
      steps: [
        written(made, language, {
          id: 1,
          words: words[language],
          url: '{{ link.shop }}',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf(key),
      nature: { purpose: 'advertising' },
    }),
}

const name = {
  ko: "{{ event.pool_name | default: '받으신 쿠폰' | trunc_bytes: 50 }}",
  en: "{{ event.pool_name | default: 'Your coupon' | trunc_bytes: 50 }}",
}
const end = "{{ event.expires_at | kdate: 'M월 D일 HH:mm' }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: `${name.ko}, 곧 사라져요`,
    preheader: '아직 쓰지 않은 쿠폰이 있어요.',
    heading: `${name.ko}, 곧 사라져요`,
    text: [
      `{{ customer.name | nim }}, 아직 쓰지 않은 쿠폰이 있어요.{% if event.expires_at %} ${end}까지 쓸 수 있어요.{% endif %}`,
    ],
    button: '쿠폰 쓰러 가기',
    short: `{{ customer.name | nim }}, ${name.ko}, 아직 쓰지 않으셨어요.{% if event.expires_at %} ${end}까지 쓸 수 있어요.{% endif %}`,
  },
  en: {
    subject: `${name.en} ends soon`,
    preheader: 'You have a coupon you did not use yet.',
    heading: `${name.en} ends soon`,
    text: [
      "You did not use it yet.{% if event.expires_at %} It works until {{ event.expires_at | kdate: 'YYYY-MM-DD HH:mm' }}.{% endif %}",
    ],
    button: 'Use the coupon',
    short: `${name.en} ends soon.{% if event.expires_at %} It works until {{ event.expires_at | kdate: 'YYYY-MM-DD HH:mm' }}.{% endif %}`,
  },
}
