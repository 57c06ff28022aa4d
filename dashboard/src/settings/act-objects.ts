import { inLanguage, type Language, words } from '../app/language.ts'

const kinds = words({
  customer: { ko: (id: string) => `고객 ${id}`, en: (id: string) => `Customer ${id}` },
  campaign: { ko: (id: string) => `캠페인 ${id}`, en: (id: string) => `Campaign ${id}` },
  segment: { ko: (id: string) => `세그먼트 ${id}`, en: (id: string) => `Segment ${id}` },
  list: { ko: (id: string) => `목록 ${id}`, en: (id: string) => `List ${id}` },
  coupon: { ko: (id: string) => `쿠폰 ${id}`, en: (id: string) => `Coupon ${id}` },
  message: { ko: (id: string) => `메시지 ${id}`, en: (id: string) => `Message ${id}` },
  inbox: { ko: (id: string) => `테스트 수신함 ${id}`, en: (id: string) => `Test inbox ${id}` },
  member: { ko: (id: string) => `팀원 ${id}`, en: (id: string) => `Member ${id}` },
  key: { ko: (id: string) => `API 키 ${id}`, en: (id: string) => `API key ${id}` },
  wording: { ko: (id: string) => `동의 문구 ${id}`, en: (id: string) => `Wording ${id}` },
  phone: { ko: (id: string) => `전화번호 ${id}`, en: (id: string) => `Phone ${id}` },
  failure: { ko: (id: string) => `밀린 처리 ${id}`, en: (id: string) => `Set aside ${id}` },
  'consent-import': { ko: (id: string) => `파일 ${id}`, en: (id: string) => `File ${id}` },
  connection: { ko: (id: string) => `쇼핑몰 연결 ${id}`, en: (id: string) => `Connection ${id}` },
  feed: { ko: (id: string) => `상품 피드 ${id}`, en: (id: string) => `Product feed ${id}` },
  file: { ko: (id: string) => `파일 ${id}`, en: (id: string) => `File ${id}` },
  'file-import': { ko: (id: string) => `파일 ${id}`, en: (id: string) => `File ${id}` },
  image: { ko: (id: string) => `그림 ${id}`, en: (id: string) => `Picture ${id}` },
  'list-upload': { ko: (id: string) => `올린 명단 ${id}`, en: (id: string) => `Upload ${id}` },
  product: { ko: (id: string) => `상품 ${id}`, en: (id: string) => `Product ${id}` },
  split: { ko: (id: string) => `외부 발송 ${id}`, en: (id: string) => `Outside send ${id}` },
  'test-group': { ko: (id: string) => `테스트 그룹 ${id}`, en: (id: string) => `Test group ${id}` },
  'test-person': {
    ko: (id: string) => `테스트 받는 사람 ${id}`,
    en: (id: string) => `Test person ${id}`,
  },
  shop: { ko: () => '상점', en: () => 'The shop' },
})

/** What an act was done to (`customer:2`) in words; a kind we do not know is shown as it is. */
export function objectName(object: string, language: Language): string {
  const [kind = '', ...id] = object.split(':')
  const said = inLanguage(kinds, language)
  return kind in said ? said[kind as keyof typeof said](id.join(':')) : object
}
