import type { FeedField, FeedRun, LineFault } from '../api/feeds.ts'
import { type Language, words } from '../app/language.ts'
import { count } from '../design/format.ts'

/** What is said of feeds and of what became of them. */
export const feedText = words({
  running: { ko: '읽는 중', en: 'Reading' },
  done: { ko: '받았어요', en: 'Taken' },
  unchanged: { ko: '바뀐 것 없음', en: 'Unchanged' },
  waiting: { ko: '확인해 주세요', en: 'Needs your word' },
  failed: { ko: '받지 못했어요', en: 'Not taken' },
  result: {
    ko: (all: string, told: string) => `상품 ${all}개 중 ${told}개가 새롭거나 바뀌었어요.`,
    en: (all: string, told: string) => `${told} of ${all} products are new or changed.`,
  },
  refused: {
    ko: (n: string) => `${n}줄은 받지 못했어요.`,
    en: (n: string) => `${n} lines were refused.`,
  },
  gone: {
    ko: (n: string) => `${n}개는 여러 번 빠져서 판매 중지로 바꿨어요.`,
    en: (n: string) => `${n} stayed away and are off sale now.`,
  },
  short: {
    ko: (n: string) =>
      `상품이 절반 넘게 줄어서(${n}개) 아무것도 바꾸지 않았어요. 정말 줄인 것이라면 알려 주세요.`,
    en: (n: string) =>
      `It lost more than half of its products (${n} left), so nothing was changed. Say so if that is right.`,
  },
  unreachable: {
    ko: (why: string) => `주소에서 파일을 받지 못했어요. (${why})`,
    en: (why: string) => `The address gave no file. (${why})`,
  },
  broken: {
    ko: (why: string) => `파일을 끝까지 읽지 못해서 아무것도 바꾸지 않았어요. (${why})`,
    en: (why: string) => `The file could not be read to its end, so nothing was changed. (${why})`,
  },
  stopped: {
    ko: '서버가 멈춰서 다시 시작해요.',
    en: 'The server stopped; it begins anew.',
  },
})

type Said = {
  readonly result: (all: string, told: string) => string
  readonly refused: (n: string) => string
  readonly gone: (n: string) => string
  readonly short: (n: string) => string
  readonly unreachable: (why: string) => string
  readonly broken: (why: string) => string
  readonly stopped: string
}

/** What a run did, or why it did nothing. */
export function runSentence(run: FeedRun, said: Said, language: Language): string {
  const n = (value: number) => count(value, language)
  const rest = [
    run.refused > 0 ? said.refused(n(run.refused)) : '',
    run.gone > 0 ? said.gone(n(run.gone)) : '',
  ]
  switch (run.problem) {
    case 'short':
      return said.short(n(run.lines))
    case 'unreachable':
      return said.unreachable(run.detail ?? '')
    case 'broken':
      return said.broken(run.detail ?? '')
    case 'stopped':
      return said.stopped
    default:
      return [run.state === 'done' ? said.result(n(run.lines), n(run.told)) : '', ...rest]
        .filter((one) => one !== '')
        .join(' ')
  }
}

/** What the fields of a product are called. */
export const fieldNames = words({
  id: { ko: '상품 번호', en: 'id' },
  name: { ko: '이름', en: 'name' },
  price: { ko: '정가', en: 'price' },
  salePrice: { ko: '판매가', en: 'sale price' },
  saleDates: { ko: '할인 기간', en: 'sale dates' },
  category: { ko: '분류', en: 'category' },
  brand: { ko: '브랜드', en: 'brand' },
  url: { ko: '주소', en: 'address' },
  imageUrl: { ko: '사진', en: 'picture' },
  images: { ko: '추가 사진', en: 'more pictures' },
  availability: { ko: '판매 상태', en: 'availability' },
  stock: { ko: '재고', en: 'stock' },
  benefit: { ko: '한 줄 혜택', en: 'benefit' },
  rating: { ko: '별점', en: 'stars' },
  reviewCount: { ko: '후기 수', en: 'reviews' },
  review: { ko: '후기', en: 'review' },
  badges: { ko: '뱃지', en: 'badges' },
  delivery: { ko: '배송', en: 'delivery' },
  shipping: { ko: '배송비', en: 'shipping fee' },
  parentId: { ko: '옵션 묶음', en: 'variant of' },
  adult: { ko: '성인', en: 'adult' },
  cost: { ko: '원가', en: 'cost' },
  currency: { ko: '통화', en: 'currency' },
}) satisfies Readonly<Record<FeedField, unknown>>

/** Why a line says no product. */
export const faultNames = words({
  no_id: { ko: '상품 번호가 없어요', en: 'It has no id' },
  long_id: { ko: '상품 번호가 200자를 넘어요', en: 'Its id is longer than 200 characters' },
  no_name: { ko: '이름이 없어요', en: 'It has no name' },
  price: { ko: '가격을 읽을 수 없어요', en: 'Its price cannot be read' },
  twice: { ko: '같은 상품 번호가 또 나왔어요', en: 'Its id is there twice' },
}) satisfies Readonly<Record<LineFault, unknown>>
