import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, inSegment, waitMinutes } from './parts.ts'
import { viewedTwice } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

const key = 'product_view_no_purchase'
/** A day and a little: the segment is left to say first that the day without an addition is over. */
const dayAndMinutes = 24 * 60 + 10

/** The product itself as it is today, where it may be spoken of and bought; without it the words alone go. */
const seen = Recipe.parse({ strategy: 'recently_viewed', limit: 1, atLeast: 0 })

/** Looked at one product twice, did not put it in the cart within a day. */
export const productViewNoPurchase: Playbook = {
  id: key,
  family: 'journey',
  name: { ko: '상세페이지 확인 후 미구매', en: 'Viewed a product, no purchase' },
  about: {
    ko: '같은 상품을 두 번 보고도 하루 동안 담지 않은 고객에게 그 상품을 지금 가격으로 다시 보여줘요. 그사이 값이 내려갔거나 재고가 다섯 개 이하일 때만 그렇다고 알려줘요. 나중에 값이 내려가면 ‘본 상품 가격 내림’이, 다시 온 고객에게는 ‘보던 상품 다시 보여주기’가 이어가요. 한 번에 60초 넘게 본 것은 세지 않아요.',
    en: 'Shows a product again to those who looked at it twice and did not cart it within a day. “Price drop” and “What they looked at, on the page” go on from there. One long look of 60 seconds does not count.',
  },
  enters: {
    ko: '7일 안에 같은 상품을 두 번째로 본 고객. 담거나 사면 나가요.',
    en: 'Whoever looks at a product the second time within 7 days; carting or buying lets them out.',
  },
  segments: [viewedTwice, { key, ready: key }],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Product Viewed', key: 'person' },
      // The second look is what makes them a member, so the event that lets them in is about that very product.
      ...audienceOf(made, viewedTwice.key),
      exits: ['Order Completed', 'Product Added'],
      conditions: ['no_order_since_entry', ...inSegment(made, key)],
      steps: [
        waitMinutes(1, dayAndMinutes),
        written(made, language, {
          id: 2,
          words: words[language],
          url: '{{ event.url | web_url: shop.url }}',
          recommend: seen,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf(key),
      nature: { purpose: 'advertising' },
    }),
}

/** Said only where it is so: the price went down since the look, or a handful is left; never of another product. */
const itself = '{% if recs[0].product_id == event.product_id %}'
const pays = '{% assign pays = recs[0].sale_price | default: recs[0].price %}'
const few = '{% if recs[0].stock > 0 and recs[0].stock <= 5 %}'
const today = {
  ko: `${itself}${pays}{% if pays < event.price %} 지금은 {{ pays | money: shop.currency | josa: '으로/로' }} 내려갔어요.{% endif %}${few} 재고 {{ recs[0].stock }}개 남았어요.{% endif %}{% endif %}`,
  en: `${itself}${pays}{% if pays < event.price %} It is {{ pays | money: shop.currency }} now, less than when you looked.{% endif %}${few} {{ recs[0].stock }} are left.{% endif %}{% endif %}`,
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: "{{ event.name | default: '보시던 상품' | trunc_bytes: 50 }}, 아직 고민 중이세요?",
    preheader: '보시던 상품을 다시 보여드려요.',
    heading: "{{ event.name | default: '보시던 상품' | trunc_bytes: 60 }}, 아직 고민 중이세요?",
    text: [
      `{{ customer.name | nim }}, 두 번이나 들여다보신 상품이에요. 후기와 자세한 정보를 한 번 더 확인해 보세요.${today.ko}`,
    ],
    button: '다시 보기',
    short: `{{ customer.name | nim }}, {{ event.name | default: '보시던 상품' | trunc_bytes: 40 }} 아직 고민 중이세요? 후기를 한 번 더 확인해 보세요.${today.ko}`,
  },
  en: {
    subject: "Still thinking about {{ event.name | default: 'it' | trunc_bytes: 60 }}?",
    preheader: 'Here it is again.',
    heading: "Still thinking about {{ event.name | default: 'it' | trunc_bytes: 60 }}?",
    text: [`You came back to it. Have another look at the reviews and details.${today.en}`],
    button: 'See it again',
    short: `Still thinking about {{ event.name | default: 'it' | trunc_bytes: 40 }}? Have another look.${today.en}`,
  },
}
