import { say } from './reason-text.ts'

/** Why a message waits for the shop's platform, or does not leave by its word (connect/platform/errands.ts). */
export const platformReasons = {
  platform_coupon: say(
    'held',
    '쇼핑몰에서 회원에게 쿠폰을 먼저 발급하고 있어요. 발급되면 바로 보내요.',
    'Held: the coupon is being given to the member at the shop first; it leaves right after.',
  ),
  coupon_not_issued: say(
    'refused',
    '쇼핑몰에서 쿠폰을 발급하지 못해서 보내지 않았어요. 쿠폰 없이는 보내지 않아요.',
    'Not sent: the shop’s platform did not give the coupon, and without it this message never leaves.',
  ),
  cart_asked: say(
    'held',
    '쇼핑몰 장바구니에 아직 담겨 있는지 확인하고 있어요. 답이 늦으면 그냥 보내요.',
    'Held: the shop is asked whether it is still in the cart; a late answer is not waited for.',
  ),
  cart_gone: say(
    'refused',
    '쇼핑몰에 물어보니 장바구니에 그 상품이 더 없어서 보내지 않았어요.',
    'Not sent: the shop says that the goods are no longer in the cart.',
  ),
}
