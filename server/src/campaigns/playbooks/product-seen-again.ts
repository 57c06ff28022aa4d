import { Recipe } from '../../recommendations/recipe.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type PageWords, productsOnPage } from './products-on-page.ts'

const id = 'product_seen_again'
const seen = 'product_view_no_purchase'

/** What they looked at last, where it can still be bought; a price that went down shows the old one beside it. */
const lookedAt = Recipe.parse({ strategy: 'recently_viewed', limit: 3, atLeast: 1 })

/** Who looked at one product twice, or once for a minute, and did not cart it sees it when they are back. Off site it is product_view_no_purchase. */
export const productSeenAgain: Playbook = {
  id,
  family: 'journey',
  name: { ko: '보던 상품 다시 보여주기 (상점 화면)', en: 'What they looked at, on the page' },
  about: {
    ko: '같은 상품을 두 번 보거나 한 번에 60초 넘게 보고 담지 않은 고객이 다시 오면 보던 상품을 후기와 지금 가격으로 보여줘요. 값이 내려갔으면 전 가격도 함께 보여요. 품절된 상품은 빼요.',
    en: 'When somebody who looked at one product twice, or once for 60 seconds, and did not cart it is back: what they looked at, with its rating and today’s price, and the old one where it went down. What is sold out is left out.',
  },
  enters: {
    ko: '7일 안에 같은 상품을 두 번 보거나 한 번에 60초 넘게 보고 하루가 지나도록 담지 않은 고객이 다시 온 때. 7일에 한 번이에요.',
    en: 'Who looked at one product twice within 7 days, or once for 60 seconds, and did not cart it within a day, when they are back; once in 7 days.',
  },
  segments: [{ key: seen, ready: seen }],
  flow: (language, made = bare) =>
    productsOnPage(
      {
        id,
        trigger: {
          visitor: 'returning',
          when: [{ kind: 'seconds', seconds: 3 }],
          often: 'week',
        },
        audience: seen,
        exits: ['Order Completed', 'Product Added'],
        form: 'slide',
        recommend: lookedAt,
      },
      words[language],
      { language, made },
    ),
}

const words: { readonly [L in Language]: PageWords } = {
  ko: {
    heading: '보시던 상품, 아직 고민 중이세요?',
    text: '후기와 지금 가격을 한 번 더 확인해 보세요.',
    look: '다시 보기',
  },
  en: {
    heading: 'Still thinking about it?',
    text: 'Have another look at the reviews and today’s price.',
    look: 'See it again',
  },
}
