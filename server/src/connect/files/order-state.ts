/** What became of a line of an order. */
export type LineState = 'unpaid' | 'paid' | 'cancelled' | 'returned'

/**
 * Reads the words that shops write of an order or a line: `배송 완료`, `입금전 취소 - 관리자`, `반품완료`, `paid`. What is only asked for
 * (`취소요청`) has not happened yet. undefined for an empty cell.
 */
export function lineState(cell: string): LineState | undefined {
  const word = cell
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_\-()]/g, '')
  if (word === '') return undefined
  if (/취소안함|정상|철회|거부|부분|partially/.test(word)) return 'paid'
  if (/(취소|반품|환불|교환)(요청|신청|접수|처리중|보류|대기|예정|수거)|수거중|수거완료/.test(word))
    return 'paid'
  if (/환불|반품|return|refund/.test(word)) return 'returned'
  if (/취소|cancel|void/.test(word)) return 'cancelled'
  if (
    /입금전|입금대기|입금확인중|입금예정|결제대기|결제전|미입금|미결제|pending|unpaid|awaiting/.test(
      word,
    )
  )
    return 'unpaid'
  return 'paid'
}

/** How an order came in, as the rows say it; null: the shop itself. */
export function channelOf(cell: string, isSmartStore: boolean): string | null {
  if (isSmartStore) return 'smartstore'
  const word = cell
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_\-/()]/g, '')
  if (word === '') return null
  if (/네이버페이|naverpay|npay/.test(word)) return 'naver_pay'
  if (/스마트스토어|스토어팜|smartstore/.test(word)) return 'smartstore'
  if (/쇼핑몰|자사몰|모바일|mobile|web|웹|pc|앱|app|online|기본/.test(word)) return null
  return cell.trim().slice(0, 60)
}
