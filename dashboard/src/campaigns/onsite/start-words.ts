/** A heading, a sentence beneath it, and what stands on its button or on each card's. */
export type Said = { readonly heading: string; readonly text: string; readonly button: string }

/** What the starts of messages on the page say (starts.ts). */
export const startWords = {
  ko: {
    refuse: '괜찮아요',
    left: '남은 시간',
    lastOrder: '주문 마감까지',
    couponTitle: '{{ coupon.benefit }} 쿠폰',
    take: '쿠폰 받기',
    join: {
      heading: '회원이 되면 더 편하게 살 수 있어요',
      text: '3초 만에 가입하고 바로 둘러보세요.',
      button: '가입하기',
    },
    search: {
      heading: '이 검색어로 많이 산 상품이에요',
      text: '같은 말을 검색한 고객들이 골랐어요.',
      button: '상품 보기',
    },
    seen: {
      heading: '비슷한 상품도 함께 보세요',
      text: '지금 보신 상품과 견주어 보세요.',
      button: '상품 보기',
    },
    cart: {
      heading: '담아두신 상품 {{ cart.items.size }}개가 기다려요',
      text: '지금 {{ cart.total | money: shop.currency }}어치를 담으셨어요.',
      button: '장바구니 보기',
    },
    companions: {
      heading: '함께 사면 좋은 상품이에요',
      text: '담으신 상품을 산 고객들이 같이 골랐어요.',
      button: '상품 보기',
    },
    limited: {
      heading: '첫 구매에 쓸 {{ coupon.benefit }} 쿠폰이에요',
      text: '정해진 수량만 준비했어요. 담아두신 상품에 바로 쓸 수 있어요.',
      button: '',
    },
    payment: {
      heading: '결제가 아직 끝나지 않았어요',
      text: '담으신 상품은 그대로 있어요. 이어서 결제해 주세요.',
      button: '이어서 결제하기',
    },
    again: {
      heading: '다시 살 때가 되지 않았나요?',
      text: '지난번에 사신 상품을 골라 뒀어요.',
      button: '다시 사기',
    },
    special: {
      heading: '지금 할인하는 상품이에요',
      text: '{{ customer.name | nim }}, 오늘 값이 내려간 상품을 모았어요.',
      button: '상품 보기',
    },
    first: {
      heading: '처음이라면 이 상품부터 써 보세요',
      text: '무엇부터 볼지 고민된다면 여기서 골라 보세요.',
      button: '상품 보러 가기',
    },
    welcome: {
      heading: '가입을 환영해요',
      text: '바로 쓸 수 있는 쿠폰을 드려요.',
      button: '',
    },
    firstCoupon: {
      heading: '첫 구매 {{ coupon.benefit }} 쿠폰을 드려요',
      text: '무엇부터 살지 고민이라면 이 상품을 보세요.',
      button: '상품 보기',
    },
    back: {
      heading: '{{ customer.name | nim }}, 다시 오셨네요',
      text: '보시던 상품이에요. 이어서 둘러보세요.',
      button: '상품 보기',
    },
    next: {
      heading: '지난번에 사신 상품과 잘 어울려요',
      text: '같은 상품을 산 고객들이 다음에 고른 상품이에요.',
      button: '상품 보기',
    },
    event: { heading: '이번 주만 여는 행사예요', text: '', button: '행사 보러 가기' },
    season: {
      heading: '선물, 미리 골라 보세요',
      text: '많이 찾는 상품이에요. 마감 전에 주문하면 제때 받을 수 있어요.',
      button: '상품 보기',
    },
    news: {
      heading: '{{ shop.name }} 소식을 먼저 받아 보시겠어요?',
      text: '새 상품과 할인 소식을 이메일로 보내드려요. 언제든 그만 받을 수 있어요.',
      email: '이메일 주소',
      agree: '광고성 정보를 이메일로 받는 데 동의해요 (선택)',
      wording:
        '받는 것: 할인, 쿠폰, 새 상품 소식 같은 광고성 정보 (이메일). 동의하지 않아도 상점을 이용할 수 있고, 받은 메일의 수신거부 링크에서 언제든 그만 받을 수 있어요.',
      send: '소식 받기',
      thanks: '고마워요. 동의하신 내용을 메일로 알려드릴게요.',
    },
    ask: {
      heading: '한 가지만 여쭤볼게요',
      question: '우리 상점을 어떻게 알고 오셨어요?',
      answers: ['검색', 'SNS', '지인 소개', '광고'],
      send: '보내기',
      thanks: '답해 주셔서 고마워요.',
    },
  },
  en: {
    refuse: 'No, thanks',
    left: 'Time left',
    lastOrder: 'Last orders in',
    couponTitle: '{{ coupon.benefit }}',
    take: 'Get the coupon',
    join: {
      heading: 'Shopping is easier with an account',
      text: 'Join in seconds and go on looking.',
      button: 'Join',
    },
    search: {
      heading: 'Bought after this search',
      text: 'What others chose who looked for the same.',
      button: 'See the product',
    },
    seen: {
      heading: 'More like this',
      text: 'Compare them with what you are looking at.',
      button: 'See the product',
    },
    cart: {
      heading: '{{ cart.items.size }} products are waiting in your cart',
      text: 'It holds {{ cart.total | money: shop.currency }} so far.',
      button: 'To my cart',
    },
    companions: {
      heading: 'Goes well with your cart',
      text: 'Chosen by others together with what you put in.',
      button: 'See the product',
    },
    limited: {
      heading: '{{ coupon.benefit }} on your first order',
      text: 'There is a limited number of them. It works on what is in your cart.',
      button: '',
    },
    payment: {
      heading: 'Your payment is not finished',
      text: 'Everything is still in your cart. Go on where you left off.',
      button: 'Go on with the payment',
    },
    again: {
      heading: 'Time for more?',
      text: 'What you bought last time, at hand.',
      button: 'Buy again',
    },
    special: {
      heading: 'On sale now',
      text: 'These cost less than usual today.',
      button: 'See the product',
    },
    first: {
      heading: 'New here? Begin with these',
      text: 'Not sure where to start? Have a look at these.',
      button: 'See the product',
    },
    welcome: {
      heading: 'Welcome',
      text: 'Here is a coupon that works right away.',
      button: '',
    },
    firstCoupon: {
      heading: '{{ coupon.benefit }} on your first order',
      text: 'Not sure where to begin? Have a look at these.',
      button: 'See the product',
    },
    back: {
      heading: 'Good to see you again',
      text: 'Go on with what you looked at.',
      button: 'See the product',
    },
    next: {
      heading: 'Goes well with your last order',
      text: 'What others chose next.',
      button: 'See the product',
    },
    event: { heading: 'This week only', text: '', button: 'See the event' },
    season: {
      heading: 'Gifts, chosen in time',
      text: 'Bought most. Ordered before the end, they arrive in time.',
      button: 'See the product',
    },
    news: {
      heading: 'News from {{ shop.name }} first?',
      text: 'New products and offers by e-mail. Stop at any time.',
      email: 'E-mail address',
      agree: 'I agree to advertising by e-mail (optional)',
      wording:
        'What you get: advertising such as discounts, coupons and new products, by e-mail. You can shop without agreeing, and stop at any time by the link in each mail.',
      send: 'Get news',
      thanks: 'Thank you. A mail will confirm what you agreed to.',
    },
    ask: {
      heading: 'Just one question',
      question: 'How did you find us?',
      answers: ['Search', 'Social media', 'A friend', 'Advertising'],
      send: 'Send',
      thanks: 'Thank you for answering.',
    },
  },
} as const
