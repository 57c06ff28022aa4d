/**
 * Who outweighs whom for one person within a day, the weightiest first (domain rules E.0): nearer to the order is weightier.
 * Campaigns for many at once give way to all of them.
 */
export const journeyWeights = {
  checkout_abandonment: 100,
  payment_failed: 100,
  first_cart_limited_coupon: 90,
  cart_companions: 82,
  cart_abandonment: 80,
  product_seen_again: 71,
  product_view_no_purchase: 70,
  price_drop: 65,
  back_in_stock: 62,
  search_on_page: 61,
  search_no_purchase: 60,
  member_back_without_order: 51,
  signup_no_purchase_visit: 50,
  coupon_expiring: 48,
  promo_signup: 45,
  first_product_recommendation: 42,
  promo_first_purchase: 40,
  repurchase_special_price: 30,
  promo_repurchase: 20,
  repurchase_due: 20,
  visit_no_signup: 10,
  kakao_channel_add: 6,
  consent_growth: 4,
  review_request: 5,
  first_order_care: 5,
  members_price: 2,
  weekly_digest: 1,
  promo_period: 1,
  promo_seasonal: 1,
} as const

/** The class in which the weights are compared. */
const journeyClass = 'journey'

/** The precedence of a ready-made campaign. */
export function precedenceOf(playbook: keyof typeof journeyWeights): {
  readonly class: string
  readonly weight: number
} {
  return { class: journeyClass, weight: journeyWeights[playbook] }
}
