import type { Condition } from '../definition.ts'
import type { SequenceCondition } from '../sequence.ts'
import {
  atLeastNumber,
  days,
  did,
  didNot,
  every,
  factNumber,
  factText,
  factTime,
  hasProperty,
  hours,
  minutes,
  no,
  some,
} from './conditions.ts'
import { repurchaseDays, repurchaseSaid } from './figures.ts'
import type { ReadySegment } from './ready.ts'

// Who stopped at a stage on the way to an order. Where a rule speaks of the moment (the page under the eyes, the hour a
// mail leaves), the moment belongs to the campaign; the segment says who is there.

const visitNoSignup: ReadySegment = {
  id: 'visit_no_signup',
  group: 'journey',
  name: { ko: '방문 후 가입 미완료', en: 'Visited, did not join' },
  purpose: {
    ko: '둘러봤지만 아직 가입하지 않은 고객이에요. 연락처가 없어서 상점 화면에서만 말을 걸 수 있어요.',
    en: 'People who looked around without joining. They left no contact, so only the shop’s own pages can speak to them.',
  },
  left: {
    ko: '머문 시간 30초와, 로그인·가입·주문 페이지에서는 말을 걸지 않는 것은 캠페인이 지켜요.',
    en: 'Staying for 30 seconds, and silence on the sign-in, join and checkout pages, are left to the campaign.',
  },
  definition: () =>
    every(
      { kind: 'member', is: 'anonymous' },
      did('Page Viewed', 1, { last: days(30) }),
      some(
        {
          kind: 'sequence',
          steps: [{ event: 'Page Viewed' }, { event: 'Page Viewed', within: minutes(30) }],
          window: { kind: 'rolling', span: days(30) },
        },
        did('Visit Started', 2, { last: days(30) }),
      ),
      // Members who are signed out are known by the device: they are no prospects.
      didNot('Signed Up', days(365)),
      didNot('Signed In', days(365)),
    ),
}

const searchNoPurchase: ReadySegment = {
  id: 'search_no_purchase',
  group: 'journey',
  name: { ko: '특정 상품 검색 후 미구매', en: 'Searched, no purchase' },
  purpose: {
    ko: '찾는 것이 뚜렷한데 아직 사지 않은 고객이에요. 찾던 상품이나 비슷한 상품을 보여주기 좋아요.',
    en: 'They know what they want and have not bought. Show them what they searched for, or what is close to it.',
  },
  left: {
    ko: '검색어가 두 글자 이상인지, 결과가 있었는지, 같은 검색어로 30일 안에 다시 보내지 않는지는 캠페인이 지켜요. 주문한 지 7일이 안 된 고객은 기다려요.',
    en: 'Words of two letters or more, whether they found anything, and not writing twice about the same words within 30 days are left to the campaign. Whoever ordered in the last 7 days waits.',
  },
  definition: () =>
    every(
      did('Products Searched', 1, { last: days(7), where: hasProperty('query') }),
      didNot('Order Completed', days(7)),
      // A filled cart or a begun payment is the nearer reason to speak.
      no(factNumber('cart.items', '>=', 1)),
      no(factText('stage.now', 'checkout')),
    ),
}

/** All of one product, which was not put in the cart within a day. */
function notCarted(steps: SequenceCondition['steps']): Condition {
  return {
    kind: 'sequence',
    steps,
    not: { event: 'Product Added', within: days(1) },
    sameProduct: true,
    window: { kind: 'rolling', span: days(8) },
  }
}

const productViewNoPurchase: ReadySegment = {
  id: 'product_view_no_purchase',
  group: 'journey',
  name: { ko: '상세페이지 확인 후 미구매', en: 'Viewed a product twice, no purchase' },
  purpose: {
    ko: '같은 상품을 다시 보러 왔거나 한 번에 60초 넘게 봤지만 하루가 지나도록 담지 않은 고객이에요. 후기나 내려간 가격을 알려주기 좋아요.',
    en: 'They came back to the same product, or stayed with it for 60 seconds, and did not put it in the cart within a day. Reviews or a lower price help.',
  },
  left: {
    ko: '재고가 있는지, 그 상품을 30일 안에 산 적이 있는지는 캠페인이 보내기 전에 확인해요.',
    en: 'The stock, and whether they bought that product in the last 30 days, are checked by the campaign before it sends.',
  },
  definition: () =>
    every(
      some(
        notCarted([{ event: 'Product Viewed' }, { event: 'Product Viewed', within: days(7) }]),
        // A page that shows one product names it when it is left; a page of several names none.
        notCarted([{ event: 'Page Left', where: atLeastNumber('engaged_seconds', 60) }]),
      ),
      didNot('Order Completed', days(1)),
    ),
}

const cartAbandonment: ReadySegment = {
  id: 'cart_abandonment',
  group: 'journey',
  name: { ko: '장바구니 담은 후 미구매', en: 'Carted, no purchase' },
  purpose: {
    ko: '담아둔 지 한 시간이 지난 고객이에요. 담긴 상품을 그대로 다시 보여주기 좋아요.',
    en: 'Something has been in the cart for an hour. Show it to them again.',
  },
  left: {
    ko: '담긴 상품이 지금 팔리는지와 90일에 한 번만 쿠폰을 주는 것은 캠페인이 지켜요.',
    en: 'Whether what is in the cart can be sold now, and one coupon in 90 days at most, are left to the campaign.',
  },
  definition: () =>
    every(
      factNumber('cart.items', '>=', 1),
      factTime('cart.changed_at', 'at-least-ago', hours(1)),
      factTime('cart.changed_at', 'within-last', days(3)),
      no(factText('stage.now', 'checkout')),
    ),
}

const firstCartLimited: ReadySegment = {
  id: 'first_cart_limited_coupon',
  group: 'journey',
  name: { ko: '가입 후 담기만 한 고객', en: 'Joined, carted, never bought' },
  purpose: {
    ko: '가입하고 담기까지 했지만 한 번도 사지 않은 회원이에요. 한정 수량 쿠폰으로 첫 구매를 도와요.',
    en: 'Members with a filled cart who never bought. A limited coupon helps with the first order.',
  },
  left: {
    ko: '남은 쿠폰 수를 사실대로 보여주는 것과, 쿠폰이 떨어지면 보내지 않는 것은 캠페인이 지켜요.',
    en: 'Showing how many coupons really remain, and not writing when they are gone, are left to the campaign.',
  },
  definition: () =>
    every(
      { kind: 'member', is: 'member' },
      no(factNumber('orders.count', '>=', 1)),
      factNumber('cart.items', '>=', 1),
      factTime('cart.changed_at', 'at-least-ago', hours(1)),
    ),
}

const checkoutAbandonment: ReadySegment = {
  id: 'checkout_abandonment',
  group: 'journey',
  name: { ko: '결제 과정 이탈', en: 'Left during payment' },
  purpose: {
    ko: '주문서를 쓰기 시작하고 30분이 지나도록 결제하지 않은 고객이에요. 간편한 결제 방법을 알려주기 좋아요.',
    en: 'They began to pay and have not finished for 30 minutes. Tell them the easiest way to pay.',
  },
  left: {
    ko: '무통장입금을 기다리는 주문과 네이버페이 주문형은 이탈이 아니에요. 주문이 들어왔는지는 캠페인이 보내기 전에 다시 확인해요.',
    en: 'An order that waits for a bank transfer, or one finished at Naver Pay, is not lost; the campaign looks for the order again before it sends.',
  },
  definition: () =>
    every(
      factText('stage.now', 'checkout'),
      factTime('stage.since', 'at-least-ago', minutes(30)),
      some(
        did('Checkout Started', 1, { last: days(1) }),
        did('Payment Info Entered', 1, { last: days(1) }),
      ),
    ),
}

const repurchaseDue: ReadySegment = {
  id: 'repurchase_due',
  group: 'journey',
  name: { ko: '재구매 유도 필요', en: 'Repurchase due' },
  purpose: {
    ko: '다시 살 때가 된 고객이에요. 다 쓰셨는지 묻고 다시 주문하는 길을 보여주기 좋아요.',
    en: 'Their next order is due. Ask whether it ran out, and show the way to order again.',
  },
  left: {
    ko: '배송이 끝났는지, 반품이나 문의가 진행 중인지는 캠페인이 지켜요. 상품마다 다른 간격은 상점 전체 간격으로 대신했어요.',
    en: 'Whether it was delivered, and open returns or complaints, are left to the campaign. The shop’s interval stands in for each product’s own.',
  },
  figure: repurchaseSaid,
  definition: (figures) =>
    every(
      factNumber('orders.count', '>=', 1),
      factTime('orders.last_at', 'at-least-ago', days(repurchaseDays(figures).value)),
    ),
}

/** The five stages of the journey, the middle one in its three cases: domain rules E.1. */
export const journeySegments = [
  visitNoSignup,
  searchNoPurchase,
  productViewNoPurchase,
  cartAbandonment,
  firstCartLimited,
  checkoutAbandonment,
  repurchaseDue,
] as const
