import type { ComingPlaybook } from './playbook.ts'

// What needs the shop's own pages, or the choice of products, before it can run. Shown, so that people know that it comes.

const visitNoSignup: ComingPlaybook = {
  id: 'visit_no_signup',
  family: 'journey',
  name: { ko: '방문 후 가입 미완료', en: 'Visited, did not join' },
  about: {
    ko: '둘러보는 고객에게 상점 화면에서 가입을 권해요. 연락처가 없어서 화면의 팝업으로만 말을 걸 수 있어요.',
    en: 'Invites visitors to join, on the shop’s own pages: there is no address to write to.',
  },
  enters: {
    ko: '두 화면 이상 보거나 다시 찾아온 비회원. 로그인·가입·주문 화면에서는 나오지 않아요.',
    en: 'Visitors who saw two pages or came again; never on sign-in, join or checkout pages.',
  },
  needs: ['on_site'],
}

const consentGrowth: ComingPlaybook = {
  id: 'consent_growth',
  family: 'care',
  name: { ko: '수신동의 늘리기', en: 'Ask for consent' },
  about: {
    ko: '상점 화면에서 소식을 받을지 물어요. 거절도 똑같이 쉽게 하고, 거절하면 7일에서 30일 동안 다시 묻지 않아요.',
    en: 'Asks on the shop’s pages whether they want news. Refusing is as easy, and keeps it quiet for 7 to 30 days.',
  },
  enters: {
    ko: '수신동의가 없는 회원이 상점을 둘러볼 때.',
    en: 'Members without consent who are looking around.',
  },
  needs: ['on_site'],
}

const firstProductRecommendation: ComingPlaybook = {
  id: 'first_product_recommendation',
  family: 'promotion',
  name: { ko: '첫 구매 추천 팝업', en: 'Recommended first products' },
  about: {
    ko: '다시 사는 비율이 높은 첫 구매 상품을 아직 사지 않은 회원에게 보여줘요. 그래서 재구매가 늘었는지 대조군과 비교해요.',
    en: 'Shows members without an order the first products whose buyers come back most, and compares with a hold-out whether they do.',
  },
  enters: {
    ko: '가입 완료 화면을 봤지만 주문이 없는 회원이 상점을 둘러볼 때.',
    en: 'Members without an order who are looking around.',
  },
  needs: ['on_site', 'recommendations'],
}

/** Playbooks that cannot run yet. */
export const coming = {
  visit_no_signup: visitNoSignup,
  consent_growth: consentGrowth,
  first_product_recommendation: firstProductRecommendation,
} as const
