import type { Nature } from '../../../server/src/messages/content.ts'
import { words } from '../app/language.ts'

export type Because = Extract<Nature, { readonly purpose: 'informational' }>['because']

/** Why a message may go without consent: the closed list, in the words of a shop. */
export const becauseNames = words({
  order: { ko: '주문 안내', en: 'An order' },
  payment: { ko: '결제 안내', en: 'A payment' },
  shipping: { ko: '배송 안내', en: 'Shipping' },
  return: { ko: '반품·교환 안내', en: 'A return or exchange' },
  refund: { ko: '환불 안내', en: 'A refund' },
  account_security: { ko: '계정 보안', en: 'Security of the account' },
  terms_change: { ko: '약관·가격 변경 안내', en: 'A change of terms or prices' },
  answer: { ko: '고객이 물은 것에 답하기', en: 'An answer they asked for' },
  consent_notice: { ko: '수신동의 결과 안내', en: 'The result of a consent' },
  restock_requested: {
    ko: '고객이 신청한 재입고 알림',
    en: 'Back in stock, as they asked',
  },
})

export const reasonsToInform = Object.keys(becauseNames) as readonly Because[]
