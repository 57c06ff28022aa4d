import { Recipe } from '../../recommendations/recipe.ts'
import type { EventCondition } from '../../segments/event-condition.ts'
import type { Filter } from '../../segments/filter.ts'
import { every, factNumber, some } from '../../segments/ready/conditions.ts'
import { usualJoinPage } from '../page/join-page.ts'
import { busyPages } from './page-parts.ts'
import { bare, type Language, type Playbook, type PlaybookSegment } from './playbook.ts'
import { type PageWords, productsOnPage } from './products-on-page.ts'

/** Joined, by the event or by the page that shops show after it, and never bought. */
const joined: PlaybookSegment = {
  key: 'joined_without_order',
  name: { ko: '가입을 마치고 아직 사지 않은 고객', en: 'Joined, never bought' },
  // Two segments of one name and different pages could not be told apart.
  nameFor: ({ joinPage = usualJoinPage }) =>
    joinPage === usualJoinPage || joinPage === ''
      ? undefined
      : {
          ko: `가입을 마치고 아직 사지 않은 고객 (${joinPage})`.slice(0, 100),
          en: `Joined, never bought (${joinPage})`.slice(0, 100),
        },
  purpose: {
    ko: '가입했거나 가입 완료 화면을 봤고, 결제한 주문이 없어요.',
    en: 'They joined, or saw the page after joining, and have no paid order.',
  },
  definition: ({ joinPage = usualJoinPage }) =>
    every(
      joinPage === '' ? everDid('Signed Up') : some(everDid('Signed Up'), sawPage(joinPage)),
      factNumber('orders.count', '=', 0),
    ),
}

function sawPage(holds: string): EventCondition {
  const is = { type: 'text', op: 'contains', value: holds } as const
  return everDid('Page Viewed', { kind: 'property', path: 'url_path', is })
}

/** Did the event at any time. */
function everDid(event: string, where?: Filter): EventCondition {
  return {
    kind: 'event',
    event,
    ...(where ? { where } : {}),
    window: { kind: 'ever' },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  }
}

/** Those that were chosen, else the best; and ways to the same goal where too few first purchases were counted yet. */
function recommended(products: readonly string[] | undefined): Recipe {
  return Recipe.parse(
    products
      ? { strategy: 'chosen', products, limit: products.length, atLeast: 1 }
      : {
          strategy: 'best_first_products',
          fallback: ['popular', 'new_arrivals'],
          limit: shownUsually,
          atLeast: 1,
        },
  )
}

/** Whoever has just joined is met on the very page that says so; its address speaks of joining too. */
function payingPages(joinPage: string) {
  return busyPages.filter(
    ({ value }) => !/join|signup|register/.test(value) && !joinPage.includes(value),
  )
}

const shownUsually = 3

/** Chosen products are a hypothesis about coming back: all orders of each person in the time in which a second one shows. */
const testedGoal = { metric: 'orders', windowHours: 90 * 24 } as const

/**
 * The first products whose buyers come back most, in an order left to chance, for members who never bought. Its report says
 * whether more of them came back than of those who were shown nothing.
 */
export const firstProductRecommendation: Playbook = {
  id: 'first_product_recommendation',
  family: 'promotion',
  name: { ko: '첫 구매 추천 팝업', en: 'Recommended first products' },
  about: {
    ko: '다시 사는 비율이 높은 첫 구매 상품을 아직 사지 않은 회원에게 슬라이드로 보여줘요. 상품 순서는 고객마다 무작위예요. 보여주지 않은 20 %와 비교해서 재구매가 늘었는지 확인해요.',
    en: 'Shows members without an order the first products whose buyers come back most, in random order, and compares with 20 % who see nothing.',
  },
  enters: {
    ko: '가입 완료 화면을 봤거나 가입했지만 주문이 없는 고객이 상점을 둘러볼 때.',
    en: 'Members without an order who are looking around.',
  },
  segments: [joined],
  flow: (language, made = bare) => {
    const { products, holdoutShare = 0.2, joinPage = usualJoinPage } = made.answers
    return productsOnPage(
      {
        id: 'first_product_recommendation',
        trigger: { when: [{ kind: 'now' }], often: 'day', never: payingPages(joinPage) },
        audience: joined.key,
        form: 'slide',
        order: 'random_person',
        recommend: recommended(products),
        goal: products ? testedGoal : { windowHours: 7 * 24 },
        holdoutShare,
      },
      words[language],
      { language, made },
    )
  },
}

const words: { readonly [L in Language]: PageWords } = {
  ko: { heading: '처음이라면 이 상품부터 써 보세요', look: '상품 보러 가기' },
  en: { heading: 'New here? Begin with these', look: 'See the product' },
}
