import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { amountIn, personalCodes, waitMinutes } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** The coupon that was promised for joining, delivered at once. */
export const promoSignup: Playbook = {
  id: 'promo_signup',
  family: 'promotion',
  name: { ko: '가입 유도 (가입 축하 쿠폰)', en: 'Sign-up: the welcome coupon' },
  about: {
    ko: '가입하자마자 바로 쓸 수 있는 쿠폰을 보내요. 둘러보는 고객에게 가입을 권하는 팝업은 ‘방문 후 가입 미완료’가 보여줘요. 탈퇴했다 같은 전화번호나 이메일로 다시 가입한 사람은 또 받지 못해요. 개인정보를 모두 지워 달라고 한 사람은 기록이 없어 알아보지 못해요.',
    en: 'A coupon that works at once, as soon as somebody joins. The popup that invites visitors to join is another playbook. Who left and joined again with the same phone number or e-mail address gets no second one; who asked to be forgotten is not recognised.',
  },
  enters: {
    ko: '가입한 고객, 평생 한 번. 가입할 때 받은 수신동의가 있어야 보내요.',
    en: 'Everyone who joins, once; only with the consent given when joining.',
  },
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '가입 축하 쿠폰' : 'Welcome coupon',
      discount: { kind: 'amount', amount: amountIn(currency, 3_000) },
      validHours: 7 * 24,
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Signed Up', key: 'person' },
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry'],
      steps: [
        // The consent of the same form reaches us with the sign-up or right behind it.
        waitMinutes(1, 1),
        written(made, language, {
          id: 2,
          words: words[language],
          url: '{{ link.shop }}',
          coupon: 'own',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 7 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('promo_signup'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '가입 축하 쿠폰이 발급됐어요: {{ coupon.benefit }}',
    preheader: '지금 바로 쓸 수 있어요.',
    heading: '{{ customer.name | nim }}, 반가워요!',
    text: ['가입해 주셔서 고마워요. 바로 쓸 수 있는 {{ coupon.benefit }} 쿠폰을 드려요.'],
    button: '쿠폰 쓰러 가기',
    short: '{{ customer.name | nim }}, 가입 축하 {{ coupon.benefit }} 쿠폰이 발급됐어요.',
  },
  en: {
    subject: 'Your welcome coupon: {{ coupon.benefit }}',
    preheader: 'It works right away.',
    heading: 'Welcome!',
    text: ['Thank you for joining. Here is {{ coupon.benefit }} to use right away.'],
    button: 'Use the coupon',
    short: 'Welcome! Here is {{ coupon.benefit }} to use right away.',
  },
}
