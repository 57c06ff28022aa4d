import { words } from '../../app/language.ts'

export const waysWords = words({
  which: { ko: '어디에서 파나요?', en: 'Where do you sell?' },
  another: { ko: '다른 쇼핑몰도 연결하려면', en: 'To connect another shop' },
  kept: {
    ko: '지금 쓰는 키는 저장돼 있어요. 바꿀 때만 모두 다시 넣어 주세요.',
    en: 'The keys in use are stored. Enter all of them only to change them.',
  },
  anew: { ko: '키를 바꿔 다시 연결하기', en: 'Connect again with other keys' },
  onePlace: {
    ko: (name: string) =>
      `이 상점은 ${name}의 주문과 회원으로 움직여요. 쇼핑몰마다 번호가 달라서 둘을 섞으면 서로 다른 주문과 회원이 하나로 보여요. 다른 쇼핑몰은 상점을 하나 더 만들어 거기에서 연결해 주세요. 서버에서 아래 명령을 실행하면 새 상점의 첫 소유자가 들어갈 링크가 나와요.`,
    en: (name: string) =>
      `This shop runs on the orders and members of ${name}. Another platform numbers its own anew, and mixed they would be taken for one another. Make another shop for it and connect it there: this command on the server prints the link for its first owner.`,
  },
  cafe24: { ko: '카페24', en: 'Cafe24' },
  shopify: { ko: 'Shopify', en: 'Shopify' },
  woocommerce: { ko: '우커머스', en: 'WooCommerce' },
  files: { ko: '파일', en: 'Files' },
  connect: { ko: '연결하기', en: 'Connect' },
  sealed: {
    ko: '암호로 잠가 보관하고 다시 보여주지 않아요.',
    en: 'Kept sealed and never shown again.',
  },
  shopifyGuide: { ko: 'Shopify 연결하기', en: 'Connect Shopify' },
  shopify1: {
    ko: 'Shopify 관리자의 설정, 앱, 앱 개발에서 Dev Dashboard로 가 새 앱을 만들어요.',
    en: 'In the admin open Settings, Apps, Develop apps, go to the Dev Dashboard and make a new app.',
  },
  shopify2: {
    ko: '앱 버전의 Admin API 권한(scope)에 아래 항목을 넣고 버전을 내보내요(Release).',
    en: 'Give its version these Admin API scopes and release it.',
  },
  shopify3: {
    ko: '앱을 내 쇼핑몰에 설치해요. 앱과 쇼핑몰은 같은 조직이어야 해요.',
    en: 'Install the app in your shop. Both must belong to the same organisation.',
  },
  shopify4: {
    ko: '앱의 설정에 있는 Client ID와 Client secret을 복사해 아래에 넣어요.',
    en: "Copy the Client ID and Client secret of the app's settings into the fields below.",
  },
  shopifyUnsure: {
    ko: '확인하지 못한 것: 메뉴 이름은 실제 계정으로 보지 못했어요. read_all_orders가 없으면 최근 60일 주문만 가져와요.',
    en: 'Not seen with a real account: the names of menus. Without read_all_orders only orders of the last 60 days come.',
  },
  shopName: { ko: '쇼핑몰 이름', en: 'Shop name' },
  shopNameNote: {
    ko: '관리자 주소의 .myshopify.com 앞부분이에요.',
    en: 'What stands before .myshopify.com.',
  },
  adminToken: { ko: 'Admin API 토큰', en: 'Admin API access token' },
  adminTokenNote: {
    ko: '2026년 전에 관리자에서 만든 앱에만 있어요. 없으면 비워 두세요.',
    en: 'Only apps made in the admin before 2026 have one. Else leave it empty.',
  },
  shopWrong: {
    ko: '이 이름의 쇼핑몰이 답하지 않아요. .myshopify.com 앞부분인지 확인해 주세요.',
    en: 'No shop of this name answers. It is what stands before .myshopify.com.',
  },
  scopesWrong: {
    ko: '앱에 read_customers, read_orders, read_products 권한이 있어야 해요.',
    en: 'The app needs the scopes read_customers, read_orders and read_products.',
  },
  secretWrong: {
    ko: '이 앱의 키를 받지 못했어요. 값이 맞는지, 앱이 쇼핑몰에 설치됐고 같은 조직인지 확인해 주세요.',
    en: 'Shopify gives no key for this app. Check both values, that it is installed in the shop, and that both belong to one organisation.',
  },
  tokenWrong: {
    ko: '쇼핑몰이 이 토큰을 받지 않아요.',
    en: 'The shop does not take this token.',
  },
  pixel: {
    ko: '방문과 장바구니는 맞춤 픽셀이 알려줘요. 설정, 고객 이벤트, 맞춤 픽셀 추가에 아래 코드를 붙여 넣고 연결을 눌러요. 동의가 필요하면 마케팅과 분석을 골라요.',
    en: 'Visits and carts are told by a custom pixel: in Settings, Customer events, add one, paste these lines and connect it. Where consent is needed choose marketing and analytics.',
  },
  privacy: {
    ko: '앱의 개인정보 웹훅(customers/data_request, customers/redact, shop/redact)에도 이 주소를 넣어 주세요. 나머지 웹훅은 연결할 때 만들어졌어요.',
    en: "Enter this address for the app's privacy webhooks (customers/data_request, customers/redact, shop/redact), too. All other webhooks were made when it was connected.",
  },
  wooGuide: { ko: '우커머스 연결하기', en: 'Connect WooCommerce' },
  woo1: {
    ko: '워드프레스 관리자의 우커머스, 설정, 고급, REST API에서 키 추가를 눌러요.',
    en: 'In WordPress open WooCommerce, Settings, Advanced, REST API and add a key.',
  },
  woo2: {
    ko: '사용자는 쇼핑몰 관리자, 권한은 읽기/쓰기로 골라요. 읽기만 주면 웹훅과 쿠폰 없이 가져오기만 해요.',
    en: 'Choose a user who manages the shop and Read/Write. With Read alone everything is brought, without webhooks and coupons.',
  },
  woo3: {
    ko: '나온 두 키를 복사해 아래에 넣어요. 키는 한 번만 보여요.',
    en: 'Copy the two keys into the fields below. They are shown only once.',
  },
  wooUnsure: {
    ko: '우커머스 5.8 이상이어야 하고, 고유주소가 기본(Plain)이면 안 돼요. 우커머스에는 수신동의가 없어서, 동의 플러그인이 회원에 남기는 필드 이름을 넣으면 그 값을 가져와요.',
    en: 'WooCommerce 5.8 or newer; permalinks must not be Plain. WooCommerce keeps no consents: name the customer field in which your plugin keeps them, and they are brought.',
  },
  address: { ko: '쇼핑몰 주소', en: 'Shop address' },
  addressNote: { ko: 'https로 열리는 주소예요.', en: 'It must open by https.' },
  addressWrong: {
    ko: '이 주소에서 우커머스 API를 찾지 못했어요. 인터넷에서 https로 열리는지, 고유주소가 기본이 아닌지 확인해 주세요.',
    en: 'No WooCommerce API was found at this address. It must open by https from the internet, and permalinks must not be Plain.',
  },
  keyWrong: {
    ko: '쇼핑몰이 이 키를 받지 않아요. ck_와 cs_로 시작하는 두 키가 맞는지, 쇼핑몰 관리자의 키인지 확인해 주세요.',
    en: 'The shop does not take this key. Both begin with ck_ and cs_, and their user must manage the shop.',
  },
  consumerKey: { ko: '소비자 키', en: 'Consumer key' },
  consumerSecret: { ko: '소비자 비밀', en: 'Consumer secret' },
  smsKey: { ko: '문자 수신동의 필드', en: 'Field of consent to texts' },
  emailKey: { ko: '메일 수신동의 필드', en: 'Field of consent to mail' },
  optional: { ko: '없으면 비워 두세요.', en: 'Leave it empty if there is none.' },
  wooHooks: {
    ko: '웹훅은 연결할 때 쇼핑몰에 만들어졌어요. 쇼핑몰이 꺼도 다시 켜고, 없어도 5~15분마다 확인해요.',
    en: 'Webhooks were made in the shop when it was connected. They are switched on again if the shop switches them off; without them changes are looked for every 5 to 15 minutes.',
  },
})
