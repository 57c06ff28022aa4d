import { every, factYes } from '../../segments/ready/conditions.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { busyPages, onPage } from './page-parts.ts'
import { audienceOf } from './parts.ts'
import { bare, type Language, type Playbook, type PlaybookSegment } from './playbook.ts'

/** Members whom advertising by e-mail cannot reach. */
const unreachable: PlaybookSegment = {
  key: 'no_consent',
  name: { ko: '이메일 수신동의가 없는 회원', en: 'Members without e-mail consent' },
  purpose: {
    ko: '이메일 광고를 받겠다고 하지 않은 회원이에요.',
    en: 'They have not agreed to advertising by e-mail.',
  },
  definition: () =>
    every({ kind: 'member', is: 'member' }, { kind: 'not', of: factYes('reach.email') }),
}

/** Asks members for consent on the page: the box is empty, to refuse is as easy, and a no is kept for a week at least. */
export const consentGrowth: Playbook = {
  id: 'consent_growth',
  family: 'care',
  name: { ko: '수신동의 늘리기', en: 'Ask for consent' },
  about: {
    ko: '상점 화면에서 소식을 받을지 물어요. 거절도 똑같이 쉽게 하고, 거절하면 7일에서 30일 동안 다시 묻지 않아요.',
    en: 'Asks on the shop’s pages whether they want news. Refusing is as easy, and keeps it quiet for 7 to 30 days.',
  },
  enters: {
    ko: '수신동의가 없는 회원이 상점을 둘러볼 때. 주문 화면에서는 나오지 않아요.',
    en: 'Members without consent who are looking around, never on checkout pages.',
  },
  segments: [unreachable],
  flow: (language, made = bare) => {
    const said = words[language]
    return Flow.parse({
      trigger: {
        kind: 'page',
        never: busyPages,
        visitor: 'member',
        fromView: 2,
        when: [{ kind: 'seconds', seconds: 15 }],
        often: 'visit',
      },
      ...audienceOf(made, unreachable.key),
      steps: [
        onPage(made, 1, {
          form: 'sheet',
          parts: [
            { kind: 'heading', id: 'p1', text: said.heading },
            { kind: 'text', id: 'p2', text: said.text },
            {
              kind: 'form',
              id: 'p3',
              fields: [
                { id: 'mail', kind: 'email', label: said.mail, options: [], required: true },
              ],
              consents: [
                {
                  id: 'agree',
                  channel: 'email',
                  night: false,
                  label: said.agree,
                  wording: said.wording,
                },
              ],
              label: said.button,
              thanks: said.thanks,
            },
          ],
          asks: 'consent',
          rests: ['7d', '30d'],
          refuse: said.refuse,
          language,
        }),
      ],
      goal: { event: 'Consent Changed', windowHours: 24 },
      holdoutShare: 0.1,
      precedence: precedenceOf('consent_growth'),
      nature: { purpose: 'advertising' },
    })
  },
}

type Word = 'heading' | 'text' | 'mail' | 'agree' | 'wording' | 'button' | 'thanks' | 'refuse'
const words: { readonly [L in Language]: Readonly<Record<Word, string>> } = {
  ko: {
    heading: '{{ shop.name }} 소식을 먼저 받아 보시겠어요?',
    text: '새 상품과 할인 소식을 이메일로 보내드려요. 언제든 그만 받을 수 있어요.',
    mail: '이메일 주소',
    agree: '광고성 정보를 이메일로 받는 데 동의해요 (선택)',
    wording:
      '받는 것: 할인, 쿠폰, 새 상품 소식 같은 광고성 정보 (이메일). 동의하지 않아도 상점을 이용할 수 있고, 받은 메일의 수신거부 링크에서 언제든 그만 받을 수 있어요.',
    button: '소식 받기',
    thanks: '고마워요. 동의하신 내용을 메일로 알려드릴게요.',
    refuse: '괜찮아요',
  },
  en: {
    heading: 'News from {{ shop.name }} first?',
    text: 'New products and offers by e-mail. Stop at any time.',
    mail: 'E-mail address',
    agree: 'I agree to advertising by e-mail (optional)',
    wording:
      'What you get: advertising such as discounts, coupons and new products, by e-mail. You can shop without agreeing, and stop at any time by the link in each mail.',
    button: 'Get news',
    thanks: 'Thank you. A mail will confirm what you agreed to.',
    refuse: 'No, thanks',
  },
}
