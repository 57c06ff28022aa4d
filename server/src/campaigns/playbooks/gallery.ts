import { backInStock } from './back-in-stock.ts'
import { cartAbandonment } from './cart-abandonment.ts'
import { cartCompanions } from './cart-companions.ts'
import { checkoutAbandonment } from './checkout-abandonment.ts'
import { consentGrowth } from './consent-growth.ts'
import { couponExpiring } from './coupon-expiring.ts'
import { firstCartLimitedCoupon } from './first-cart-limited-coupon.ts'
import { firstOrderCare } from './first-order-care.ts'
import { firstProductRecommendation } from './first-product-recommendation.ts'
import { kakaoChannelAdd } from './kakao-channel-add.ts'
import { memberBackWithoutOrder } from './member-back-without-order.ts'
import { membersPrice } from './members-price.ts'
import { paymentFailed } from './payment-failed.ts'
import type { Playbook } from './playbook.ts'
import { priceDrop } from './price-drop.ts'
import { productSeenAgain } from './product-seen-again.ts'
import { productViewNoPurchase } from './product-view-no-purchase.ts'
import { promoFirstPurchase } from './promo-first-purchase.ts'
import { promoPeriod } from './promo-period.ts'
import { promoRepurchase } from './promo-repurchase.ts'
import { promoSeasonal } from './promo-seasonal.ts'
import { promoSignup } from './promo-signup.ts'
import { repurchaseDue } from './repurchase-due.ts'
import { repurchaseSpecialPrice } from './repurchase-special-price.ts'
import { reviewRequest } from './review-request.ts'
import { searchNoPurchase } from './search-no-purchase.ts'
import { searchOnPage } from './search-on-page.ts'
import { signupNoPurchaseVisit } from './signup-no-purchase-visit.ts'
import { visitNoSignup } from './visit-no-signup.ts'
import { weeklyDigest } from './weekly-digest.ts'

/** Every playbook that can be begun, by id. A new one is one file and one line here. */
export const runnable = {
  visit_no_signup: visitNoSignup,
  cart_abandonment: cartAbandonment,
  cart_companions: cartCompanions,
  checkout_abandonment: checkoutAbandonment,
  first_cart_limited_coupon: firstCartLimitedCoupon,
  payment_failed: paymentFailed,
  product_view_no_purchase: productViewNoPurchase,
  product_seen_again: productSeenAgain,
  price_drop: priceDrop,
  search_no_purchase: searchNoPurchase,
  search_on_page: searchOnPage,
  repurchase_due: repurchaseDue,
  repurchase_special_price: repurchaseSpecialPrice,
  coupon_expiring: couponExpiring,
  promo_signup: promoSignup,
  promo_first_purchase: promoFirstPurchase,
  first_product_recommendation: firstProductRecommendation,
  signup_no_purchase_visit: signupNoPurchaseVisit,
  member_back_without_order: memberBackWithoutOrder,
  promo_repurchase: promoRepurchase,
  promo_period: promoPeriod,
  promo_seasonal: promoSeasonal,
  members_price: membersPrice,
  weekly_digest: weeklyDigest,
  back_in_stock: backInStock,
  first_order_care: firstOrderCare,
  review_request: reviewRequest,
  kakao_channel_add: kakaoChannelAdd,
  consent_growth: consentGrowth,
} as const satisfies { readonly [id: string]: Playbook }

export type PlaybookId = keyof typeof runnable

/** The ids of those that can be begun, as the routes accept them. */
export const playbookIds = Object.keys(runnable) as [PlaybookId, ...PlaybookId[]]

/** All of them as the gallery shows them. */
export const gallery: readonly Playbook[] = Object.values(runnable)
