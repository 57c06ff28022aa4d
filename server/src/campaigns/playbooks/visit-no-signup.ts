import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { busyPages, onPage } from './page-parts.ts'
import { amountIn, personalCodes } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'

/** Strangers have no address: they are invited to join on the page itself, and left in peace for a week if they say no. */
export const visitNoSignup: Playbook = {
  id: 'visit_no_signup',
  family: 'journey',
  name: { ko: '방문 후 가입 미완료', en: 'Visited, did not join' },
  about: {
    ko: '둘러보는 방문자에게 상점 화면에서 가입을 권해요. 거절하면 7일 동안 다시 묻지 않아요. 가입 주소는 상점에 맞게 고쳐 주세요.',
    en: 'Invites visitors to join, on the shop’s own pages; who says no is not asked again for 7 days. Change the address of the join page to yours.',
  },
  enters: {
    ko: '두 화면 이상 보거나 다시 찾아온 비회원. 20초를 보거나, 절반을 내려 보거나, 나가려 할 때예요. 로그인·가입·주문 화면에서는 나오지 않아요.',
    en: 'Visitors who saw two pages or came again: after 20 seconds, half-way down, or when leaving; never on sign-in, join or checkout pages.',
  },
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '가입 쿠폰' : 'Joining coupon',
      discount: { kind: 'amount', amount: amountIn(currency, 3_000) },
      validHours: 7 * 24,
    }),
  flow: (language, made = bare) => {
    const said = words[language]
    const gives = typeof made.pool === 'number'
    return Flow.parse({
      trigger: {
        kind: 'page',
        never: busyPages,
        visitor: 'stranger',
        fromView: 2,
        when: [{ kind: 'seconds', seconds: 20 }, { kind: 'scroll', percent: 50 }, { kind: 'exit' }],
        often: 'visit',
      },
      exits: ['Signed Up', 'Signed In'],
      steps: [
        onPage(made, 1, {
          form: 'sheet',
          parts: [
            { kind: 'heading', id: 'p1', text: gives ? said.heading : said.plain },
            { kind: 'text', id: 'p2', text: said.text },
            {
              kind: 'button',
              id: 'p3',
              label: gives ? said.button : said.join,
              url: '/member/join.html',
            },
          ],
          asks: 'signup',
          rests: ['7d', '30d'],
          refuse: said.refuse,
          language,
          coupon: gives,
        }),
      ],
      goal: { event: 'Signed Up', windowHours: 7 * 24 },
      holdoutShare: 0.1,
      precedence: precedenceOf('visit_no_signup'),
      nature: { purpose: 'advertising' },
    })
  },
}

const words: {
  readonly [L in Language]: Readonly<
    Record<'heading' | 'plain' | 'text' | 'button' | 'join' | 'refuse', string>
  >
} = {
  ko: {
    heading: '가입하면 바로 쓰는 {{ coupon.benefit }} 쿠폰',
    plain: '회원이 되면 더 편하게 살 수 있어요',
    text: '3초 만에 가입하고 바로 사용하세요.',
    button: '가입하고 쿠폰 받기',
    join: '가입하기',
    refuse: '괜찮아요',
  },
  en: {
    heading: '{{ coupon.benefit }} for joining, to use right away',
    plain: 'Shopping is easier with an account',
    text: 'Join in seconds and use it at once.',
    button: 'Join and get the coupon',
    join: 'Join',
    refuse: 'No, thanks',
  },
}
