/** Why a line of a file was left out. */
export const fileFaults = [
  'no_order',
  'no_product',
  'no_person',
  'no_name',
  'bad_quantity',
  'bad_amount',
  'no_date',
  'future_date',
  'doubled',
  'rounded',
  'heading',
  'sum',
] as const
export type FileFault = (typeof fileFaults)[number]

/** The reasons as whoever brought the file reads them. */
export const faultWords: Readonly<Record<FileFault, { readonly ko: string; readonly en: string }>> =
  {
    no_order: { ko: '주문번호가 없어요', en: 'No order number' },
    no_product: { ko: '상품이 적혀 있지 않아요', en: 'It names no product' },
    no_person: { ko: '누구인지 적혀 있지 않아요', en: 'It names nobody' },
    no_name: { ko: '이름이 없어요', en: 'It has no name' },
    bad_quantity: { ko: '수량을 읽을 수 없어요', en: 'The quantity cannot be read' },
    bad_amount: { ko: '금액을 읽을 수 없어요', en: 'An amount cannot be read' },
    no_date: { ko: '주문한 날짜를 읽을 수 없어요', en: 'The date of the order cannot be read' },
    future_date: { ko: '아직 오지 않은 날짜예요', en: 'A date to come' },
    doubled: { ko: '같은 줄이 위에 또 있어요', en: 'The same line stands above' },
    rounded: {
      ko: '엑셀이 긴 번호를 줄여 적어(2.0E+15) 어느 것인지 알 수 없어요',
      en: 'Excel shortened a long number (2.0E+15): nobody can tell which it was',
    },
    heading: { ko: '제목 줄이 또 있어요', en: 'The headings again' },
    sum: { ko: '합계 줄이에요', en: 'A line of sums' },
  }
