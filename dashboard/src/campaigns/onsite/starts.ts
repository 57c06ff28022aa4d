import type { OnsiteContent } from '../../../../server/src/messages/onsite/content.ts'
import type { Language } from '../../app/language.ts'
import { usualRecipe } from '../../recommendations/usual-recipe.ts'

/** What each starting content is called, in the order it is offered. */
export const startNames = {
  join: { ko: '가입 유도 시트', en: 'Sheet that invites to join' },
  first: { ko: '첫 구매 추천 슬라이드', en: 'Slide with first products' },
  cart: { ko: '장바구니 혜택 토스트', en: 'Toast for the cart' },
  event: { ko: '기간 행사 바', en: 'Bar of an event' },
  consent: { ko: '수신동의 시트', en: 'Sheet that asks for consent' },
  survey: { ko: '설문', en: 'Survey' },
} as const
export type Start = keyof typeof startNames
export const starts = Object.keys(startNames) as readonly Start[]

/** Bounds of a message that none of the starts departs from. */
const plain = {
  channel: 'onsite',
  order: 'fixed',
  asks: 'nothing',
  look: { scheme: 'light' },
} as const satisfies Partial<OnsiteContent>

/** A message to begin with, one for each thing shops do most on their pages. `end`: UTC ms at which the event ends. */
export function begunOnsite(
  start: Start,
  { language, end }: { readonly language: Language; readonly end: number },
): OnsiteContent {
  const say = words[language]
  const base = { ...plain, language, refuse: say.refuse, rests: ['7d'] as OnsiteContent['rests'] }
  switch (start) {
    case 'join':
      return {
        ...base,
        form: 'sheet',
        asks: 'signup',
        rests: ['7d', '30d'],
        parts: [
          { kind: 'heading', id: 'p1', text: say.joinHeading },
          { kind: 'text', id: 'p2', text: say.joinText },
          { kind: 'button', id: 'p3', label: say.join, url: '/member/join.html' },
        ],
      }
    case 'first':
      return {
        ...base,
        form: 'slide',
        order: 'random_person',
        rests: ['today', '7d'],
        recommend: { ...usualRecipe('best_first_products'), limit: 3 },
        parts: [
          { kind: 'heading', id: 'p1', text: say.firstHeading },
          {
            kind: 'cards',
            id: 'p2',
            from: { kind: 'recommended' },
            limit: 3,
            label: say.look,
            why: true,
          },
        ],
      }
    case 'cart':
      return {
        ...base,
        form: 'toast',
        parts: [
          { kind: 'heading', id: 'p1', text: say.cartHeading },
          { kind: 'text', id: 'p2', text: say.cartText },
          { kind: 'button', id: 'p3', label: say.toCart, url: '{{ cart.url }}' },
        ],
      }
    case 'event':
      return {
        ...base,
        form: 'bar',
        parts: [
          { kind: 'heading', id: 'p1', text: say.eventHeading },
          { kind: 'countdown', id: 'p2', label: say.left, to: { kind: 'time', at: end } },
          { kind: 'button', id: 'p3', label: say.toEvent, url: '/' },
        ],
      }
    case 'consent':
      return { ...base, ...consent(language) }
    case 'survey':
      return { ...base, ...survey(language) }
  }
}

type Begun = Pick<OnsiteContent, 'form' | 'asks' | 'rests' | 'parts'>

function consent(language: Language): Begun {
  const say = words[language]
  return {
    form: 'sheet',
    asks: 'consent',
    rests: ['7d', '30d'],
    parts: [
      { kind: 'heading', id: 'p1', text: say.newsHeading },
      { kind: 'text', id: 'p2', text: say.newsText },
      {
        kind: 'form',
        id: 'p3',
        fields: [{ id: 'f1', kind: 'email', label: say.email, options: [], required: true }],
        consents: [
          { id: 'c1', channel: 'email', night: false, label: say.agree, wording: say.wording },
        ],
        label: say.news,
        thanks: say.newsThanks,
      },
    ],
  }
}

function survey(language: Language): Begun {
  const say = words[language]
  return {
    form: 'modal',
    asks: 'nothing',
    rests: ['30d'],
    parts: [
      { kind: 'heading', id: 'p1', text: say.askHeading },
      {
        kind: 'form',
        id: 'p2',
        fields: [
          {
            id: 'f1',
            kind: 'choice',
            label: say.ask,
            trait: 'came_by',
            options: [...say.answers],
            required: true,
          },
        ],
        consents: [],
        label: say.answer,
        thanks: say.askThanks,
      },
    ],
  }
}

const words = {
  ko: {
    refuse: '괜찮아요',
    joinHeading: '회원이 되면 더 편하게 살 수 있어요',
    joinText: '3초 만에 가입하고 바로 둘러보세요.',
    join: '가입하기',
    firstHeading: '처음이라면 이 상품부터 써 보세요',
    look: '상품 보러 가기',
    cartHeading: '담아두신 상품 {{ cart.items.size }}개가 기다려요',
    cartText: '지금 {{ cart.total | money: shop.currency }}어치를 담으셨어요.',
    toCart: '장바구니 보기',
    eventHeading: '이번 주만 여는 행사예요',
    left: '남은 시간',
    toEvent: '행사 보러 가기',
    newsHeading: '{{ shop.name }} 소식을 먼저 받아 보시겠어요?',
    newsText: '새 상품과 할인 소식을 이메일로 보내드려요. 언제든 그만 받을 수 있어요.',
    email: '이메일 주소',
    agree: '광고성 정보를 이메일로 받는 데 동의해요 (선택)',
    wording:
      '받는 것: 할인, 쿠폰, 새 상품 소식 같은 광고성 정보 (이메일). 동의하지 않아도 상점을 이용할 수 있고, 받은 메일의 수신거부 링크에서 언제든 그만 받을 수 있어요.',
    news: '소식 받기',
    newsThanks: '고마워요. 동의하신 내용을 메일로 알려드릴게요.',
    askHeading: '한 가지만 여쭤볼게요',
    ask: '우리 상점을 어떻게 알고 오셨어요?',
    answers: ['검색', 'SNS', '지인 소개', '광고'],
    answer: '보내기',
    askThanks: '답해 주셔서 고마워요.',
  },
  en: {
    refuse: 'No, thanks',
    joinHeading: 'Shopping is easier with an account',
    joinText: 'Join in seconds and go on looking.',
    join: 'Join',
    firstHeading: 'New here? Begin with these',
    look: 'See the product',
    cartHeading: '{{ cart.items.size }} products are waiting in your cart',
    cartText: 'It holds {{ cart.total | money: shop.currency }} so far.',
    toCart: 'To my cart',
    eventHeading: 'This week only',
    left: 'Time left',
    toEvent: 'See the event',
    newsHeading: 'News from {{ shop.name }} first?',
    newsText: 'New products and offers by e-mail. Stop at any time.',
    email: 'E-mail address',
    agree: 'I agree to advertising by e-mail (optional)',
    wording:
      'What you get: advertising such as discounts, coupons and new products, by e-mail. You can shop without agreeing, and stop at any time by the link in each mail.',
    news: 'Get news',
    newsThanks: 'Thank you. A mail will confirm what you agreed to.',
    askHeading: 'Just one question',
    ask: 'How did you find us?',
    answers: ['Search', 'Social media', 'A friend', 'Advertising'],
    answer: 'Send',
    askThanks: 'Thank you for answering.',
  },
} as const
