/** What a dropped file is about. */
export const fileKinds = ['orders', 'members', 'products', 'consents'] as const
export type FileKind = (typeof fileKinds)[number]

/** Fields that a column may say, by what the file is about. */
export const fieldsOf = {
  orders: [
    'order',
    'item',
    'orderedAt',
    'paidAt',
    'status',
    'claim',
    'memberId',
    'buyerName',
    'buyerEmail',
    'buyerPhone',
    'productId',
    'productName',
    'variant',
    'quantity',
    'unitPrice',
    'optionPrice',
    'lineGross',
    'lineNet',
    'lineDiscount',
    'orderDiscount',
    'deliveryFee',
    'paidAmount',
    'refundAmount',
    'refundedAt',
    'channel',
    'payment',
    'coupon',
    'currency',
    'platformId',
  ],
  members: ['memberId', 'name', 'email', 'phone', 'joinedAt', 'birthday', 'gender', 'grade'],
  products: [
    'productId',
    'name',
    'price',
    'salePrice',
    'category',
    'brand',
    'stock',
    'url',
    'imageUrl',
    'state',
  ],
  consents: [],
} as const satisfies Readonly<Record<FileKind, readonly string[]>>
export type OrderField = (typeof fieldsOf.orders)[number]
export type MemberField = (typeof fieldsOf.members)[number]
export type ProductField = (typeof fieldsOf.products)[number]
export type FileField = OrderField | MemberField | ProductField

/** Fields that say a day. */
export const dayFields = ['orderedAt', 'paidAt', 'refundedAt', 'joinedAt', 'birthday'] as const

/** Which column, from 0, says which field. */
export type FileMapping = Readonly<Partial<Record<FileField, number>>>

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Headings of orders, as `heading` writes them, the best first. Of the recipient nothing is read: who receives is not who buys. */
const orderNames: Readonly<Record<OrderField, readonly string[]>> = {
  order: words('주문번호 주문코드 orderid orderno ordernumber order_id order name'),
  item: words('품목별주문번호 상품주문번호 주문섹션품목번호 품목주문번호 주문상세번호 lineid'),
  orderedAt: words('주문일시 주문일자 주문일 주문시간 주문날짜 orderedat orderdate createdat date'),
  paidAt: words(
    '결제일시입금확인일 결제일자입금확인일 결제일시 결제일 결제완료일 입금확인일 입금일시 입금일 paidat',
  ),
  status: words(
    '주문상태 상품별주문상태 주문세부상태 처리상태 배송상태 상태 financialstatus status',
  ),
  claim: words('클레임상태 취소구분 취소반품교환상태 취소반품상태 클레임'),
  memberId: words(
    '주문자id 주문자아이디 회원아이디 회원id 구매자id 구매자아이디 주문자회원id 아이디 memberid userid customerid',
  ),
  buyerName: words('주문자명 주문자이름 구매자명 주문자 구매자이름 구매자 주문인 buyername'),
  buyerEmail: words('주문자이메일 구매자이메일 이메일 주문자메일 email'),
  buyerPhone: words(
    '주문자휴대전화 주문자휴대폰 주문자휴대폰번호 주문자번호 주문자연락처 주문자전화번호 주문자핸드폰 주문자핸드폰번호 구매자연락처 구매자휴대폰 구매자전화번호 휴대폰번호 휴대전화 연락처 phone',
  ),
  productId: words(
    '상품번호 상품코드 상품고유번호 자체상품코드 판매자상품코드 상품품목코드 상품id productid sku lineitemsku',
  ),
  productName: words(
    '주문상품명 상품명한국어쇼핑몰 상품명기본 상품명 품목명 제품명 productname lineitemname',
  ),
  variant: words('상품옵션 옵션정보 옵션명 옵션 선택옵션 variant option'),
  quantity: words(
    '수량 구매수량 주문수량 상품수량 수량구입수량 판매수량 quantity qty lineitemquantity',
  ),
  unitPrice: words(
    '옵션판매가 상품가격 판매가 상품판매가 판매가격 상품가 단가 판매단가 price unitprice lineitemprice',
  ),
  optionPrice: words('옵션가격 옵션추가금액 옵션금액'),
  lineGross: words('상품구매금액 품목금액 상품금액 상품합계 linetotal'),
  lineNet: words('최종상품별총주문금액 상품별총주문금액 품목실결제가 품목별결제금액 품목결제금액'),
  lineDiscount: words(
    '상품별추가할인금액 상품별할인액 품목쿠폰할인금액 상품할인금액 lineitemdiscount',
  ),
  orderDiscount: words(
    '총합계할인금액 주문서쿠폰할인금액 쿠폰할인금액 총할인금액 할인금액 주문할인금액 discountamount',
  ),
  deliveryFee: words('총배송비 총합계배송비 배송비합계 배송비 shipping'),
  paidAmount: words(
    '총실결제금액최초정보 최종주문금액 총실결제금액 총결제금액 실결제금액 결제금액 최종결제금액 총주문금액 total paidamount',
  ),
  refundAmount: words('총실제환불금액 실제환불금액 환불금액 환불액 refundedamount'),
  refundedAt: words('환불완료일 환불일시 환불일 취소완료일 취소일시 취소일 반품완료일 refundedat'),
  channel: words('주문경로 매출경로 판매채널 유입경로 쇼핑몰 판매처 channel'),
  payment: words('결제수단 결제방법 결제방식 paymentmethod'),
  coupon: words('사용한쿠폰명 쿠폰명 쿠폰코드 쿠폰번호 discountcode coupon'),
  currency: words('통화 화폐단위 currency'),
  platformId: words('id'),
}

const memberNames: Readonly<Record<MemberField, readonly string[]>> = {
  memberId: words('아이디 회원아이디 회원id 회원번호 고객번호 고객id id memberid userid memberno'),
  name: words('이름 회원명 회원이름 성명 고객명 닉네임 name'),
  email: words('이메일 이메일주소 메일 email emailaddress'),
  phone: words(
    '휴대전화 휴대폰번호 휴대폰 휴대전화번호 핸드폰 핸드폰번호 연락처 전화번호 일반전화 phone mobile cellphone',
  ),
  joinedAt: words(
    '회원가입일 가입일 가입일시 가입일자 회원가입일시 등록일 joinedat createdat joindate',
  ),
  birthday: words('생일 생년월일 birthday'),
  gender: words('성별 gender'),
  grade: words('회원등급 등급 회원그룹 그룹 grade group'),
}

const productNames: Readonly<Record<ProductField, readonly string[]>> = {
  productId: words(
    '상품번호 상품코드 상품고유번호 자체상품코드 판매자상품코드 상품id productid id sku',
  ),
  name: words('상품명 상품명기본 상품이름 productname title name'),
  price: words('소비자가 정가 판매가 상품판매가 판매가격 가격 price'),
  salePrice: words('할인가 할인판매가 판매가 상품판매가 saleprice'),
  category: words('상품분류 카테고리 상품분류명 대분류 카테고리명 category'),
  brand: words('브랜드 브랜드명 제조사 brand'),
  stock: words('재고수량 재고 총재고 stock quantity'),
  url: words('상품url 상품주소 상품링크 url link'),
  imageUrl: words('이미지 대표이미지 이미지등록상세 목록이미지 imageurl imagelink'),
  state: words('판매상태 상태 진열상태 state'),
}

const namesOf: Readonly<Record<FileKind, Readonly<Record<string, readonly string[]>>>> = {
  orders: orderNames,
  members: memberNames,
  products: productNames,
  consents: {},
}

/** A heading as it is compared: NFC, lower case, without spaces, brackets and units: `총 결제금액(KRW)` is 총결제금액. */
export function heading(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\((krw|원|₩|필수|선택)\)/g, '')
    .replace(/[\s()[\]{}_\-./:*+"'=·,]/g, '')
}

const known: ReadonlySet<string> = new Set(
  Object.values(namesOf).flatMap((names) => Object.values(names).flat()),
)

/** Whether a cell is a heading that means something to us, whatever the file is about. */
export const isHeading = (text: string): boolean => known.has(heading(text))

/** Which columns say which fields of such a file. A column says one thing; the first name of a field that is there wins. */
export function mappingOf(kind: FileKind, headings: readonly string[]): FileMapping {
  const at = new Map<string, number>()
  headings.map(heading).forEach((name, index) => {
    if (name !== '' && !at.has(name)) at.set(name, index)
  })
  const mapping: Partial<Record<FileField, number>> = {}
  const taken = new Set<number>()
  for (const field of fieldsOf[kind] as readonly FileField[]) {
    const names = namesOf[kind][field] ?? []
    const column = names
      .map((name) => at.get(name))
      .find((one) => one !== undefined && !taken.has(one))
    if (column === undefined) continue
    mapping[field] = column
    taken.add(column)
  }
  return mapping
}
