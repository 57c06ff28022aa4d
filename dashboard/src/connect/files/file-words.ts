import { words } from '../../app/language.ts'

export const fileText = words({
  title: { ko: '파일로 가져오기', en: 'Bring files' },
  purpose: {
    ko: '쇼핑몰 관리자에서 내려받은 엑셀이나 CSV를 그대로 놓으세요. 무엇인지 알아서 읽고, 가져오기 전에 먼저 보여 드려요.',
    en: 'Drop an Excel or CSV file just as your shop’s admin gives it. It is read first and shown to you before anything is brought.',
  },
  numbers: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
  drop: {
    ko: '주문·회원·상품 파일을 여기에 놓거나',
    en: 'Drop a file of orders, members or products here, or',
  },
  pick: { ko: '파일 고르기', en: 'pick a file' },
  other: { ko: '다른 파일 고르기', en: 'Pick another file' },
  limits: {
    ko: '엑셀(.xlsx), 표로 된 .xls, CSV(UTF-8, CP949), 20만 줄 · 32MB까지. 같은 파일을 다시 놓아도 두 번 세지 않아요.',
    en: 'Excel (.xlsx), tables called .xls, CSV (UTF-8, CP949), up to 200,000 lines and 32 MB. The same file again counts nothing twice.',
  },
  sending: { ko: '파일을 올리고 있어요.', en: 'Sending the file.' },
  looking: {
    ko: '파일을 읽고 있어요. 아직 아무것도 바꾸지 않았어요.',
    en: 'Reading the file. Nothing has been changed yet.',
  },
  applying: {
    ko: (done: string, total: string) => `가져오고 있어요. ${total}건 가운데 ${done}건 했어요.`,
    en: (done: string, total: string) => `Bringing it: ${done} of ${total}.`,
  },
  goesOn: { ko: '이 화면을 닫아도 이어서 진행돼요.', en: 'It goes on when you close this page.' },
  cancelled: {
    ko: '그만뒀어요. 이미 가져온 것은 그대로 있어요.',
    en: 'Called off. What was brought already stays.',
  },
  failed: { ko: '끝까지 하지 못했어요.', en: 'It could not be finished.' },
  stop: { ko: '그만두기', en: 'Call it off' },
  again: { ko: '이어서 하기', en: 'Go on' },
  done: {
    ko: (fresh: string, changed: string, same: string) =>
      `다 가져왔어요. 새로 ${fresh}건, 바뀐 것 ${changed}건, 그대로 ${same}건이에요.`,
    en: (fresh: string, changed: string, same: string) =>
      `All brought: ${fresh} new, ${changed} changed, ${same} as they were.`,
  },
  settling: {
    ko: '화면의 숫자에는 잠시 뒤에 나타나요.',
    en: 'It shows in the numbers in a moment.',
  },
  next: { ko: '숫자가 맞는지 보기', en: 'See whether the numbers match' },
  orders: { ko: '주문', en: 'Orders' },
  paid: { ko: '결제된 주문', en: 'Paid orders' },
  amount: { ko: '결제금액', en: 'Paid amount' },
  buyers: { ko: '산 사람', en: 'Buyers' },
  guests: { ko: '비회원 주문', en: 'Guest orders' },
  unpaid: { ko: '입금 전', en: 'Unpaid' },
  cancelledOrders: { ko: '취소', en: 'Cancelled' },
  refunds: { ko: '환불', en: 'Refunds' },
  naverPay: { ko: '네이버페이', en: 'Naver Pay' },
  members: { ko: '회원', en: 'Members' },
  withPhone: { ko: '전화번호 있음', en: 'With a phone' },
  withEmail: { ko: '이메일 있음', en: 'With an e-mail' },
  products: { ko: '상품', en: 'Products' },
  leftOut: { ko: '읽지 않은 줄', en: 'Lines left out' },
  download: { ko: '읽지 않은 줄 내려받기', en: 'Download the lines left out' },
  wouldFresh: {
    ko: (fresh: string) => `가져오면 새로 ${fresh}건이 들어와요.`,
    en: (fresh: string) => `Bringing it adds ${fresh}.`,
  },
  wouldChange: { ko: (n: string) => `${n}건이 바뀌어요.`, en: (n: string) => `${n} will change.` },
  wouldKeep: {
    ko: (same: string) => `${same}건은 이미 같아요.`,
    en: (same: string) => `${same} are the same already.`,
  },
  doubtMonth: {
    ko: (cell: string) => `“${cell}”처럼 적힌 날짜는 월/일/연 순서로 읽었어요.`,
    en: (cell: string) => `Days such as “${cell}” were read as month/day/year.`,
  },
  doubtDay: {
    ko: (cell: string) => `“${cell}”처럼 적힌 날짜는 일/월/연 순서로 읽었어요.`,
    en: (cell: string) => `Days such as “${cell}” were read as day/month/year.`,
  },
  asDay: { ko: '일/월/연 순서로 다시 읽기', en: 'Read them as day/month/year' },
  asMonth: { ko: '월/일/연 순서로 다시 읽기', en: 'Read them as month/day/year' },
  nothing: { ko: '새로 가져올 것이 없어요. 모두 이미 있어요.', en: 'There is nothing new in it.' },
  go: { ko: (n: string) => `${n}건 가져오기`, en: (n: string) => `Bring ${n}` },
  no_messages: {
    ko: '파일로 가져온 지난 일로는 메시지가 나가지 않아요.',
    en: 'Nothing that is brought by file sets off a message.',
  },
  consents: {
    ko: '수신동의는 언제 어디서 받았는지 답할 사람의 이름이 있어야 해서 따로 가져와요.',
    en: 'Consents are brought apart: they need the day, the place and the name of whoever answers for them.',
  },
  consentsFrom: { ko: '어디에서 받은 동의인가요', en: 'Where were they given' },
  consentsFromHint: {
    ko: '출처 열이 없는 줄에 적혀요. 예: 자사몰 회원가입',
    en: 'Written for lines without a source column, e.g. sign-up on our shop',
  },
  consentsGo: { ko: '이 파일의 수신동의 살펴보기', en: 'Look at the consents of this file' },
  notReadable: {
    ko: '어느 열이 무엇인지 모자라요. 아래에서 골라 주세요.',
    en: 'Some columns are missing. Choose them below.',
  },
  columns: { ko: '어느 열을 무엇으로 읽었나요', en: 'Which column is read as what' },
  columnsNote: {
    ko: '틀린 것이 있으면 바꿔 주세요. 제목 줄이 같은 다음 파일부터는 고른 대로 읽어요.',
    en: 'Set right what is wrong. The next file with the same headings is read as you chose.',
  },
  what: { ko: '이 파일은', en: 'This file holds' },
  none: { ko: '읽지 않음', en: 'Not read' },
  kept: { ko: '고른 대로 다시 읽기', en: 'Read it again so' },
  first: { ko: '파일의 첫 줄들', en: 'The first lines of the file' },
  earlier: { ko: '놓았던 파일', en: 'Files dropped before' },
  broughtCount: { ko: (n: string) => `${n}건`, en: (n: string) => `${n}` },
  which: { ko: '어떤 파일을 읽나요', en: 'Which files are read' },
  whichText: {
    ko: '카페24·스마트스토어·아임웹의 주문, 카페24의 회원 파일은 열 이름을 확인했어요. 메이크샵과 다른 쇼핑몰은 열 이름의 뜻으로 읽으니, 처음 한 번 열을 확인해 주세요. 스마트스토어 엑셀은 암호를 풀고 다시 저장해 주세요.',
    en: 'The headings of Cafe24, SmartStore and Imweb orders and of Cafe24 members were confirmed. MakeShop and others are read by what their headings mean: look the columns over once. Take the password off SmartStore’s Excel files first.',
  },
  smartTitle: { ko: '스마트스토어는 분석에만 써요', en: 'SmartStore is for analysis only' },
  smartText: {
    ko: '네이버는 구매자 정보를 마케팅에 쓰지 못하게 해요. 이름·연락처는 저장하지 않고, 같은 사람인지만 되돌릴 수 없는 표시로 구분해요.',
    en: 'Naver does not allow buyers’ data for marketing. Names and contacts are not kept; people are only told apart by a mark that cannot be turned back.',
  },
  startTitle: { ko: '파일 없이도 시작할 수 있어요', en: 'You can start without files' },
  startText: {
    ko: '구글 태그 매니저나 GA4 dataLayer를 이미 쓰고 있다면 스크립트 한 줄로 충분해요. 상품 조회부터 구매까지 그대로 읽어요. 다만 환불과 수신동의는 파일이나 서버 연동이 있어야 알 수 있어요.',
    en: 'If you already use Google Tag Manager or GA4’s dataLayer, one line of script is enough: it reads everything from views to purchases. Refunds and consents need files or a server.',
  },
  startGo: { ko: '스크립트 붙이기', en: 'Install the script' },
  wrongLocked: {
    ko: '암호가 걸린 파일이에요. 엑셀에서 열어 암호를 풀고 다시 저장해 주세요.',
    en: 'The file has a password. Open it in Excel, take the password off and save it again.',
  },
  wrongOld: {
    ko: '옛날 엑셀(.xls) 파일이에요. 엑셀에서 열어 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'It is an old .xls. Open it in Excel and save it as .xlsx or CSV.',
  },
  wrongPage: {
    ko: '이름만 .xls이고 표가 없는 웹 페이지예요. 엑셀에서 열어 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'It is a web page without a table that is only called .xls. Open it in Excel and save it as .xlsx or CSV.',
  },
  wrongLarge: {
    ko: '파일이 너무 커요. 20만 줄, 32MB까지예요. 기간을 나눠 내려받아 주세요.',
    en: 'The file is too large: 200,000 lines and 32 MB at most. Export shorter periods.',
  },
  wrongEmpty: {
    ko: '빈 파일이에요. 다시 내려받아 주세요.',
    en: 'The file is empty: export it again.',
  },
  wrongNoLines: {
    ko: '제목 줄만 있고 그 아래 내용이 없어요. 기간이나 조건을 바꿔 다시 내려받아 주세요.',
    en: 'There are headings and nothing below them: export it again with another period.',
  },
  wrongNoSheet: {
    ko: '내용이 있는 엑셀 시트를 찾지 못했어요. 엑셀에서 열어 .xlsx로 다시 저장해 주세요.',
    en: 'It has no sheet with lines. Open it in Excel and save it as .xlsx again.',
  },
  wrongForgotten: {
    ko: '올려 둔 파일을 이미 지웠어요. 다시 놓아 주세요.',
    en: 'The file was forgotten meanwhile: drop it again.',
  },
  wrongQuote: {
    ko: (line: string) =>
      `${line}번째 줄 근처에 닫히지 않은 큰따옴표(")가 있어요. 지우고 다시 저장해 주세요.`,
    en: (line: string) => `Near line ${line} a quotation mark (") is never closed: take it out.`,
  },
  wrong: {
    ko: '파일을 읽지 못했어요. 빈 파일이 아닌지 보고, 엑셀에서 .xlsx나 CSV로 다시 저장해 주세요.',
    en: 'The file cannot be read. See that it is not empty, and save it as .xlsx or CSV.',
  },
})

export const kindNames = words({
  orders: { ko: '주문', en: 'Orders' },
  members: { ko: '회원', en: 'Members' },
  products: { ko: '상품', en: 'Products' },
  consents: { ko: '수신동의', en: 'Consents' },
})

export const layoutNames = words({
  cafe24: { ko: '카페24', en: 'Cafe24' },
  smartstore: { ko: '스마트스토어', en: 'SmartStore' },
  shopify: { ko: 'Shopify', en: 'Shopify' },
  imweb: { ko: '아임웹', en: 'Imweb' },
  own: { ko: '직접 만든 표', en: 'A table of your own' },
})

export const faultNames = words({
  no_order: { ko: '주문번호가 없어요', en: 'No order number' },
  no_product: { ko: '상품이 적혀 있지 않아요', en: 'Names no product' },
  no_person: {
    ko: '회원 아이디도, 알아볼 수 있는 전화번호나 이메일도 없어요',
    en: 'Neither a member id nor a phone or e-mail to know them by',
  },
  no_name: { ko: '이름이 없어요', en: 'No name' },
  bad_quantity: { ko: '수량을 읽을 수 없어요', en: 'Unreadable quantity' },
  bad_amount: { ko: '금액을 읽을 수 없어요', en: 'Unreadable amount' },
  no_date: { ko: '날짜를 읽을 수 없어요', en: 'Unreadable date' },
  future_date: { ko: '아직 오지 않은 날짜예요', en: 'A date to come' },
  doubled: { ko: '같은 줄이 또 있어요', en: 'The same line again' },
  rounded: {
    ko: '엑셀이 긴 번호를 줄여 적어(2.0E+15) 어느 것인지 알 수 없어요. 원래 파일을 놓아 주세요',
    en: 'Excel shortened a long number (2.0E+15): drop the file as it was exported',
  },
  heading: { ko: '제목 줄이 또 있어요', en: 'The headings again' },
  sum: { ko: '합계 줄이에요', en: 'A line of sums' },
})

export const noteNames = words({
  analytics_only: {
    ko: '스마트스토어 주문은 분석에만 쓰고, 구매자의 이름과 연락처는 저장하지 않아요.',
    en: 'SmartStore orders are for analysis only; buyers’ names and contacts are not kept.',
  },
  no_buyers: {
    ko: '누가 샀는지 알 수 있는 열이 없어요. 주문과 매출에는 세지만 고객과 이어지지 않아요.',
    en: 'No column says who bought: they count as orders and revenue, and belong to no customer.',
  },
  no_paid_column: {
    ko: '금액 열을 찾지 못했어요. 모두 0원으로 읽혀요.',
    en: 'No column of amounts was found: all read as 0.',
  },
  no_status_column: {
    ko: '주문 상태 열이 없어 모두 결제된 주문으로 읽었어요.',
    en: 'Without a column of states all orders count as paid.',
  },
  no_member_ids: {
    ko: '회원 아이디 열이 없어 전화번호로, 없으면 이메일로 알아봐요. 주문 파일의 회원 아이디와는 아직 이어지지 않으니, 아이디 열을 넣어 내려받으면 더 좋아요. 나중에 놓아도 같은 분으로 이어져요.',
    en: 'Without a column of member ids people are known by phone, or else by e-mail, and are not yet joined to the member ids of orders. Better export it with the ids; a later file with them joins the same people.',
  },
  no_join_dates: {
    ko: '가입일이 없는 회원은 오늘 가입한 것으로 적어요.',
    en: 'Members without a day of joining are noted as joined today.',
  },
  no_refund_dates: {
    ko: '환불한 날이 없어 결제한 날로 적어요.',
    en: 'Refunds without a day are noted on the day of payment.',
  },
  zeros_restored: {
    ko: '엑셀이 지운 전화번호 앞의 0을 되살렸어요.',
    en: 'Leading zeros of phone numbers that Excel dropped were restored.',
  },
  safe_numbers: {
    ko: '050 안심번호로는 사람을 알아보지 않고, 메시지도 보내지 않아요.',
    en: '050 relay numbers identify nobody and are never written to.',
  },
  other_sheets: {
    ko: '시트가 여러 개예요. 한 시트만 읽었으니, 다른 시트도 가져오려면 따로 저장해 놓아 주세요.',
    en: 'There are several sheets and one was read: save the others apart to bring them, too.',
  },
})

export const fieldNames = words({
  order: { ko: '주문번호', en: 'Order number' },
  item: { ko: '품목 주문번호', en: 'Line number' },
  orderedAt: { ko: '주문일시', en: 'Ordered at' },
  paidAt: { ko: '결제일시', en: 'Paid at' },
  status: { ko: '주문 상태', en: 'State' },
  claim: { ko: '취소·반품 상태', en: 'Claim' },
  memberId: { ko: '회원 아이디', en: 'Member id' },
  buyerName: { ko: '주문자 이름', en: 'Buyer’s name' },
  buyerEmail: { ko: '주문자 이메일', en: 'Buyer’s e-mail' },
  buyerPhone: { ko: '주문자 전화번호', en: 'Buyer’s phone' },
  productId: { ko: '상품 번호', en: 'Product id' },
  productName: { ko: '상품명', en: 'Product' },
  variant: { ko: '옵션', en: 'Option' },
  quantity: { ko: '수량', en: 'Quantity' },
  unitPrice: { ko: '개당 가격', en: 'Price of one' },
  optionPrice: { ko: '옵션 추가금', en: 'Option price' },
  lineGross: { ko: '품목 금액(할인 전)', en: 'Line before discounts' },
  lineNet: { ko: '품목 금액(할인 후)', en: 'Line after discounts' },
  lineDiscount: { ko: '품목 할인', en: 'Line discount' },
  orderDiscount: { ko: '주문 할인', en: 'Order discount' },
  deliveryFee: { ko: '배송비', en: 'Delivery fee' },
  paidAmount: { ko: '주문 결제금액', en: 'Paid for the order' },
  refundAmount: { ko: '환불금액', en: 'Refunded' },
  refundedAt: { ko: '환불일', en: 'Refunded at' },
  platformId: { ko: '쇼핑몰이 붙인 고유 번호', en: "The platform's own number" },
  channel: { ko: '주문 경로', en: 'Channel' },
  payment: { ko: '결제수단', en: 'Payment' },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  currency: { ko: '통화', en: 'Currency' },
  name: { ko: '이름', en: 'Name' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '전화번호', en: 'Phone' },
  joinedAt: { ko: '가입일', en: 'Joined' },
  birthday: { ko: '생일', en: 'Birthday' },
  gender: { ko: '성별', en: 'Gender' },
  grade: { ko: '회원 등급', en: 'Grade' },
  price: { ko: '판매가', en: 'Price' },
  salePrice: { ko: '할인가', en: 'Sale price' },
  category: { ko: '분류', en: 'Category' },
  brand: { ko: '브랜드', en: 'Brand' },
  stock: { ko: '재고', en: 'Stock' },
  url: { ko: '상품 주소', en: 'Address' },
  imageUrl: { ko: '이미지 주소', en: 'Picture' },
  state: { ko: '판매 상태', en: 'State' },
})

export const stateNames = words({
  looking: { ko: '읽는 중', en: 'being read' },
  looked_at: { ko: '확인을 기다려요', en: 'waits for your word' },
  applying: { ko: '가져오는 중', en: 'being brought' },
  done: { ko: '가져왔어요', en: 'brought' },
  failed: { ko: '끝까지 못 했어요', en: 'could not be finished' },
  cancelled: { ko: '그만뒀어요', en: 'called off' },
})
