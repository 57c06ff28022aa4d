import type { Fact } from './fact.ts'
import { factOf, words } from './fact.ts'

const member = factOf('member')
const stage = factOf('stage')
const cart = factOf('cart')
const orders = factOf('orders')
const favorite = factOf('favorite')

const memberFacts: readonly Fact[] = [
  member('member.state', 'text', {
    label: words('회원 상태', 'Member state'),
    note: words(
      '가입이나 로그인을 한 사람은 회원이에요. 휴면과 탈퇴는 상점 서버가 알려줄 때 바뀌어요.',
      "Whoever signed up or in is a member; dormant and withdrawn come from the shop's server.",
    ),
    always: true,
    values: [
      { value: 'anonymous', label: words('비회원', 'Not a member') },
      { value: 'member', label: words('회원', 'Member') },
      { value: 'dormant', label: words('휴면', 'Dormant') },
      { value: 'withdrawn', label: words('탈퇴', 'Withdrawn') },
    ],
  }),
  member('member.joined_at', 'date', {
    label: words('가입한 날', 'Joined'),
    note: words(
      '회원가입 이벤트의 시각이거나, 상점이 알려준 가입일이에요.',
      'The time of Signed Up, or the join date the shop told.',
    ),
    examples: ['2026-03-01T00:00:00.000Z'],
  }),
]

const stageFacts: readonly Fact[] = [
  stage('stage.now', 'text', {
    label: words('여정 단계', 'Journey stage'),
    note: words(
      '마지막 주문 뒤로 가장 멀리 간 단계예요. 한 사람은 늘 한 단계에 있어요.',
      'The furthest stage since the last order; a person is in exactly one.',
    ),
    always: true,
    values: [
      { value: 'visited', label: words('방문', 'Visited') },
      { value: 'searched', label: words('검색', 'Searched') },
      { value: 'considered', label: words('고민', 'Considered') },
      { value: 'checkout', label: words('결제 중', 'Checkout') },
      { value: 'bought', label: words('구매', 'Bought') },
    ],
  }),
  stage('stage.since', 'date', {
    label: words('그 단계에 들어선 때', 'In that stage since'),
    note: words('지금 단계에 처음 들어선 시각이에요.', 'When the person first reached that stage.'),
  }),
]

const cartFacts: readonly Fact[] = [
  cart('cart.items', 'number', {
    label: words('담긴 상품 수', 'Products in the cart'),
    note: words(
      '담은 것에서 뺀 것과 산 것을 뺀, 서로 다른 상품의 수예요. 비어 있으면 0이에요.',
      'Different products added, less removed and ordered ones; 0 when empty.',
    ),
    always: true,
    examples: [0, 1, 3],
  }),
  cart('cart.value', 'number', {
    label: words('장바구니 금액', 'Value of the cart'),
    note: words('담을 때의 가격과 수량으로 셈해요.', 'By price and quantity as they were added.'),
    always: true,
    isMoney: true,
    examples: [30000],
  }),
  cart('cart.changed_at', 'date', {
    label: words('장바구니가 바뀐 때', 'Cart last changed'),
    note: words(
      '담거나 빼거나 산 마지막 시각이에요.',
      'When something was last added, removed or ordered.',
    ),
  }),
  cart('cart.products', 'list', {
    label: words('담긴 상품', 'Products in it'),
    note: words('상품 번호들이에요. 최근 100개까지요.', 'Product ids, the newest 100.'),
    names: 'product',
  }),
  cart('cart.categories', 'list', {
    label: words('담긴 상품의 분류', 'Categories in it'),
    note: words(
      '담을 때 말한 분류이고, 없으면 상품 목록의 분류예요.',
      "The category told when it was added, else the catalogue's.",
    ),
    names: 'category',
  }),
  cart('cart.sold_out', 'boolean', {
    label: words('담긴 상품이 품절됨', 'Something in it sold out'),
    note: words(
      '상점이 재고 0이나 판매 중지를 알린 상품이 담겨 있어요.',
      'It holds a product the shop says is out of stock or off sale.',
    ),
    always: true,
  }),
  cart('cart.price_dropped', 'boolean', {
    label: words('담긴 상품의 가격이 내림', 'Something in it got cheaper'),
    note: words(
      '담을 때보다 싸졌다고 상점이 알린 상품이 담겨 있어요.',
      'It holds a product the shop says costs less than when it was added.',
    ),
    always: true,
  }),
  cart('cart.as_of', 'date', {
    label: words('장바구니를 안 때', 'Cart known as of'),
    note: words('장바구니를 알려준 마지막 시각이에요.', 'When the cart was last told of.'),
  }),
  cart('cart.source', 'text', {
    label: words('장바구니의 출처', 'Where the cart is known from'),
    note: words(
      '이벤트로 셈했거나, 상점 서버가 통째로 알려줬어요.',
      "Counted from events, or told whole by the shop's server.",
    ),
    values: [
      { value: 'events', label: words('이벤트', 'Events') },
      { value: 'shop', label: words('상점 서버', "The shop's server") },
    ],
  }),
]

const orderFacts: readonly Fact[] = [
  orders('orders.count', 'number', {
    label: words('주문 수', 'Orders'),
    note: words(
      '결제되고, 취소되지 않고, 남은 상품이 있는 주문만 세요.',
      'Paid, not cancelled, with something kept.',
    ),
    always: true,
    examples: [0, 1, 2],
  }),
  orders('orders.revenue', 'number', {
    label: words('주문 금액 합계', 'Revenue'),
    note: words(
      '환불을 뺀 금액이에요. 상점의 통화로 된 주문만 더해요.',
      "Net of refunds; orders in the shop's currency only.",
    ),
    always: true,
    isMoney: true,
    examples: [100000],
  }),
  orders('orders.average', 'number', {
    label: words('평균 주문 금액', 'Average order'),
    note: words('합계를 그 주문 수로 나눈 값이에요.', 'Revenue divided by those orders.'),
    isMoney: true,
    examples: [50000],
  }),
  orders('orders.first_at', 'date', {
    label: words('첫 주문', 'First order'),
    note: words('첫 주문이 결제된 때예요.', 'When the first order was paid.'),
  }),
  orders('orders.last_at', 'date', {
    label: words('마지막 주문', 'Last order'),
    note: words('마지막 주문이 결제된 때예요.', 'When the last order was paid.'),
  }),
  orders('orders.first_products', 'list', {
    label: words('첫 주문의 상품', 'Products of the first order'),
    note: words('첫 주문에서 남긴 상품들이에요.', 'What was kept of the first order.'),
    names: 'product',
  }),
  orders('orders.products', 'list', {
    label: words('산 상품', 'Products bought'),
    note: words('최근에 산 것부터 100개까지예요.', 'Newest first, up to 100.'),
    names: 'product',
  }),
  orders('orders.categories', 'list', {
    label: words('산 상품의 분류', 'Categories bought'),
    note: words('최근에 산 것부터 100개까지예요.', 'Newest first, up to 100.'),
    names: 'category',
  }),
]

const favoriteNote = words(
  '최근 365일에 산 상품 중 가장 많은 몫이에요. 주문이 두 번은 있어야 해요.',
  'The largest share of items bought in the last 365 days; needs two orders.',
)
const favoriteFacts: readonly Fact[] = [
  favorite('favorite.category', 'text', {
    label: words('좋아하는 분류', 'Favourite category'),
    note: favoriteNote,
    fresh: 'time',
    names: 'category',
  }),
  favorite('favorite.brand', 'text', {
    label: words('좋아하는 브랜드', 'Favourite brand'),
    note: favoriteNote,
    fresh: 'time',
    names: 'brand',
  }),
  favorite('favorite.option', 'text', {
    label: words('좋아하는 옵션', 'Favourite option'),
    note: favoriteNote,
    fresh: 'time',
    examples: ['M', '검정'],
  }),
  favorite('favorite.price_band', 'text', {
    label: words('주로 사는 가격대', 'Usual price band'),
    note: favoriteNote,
    fresh: 'time',
    examples: ['10000-20000', '20000-50000', '50000-100000'],
  }),
]

/** What people do in the shop, and what follows of it. */
export const shoppingFacts: readonly Fact[] = [
  ...memberFacts,
  ...stageFacts,
  ...cartFacts,
  ...orderFacts,
  ...favoriteFacts,
]
