import type { OnsiteContent } from '../../../../server/src/messages/onsite/content.ts'
import type { StrategyName } from '../../../../server/src/recommendations/recipe.ts'
import type { Language } from '../../app/language.ts'
import { usualRecipe } from '../../recommendations/usual-recipe.ts'
import { type Said, startWords } from './start-words.ts'

/** What each starting content is called, in the order it is offered: one for each thing shops do on their pages. */
export const startNames = {
  join: { ko: '가입 권하기', en: 'Invite to join' },
  search: { ko: '같은 검색어로 산 상품', en: 'Bought after the same search' },
  seen: { ko: '본 상품과 비슷한 상품', en: 'Like what they look at' },
  cart: { ko: '담아둔 장바구니', en: 'The cart is waiting' },
  companions: { ko: '담은 상품과 함께 산 상품', en: 'Bought with what is in the cart' },
  limited: { ko: '한정 쿠폰과 남은 시간', en: 'Limited coupon with its time left' },
  payment: { ko: '결제 이어하기', en: 'Finish the payment' },
  again: { ko: '다시 살 때가 된 상품', en: 'Due to be bought again' },
  special: { ko: '지금 할인하는 상품', en: 'On sale now' },
  first: { ko: '첫 구매 추천 슬라이드', en: 'Slide with first products' },
  welcome: { ko: '가입 축하 쿠폰', en: 'Coupon for joining' },
  firstCoupon: { ko: '첫 구매 쿠폰과 추천 상품', en: 'First-order coupon with products' },
  back: { ko: '다시 온 회원에게 보던 상품', en: 'Members back: what they looked at' },
  next: { ko: '지난 주문과 어울리는 상품', en: 'Goes with the last order' },
  event: { ko: '기간 행사', en: 'An event of some days' },
  season: { ko: '시즌 선물과 주문 마감', en: 'Season’s gifts and last orders' },
  consent: { ko: '수신동의 받기', en: 'Ask for consent' },
  survey: { ko: '설문', en: 'Survey' },
} as const
export type Start = keyof typeof startNames
export const starts = Object.keys(startNames) as readonly Start[]

const groups = {
  journey: { ko: '주문까지 가는 길', en: 'On the way to an order' },
  promotion: { ko: '프로모션', en: 'Promotions' },
  asking: { ko: '물어보기', en: 'Asking' },
} as const

/** Under which heading a start is offered. */
export function startGroup(start: Start, language: Language): string {
  if (start === 'consent' || start === 'survey') return groups.asking[language]
  const isJourney = starts.indexOf(start) < starts.indexOf('first')
  return groups[isJourney ? 'journey' : 'promotion'][language]
}

/** What differs between the starts. */
type Begun = Pick<OnsiteContent, 'form' | 'parts'> &
  Partial<Pick<OnsiteContent, 'order' | 'asks' | 'rests' | 'recommend'>>

/** A message to begin with. `end`: UTC ms at which what it tells of ends. */
export function begunOnsite(
  start: Start,
  { language, end }: { readonly language: Language; readonly end: number },
): OnsiteContent {
  const words = startWords[language]
  return {
    channel: 'onsite',
    language,
    order: 'fixed',
    asks: 'nothing',
    look: { scheme: 'light' },
    refuse: words.refuse,
    rests: ['7d'],
    ...begun(start, { words, end }),
  }
}

type With = { readonly words: (typeof startWords)[Language]; readonly end: number }

function begun(start: Start, { words, end }: With): Begun {
  switch (start) {
    case 'join':
      return {
        form: 'sheet',
        asks: 'signup',
        rests: ['7d', '30d'],
        parts: [...said(words.join), button('p3', words.join.button, '/member/join.html')],
      }
    case 'search':
      return products('searched', words.search, { form: 'sheet' })
    case 'seen':
      return products('similar', words.seen)
    case 'companions':
      return products('bought_together', words.companions)
    case 'again':
      return products('repurchase', words.again)
    case 'special':
      return products('on_sale', words.special)
    case 'back':
      return products('recently_viewed', words.back)
    case 'next':
      return products('next_after', words.next)
    case 'first':
      return {
        ...products('best_first_products', words.first, { limit: 3, goesOn: true }),
        order: 'random_person',
      }
    case 'cart':
      return {
        form: 'toast',
        parts: [...said(words.cart), button('p3', words.cart.button, '{{ cart.url }}')],
      }
    case 'payment':
      return {
        form: 'toast',
        parts: [...said(words.payment), button('p3', words.payment.button, '{{ cart.url }}')],
      }
    case 'limited':
      return {
        form: 'modal',
        parts: [
          ...said(words.limited),
          coupon('p3', words),
          { kind: 'countdown', id: 'p4', label: words.left, to: { kind: 'coupon' } },
        ],
      }
    case 'welcome':
      return { form: 'modal', parts: [...said(words.welcome), coupon('p3', words)] }
    case 'firstCoupon': {
      const shown = products('best_first_products', words.firstCoupon, {
        form: 'sheet',
        limit: 3,
        goesOn: true,
      })
      return { ...shown, parts: [...shown.parts, coupon('p4', words)] }
    }
    case 'event':
      return {
        form: 'bar',
        parts: [
          { kind: 'heading', id: 'p1', text: words.event.heading },
          { kind: 'countdown', id: 'p2', label: words.left, to: { kind: 'time', at: end } },
          button('p3', words.event.button, '/'),
        ],
      }
    case 'season': {
      const shown = products('popular', words.season, { limit: 4 })
      return {
        ...shown,
        parts: [
          ...shown.parts,
          { kind: 'countdown', id: 'p4', label: words.lastOrder, to: { kind: 'time', at: end } },
        ],
      }
    }
    case 'consent':
      return consent(words)
    case 'survey':
      return survey(words)
  }
}

type Part = OnsiteContent['parts'][number]

function said({ heading, text }: Said): readonly Part[] {
  return [
    { kind: 'heading', id: 'p1', text: heading },
    { kind: 'text', id: 'p2', text },
  ]
}

function button(id: string, label: string, url: string): Part {
  return { kind: 'button', id, label, url }
}

function coupon(id: string, { take, couponTitle }: With['words']): Part {
  return { kind: 'coupon', id, title: couponTitle, label: take }
}

type Shown = {
  readonly form?: OnsiteContent['form']
  readonly limit?: number
  /** Whether its words are true of what else is shown where the way has too little: of most they are not. */
  readonly goesOn?: boolean
}

/** A message of which recommended products are the most part. */
function products(
  strategy: StrategyName,
  words: Said,
  { form = 'slide', limit = 4, goesOn = false }: Shown = {},
): Begun {
  const usual = usualRecipe(strategy)
  return {
    form,
    rests: ['today', '7d'],
    recommend: { ...usual, limit, fallback: goesOn ? usual.fallback : [] },
    parts: [
      ...said(words),
      {
        kind: 'cards',
        id: 'p3',
        from: { kind: 'recommended' },
        limit,
        label: words.button,
        why: goesOn,
      },
    ],
  }
}

function consent({ news }: With['words']): Begun {
  const { heading, text, email, agree, wording, send, thanks } = news
  return {
    form: 'sheet',
    asks: 'consent',
    rests: ['7d', '30d'],
    parts: [
      ...said({ heading, text, button: send }),
      {
        kind: 'form',
        id: 'p3',
        fields: [{ id: 'f1', kind: 'email', label: email, options: [], required: true }],
        consents: [{ id: 'c1', channel: 'email', night: false, label: agree, wording }],
        label: send,
        thanks,
      },
    ],
  }
}

function survey({ ask }: With['words']): Begun {
  return {
    form: 'modal',
    rests: ['30d'],
    parts: [
      { kind: 'heading', id: 'p1', text: ask.heading },
      {
        kind: 'form',
        id: 'p2',
        fields: [
          {
            id: 'f1',
            kind: 'choice',
            label: ask.question,
            trait: 'came_by',
            options: [...ask.answers],
            required: true,
          },
        ],
        consents: [],
        label: ask.send,
        thanks: ask.thanks,
      },
    ],
  }
}
