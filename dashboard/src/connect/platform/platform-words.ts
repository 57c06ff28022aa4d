import { words } from '../../app/language.ts'

export const platformWords = words({
  title: { ko: '상점 연결', en: 'Connect the shop' },
  none: {
    ko: '아직 연결한 상점이 없어요. 카페24, Shopify, 우커머스라면 아래 순서대로 10분이면 돼요. 다른 쇼핑몰은 파일로 가져올 수 있어요.',
    en: 'Nothing is connected yet. Cafe24, Shopify and WooCommerce take ten minutes, as below. Other shops can be brought by file.',
  },
  files: { ko: '파일로 가져오기', en: 'Bring files' },
  guide: { ko: '카페24 연결하기', en: 'Connect Cafe24' },
  step1: {
    ko: '카페24 개발자센터(developers.cafe24.com)에 쇼핑몰 대표 아이디로 들어가 새 앱을 만들어요.',
    en: "Sign in at developers.cafe24.com as the mall's owner and make a new app.",
  },
  step2: {
    ko: '앱의 Redirect URI에 이 주소를 그대로 붙여 넣어요.',
    en: 'Paste this address into the Redirect URI of the app.',
  },
  step3: {
    ko: '권한(Scope)에서 아래 항목을 모두 골라요. 개인정보 권한은 카페24의 승인이 필요할 수 있어요.',
    en: 'Choose all of these scopes. Cafe24 may want to approve the one for personal data.',
  },
  step4: {
    ko: '앱의 Client ID와 Client Secret Key, 있으면 Service Key도 복사해 아래에 넣고 연결을 눌러요.',
    en: 'Copy the Client ID, the Client Secret Key and, where there is one, the Service Key of the app into the fields below and connect.',
  },
  unsure: {
    ko: '연결하면 상점의 모든 화면에 단골 스크립트도 같이 설치돼요. 연결을 해제하면 지워요. 확인하지 못한 것: 카페24의 메뉴 이름, 갱신 키의 유효기간(2주), 웹훅 서명 방식은 실제 계정으로 확인하지 못했어요. 그래서 웹훅 내용은 믿지 않고 매번 카페24에 다시 물어봐요.',
    en: 'Connecting also puts our script on every page of the shop; disconnecting takes it away. Not confirmed with a real account: the names of menus, how long the refresh key lives (two weeks), how webhooks are signed. Webhooks are therefore never believed: Cafe24 is asked again each time.',
  },
  mall: { ko: '쇼핑몰 아이디', en: 'Mall id' },
  mallNote: {
    ko: '관리자 주소의 .cafe24.com 앞부분이에요.',
    en: 'What stands before .cafe24.com.',
  },
  clientId: { ko: 'Client ID', en: 'Client ID' },
  clientSecret: { ko: 'Client Secret Key', en: 'Client Secret Key' },
  secretNote: {
    ko: '암호로 잠가 보관하고 다시 보여주지 않아요.',
    en: 'Kept sealed and never shown again.',
  },
  serviceKey: { ko: 'Service Key (선택)', en: 'Service Key (optional)' },
  serviceNote: {
    ko: '넣으면 쇼핑몰 화면에서 로그인한 회원이 누구인지 카페24의 서명으로 확인해요. 없으면 화면이 하는 말은 확인하지 않은 것으로만 다뤄요.',
    en: "With it, who is signed in on the shop's pages is proven by Cafe24's signature. Without it a page's word stays a claim.",
  },
  connect: { ko: '카페24로 가서 허용하기', en: 'Go to Cafe24 and allow' },
  finishing: { ko: '카페24의 답을 확인하고 있어요.', en: 'Checking what Cafe24 answered.' },
  again: { ko: '다시 연결하기', en: 'Connect again' },
  connected: { ko: '연결됨', en: 'Connected' },
  asked: { ko: '허용을 기다려요', en: 'Waiting for your yes' },
  broken: { ko: '연결이 끊겼어요', en: 'Connection broken' },
  disconnected: { ko: '연결 해제됨', en: 'Disconnected' },
  denied: {
    ko: '쇼핑몰이 이 키를 더 받지 않아요. 아래에서 다시 연결해 주세요. 가져온 자료는 그대로 있고 두 번 쌓이지 않아요.',
    en: 'The platform no longer takes this key. Connect again below: what was brought stays, and nothing is doubled.',
  },
  removed: {
    ko: '쇼핑몰에서 앱이 삭제됐어요. 다시 쓰려면 아래에서 연결해 주세요.',
    en: 'The app was removed at the mall. Connect again below to go on.',
  },
  refused: {
    ko: '쇼핑몰이 요청을 거절했어요. 앱이나 키의 권한을 확인해 주세요.',
    en: 'The platform refused a request. Check what the app or key may do.',
  },
  away: {
    ko: '쇼핑몰이 지금 답하지 않아요. 자동으로 다시 물어보고, 그사이 바뀐 것은 나중에 모두 가져와요.',
    en: 'The platform does not answer now. It is asked again, and what changed meanwhile is brought later.',
  },
  awayLong: {
    ko: '쇼핑몰 화면이 열리는지 먼저 확인해 주세요. 쇼핑몰은 열리는데 계속 이러면 앱이 삭제되거나 막히지 않았는지 보고, 아래에서 다시 연결해 주세요. 이미 가져온 주문과 회원은 그대로 있어요.',
    en: "See first whether the shop's own pages open. If they do and this stays, see whether the app was removed or blocked there, and connect again below. What was brought stays.",
  },
  unknown: {
    ko: '가져오는 중에 문제가 생겼어요. 자동으로 다시 해요. 계속되면 서버 로그를 확인해 주세요.',
    en: 'Something broke while bringing. It is tried again; if it stays, look at the server log.',
  },
  since: { ko: (time: string) => `${time}부터:`, en: (time: string) => `Since ${time}:` },
  theirs: { ko: '쇼핑몰이 한 답', en: 'What the platform answered' },
  stumbled: { ko: '지금은 가져오지 못해요', en: 'Cannot be brought now' },
  products: { ko: '상품', en: 'Products' },
  members: { ko: '회원과 수신동의', en: 'Members and consents' },
  orders: { ko: '주문과 환불 (12개월)', en: 'Orders and refunds (12 months)' },
  coupons: {
    ko: '쇼핑몰이 직접 준 쿠폰 (12개월)',
    en: "Coupons of the shop's own (12 months)",
  },
  waiting: { ko: '차례를 기다려요', en: 'Waiting for its turn' },
  bringing: { ko: '가져오는 중', en: 'Bringing' },
  noKeys: {
    ko: '카페24가 키를 주지 않았어요. 승인은 1분 안에 끝나야 하고, 클라이언트 ID와 시크릿이 그 앱의 것이어야 해요. 다시 연결해 주세요.',
    en: 'Cafe24 gave no keys: the approval lives for one minute, and the client ID and secret must be those of the app. Connect again.',
  },
  notOurs: {
    ko: '여기에서 시작한 연결이 아니거나 너무 늦게 돌아왔어요. 처음부터 다시 연결해 주세요.',
    en: 'This connection was not begun here, or it came back too late. Begin again.',
  },
  brought: { ko: '가져온 것은 그대로 있어요', en: 'What was brought stays' },
  following: { ko: '모두 가져왔고 새 소식을 따라가요', en: 'All there, following what is new' },
  upTo: { ko: '확인한 때', en: 'Looked at' },
  refusedRows: { ko: '읽지 못한 것', en: 'Not read' },
  lastOk: { ko: '마지막으로 잘 된 때', en: 'Went well last' },
  lastNotice: { ko: '마지막 웹훅', en: 'Last webhook' },
  never: { ko: '아직 없어요', en: 'None yet' },
  webhook: {
    ko: '웹훅 주소: 카페24 앱의 웹훅 설정에 넣으면 바뀐 것을 더 빨리 알아요. 없어도 5~10분마다 확인해요.',
    en: 'Webhook address: with it in the app, changes are known at once. Without it they are looked for every 5 to 10 minutes.',
  },
  look: { ko: '지금 확인하기', en: 'Look now' },
  leave: { ko: '연결 해제', en: 'Disconnect' },
  noMay: {
    ko: '연결은 개발자와 소유자가 할 수 있어요.',
    en: 'Developers and owners can connect.',
  },
})
