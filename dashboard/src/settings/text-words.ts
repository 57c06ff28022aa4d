import { words } from '../app/language.ts'

export const textWords = words({
  title: { ko: '문자 보내기', en: 'Sending texts' },
  note: {
    ko: '문자 대행사 계정을 연결하면 진짜 고객에게 보내요. 연결하기 전에는 모든 문자가 테스트 수신함으로 가요.',
    en: 'With an account at a text provider connected, texts go to real people. Until then all of them go to the test inbox.',
  },
  on: { ko: '연결됨', en: 'Connected' },
  off: { ko: '테스트 수신함으로 보내요', en: 'Goes to the test inbox' },
  unasked: { ko: '아직 확인하지 않았어요', en: 'Not checked yet' },
  failing: { ko: '연결에 문제가 있어요', en: 'Trouble with the connection' },
  provider: { ko: '어느 대행사로 보낼까요?', en: 'Which provider?' },
  steps: { ko: '먼저 할 일', en: 'What to do there first' },
  menus: {
    ko: '메뉴 이름은 대행사가 바꿀 수 있어요.',
    en: 'The names of its menus may change.',
  },
  secretKept: {
    ko: '저장된 값이 있어요. 바꿀 때만 적어 주세요.',
    en: 'One is stored. Type only to change it.',
  },
  secretNote: {
    ko: '암호화해 보관하고 다시 보여드리지 않아요.',
    en: 'Stored encrypted and never shown again.',
  },
  numbers: { ko: '번호', en: 'Numbers' },
  numbersNote: {
    ko: '발신번호는 직접 적지 않고 대행사에 등록된 번호에서 골라요 (전기통신사업법 제84조의2).',
    en: 'The sender number is chosen from those registered there, never typed (Telecommunications Business Act, Article 84-2).',
  },
  sender: { ko: '발신번호', en: 'Sender number' },
  senderAsking: {
    ko: '등록된 번호를 불러오고 있어요',
    en: 'Asking for the registered numbers',
  },
  senderNone: {
    ko: '쓸 수 있는 번호가 없어요. 대행사에 발신번호를 먼저 등록해 주세요.',
    en: 'No number may be used. Register one at the provider first.',
  },
  senderPick: { ko: '등록된 번호 고르기', en: 'Choose a registered number' },
  senderFirst: {
    ko: '계정을 저장한 뒤 연결을 확인하면 등록된 번호가 여기에 나와요.',
    en: 'Save the account and check the connection: the registered numbers appear here.',
  },
  senderAligo: {
    ko: '알리고는 번호 목록을 알려주지 않아요. 적은 번호로 보낼 수 있는지 시험 전송(실제로 보내지 않음)으로 확인한 뒤 저장해요.',
    en: 'Aligo does not list its numbers. The one you enter is tried in test mode, where nothing is sent, before it is saved.',
  },
  senderRefused: {
    ko: '대행사에 등록되지 않은 번호예요. 대행사에서 먼저 등록해 주세요.',
    en: 'This number is not registered with the provider. Register it there first.',
  },
  optOut: { ko: '080 무료 수신거부 번호', en: '080 opt-out number' },
  optOutNote: {
    ko: '광고 문자 끝에 “무료수신거부 080-…”으로 붙어요 (정보통신망법 제50조 제4항, 제6항). 비어 있으면 광고 문자를 켤 수 없어요.',
    en: 'Stands at the end of advertising texts (Network Act, Article 50(4) and (6)). Without one, advertising texts cannot be switched on.',
  },
  optOutWrong: {
    ko: '080으로 시작하는 번호를 적어 주세요. 예: 080-123-4567',
    en: 'A number that begins with 080, such as 080-123-4567',
  },
  prices: { ko: '요금과 잔액', en: 'Prices and balance' },
  pricesNote: {
    ko: '보내기 전에 보여드리는 비용과 예산은 이 단가로 계산해요. 처음 값은 흔한 가격이니 계약한 단가로 고쳐 주세요.',
    en: 'Costs shown before sending, and the budget, are reckoned with these. The first values are usual prices: put in your own.',
  },
  sms: { ko: '단문(SMS) 1통', en: 'One SMS' },
  lms: { ko: '장문(LMS) 1통', en: 'One LMS' },
  mms: { ko: '사진(MMS) 1통', en: 'One MMS' },
  won: { ko: '원', en: 'won' },
  warn: { ko: '잔액이 이보다 적으면 알려주기', en: 'Warn when less is left than' },
  balance: { ko: '남은 돈', en: 'Money left' },
  billed: {
    ko: '매달 쓴 만큼 청구돼서 잔액이 없어요.',
    en: 'Billed each month afterwards: there is no balance.',
  },
  asked: { ko: '확인', en: 'looked at' },
  low: {
    ko: '잔액이 얼마 남지 않았어요. 다 쓰면 문자가 나가지 않고 기다려요. 대행사에서 충전해 주세요.',
    en: 'Little money is left. When it is gone texts wait unsent. Put money in at the provider.',
  },
  save: { ko: '이 계정으로 보내기', en: 'Send from this account' },
  saveNumbers: { ko: '저장하기', en: 'Save' },
  check: { ko: '연결 확인하기', en: 'Check the connection' },
  works: {
    ko: '연결했어요. 등록된 발신번호와 잔액을 가져왔어요.',
    en: 'Connected. Sender numbers and balance were read.',
  },
  worksNot: { ko: '확인하지 못했어요.', en: 'It could not be checked.' },
  remove: { ko: '연결 끊고 테스트 수신함으로', en: 'Disconnect, use the test inbox' },
  removed: {
    ko: '연결을 끊었어요. 이제 테스트 수신함으로 보내요.',
    en: 'Disconnected. Texts go to the test inbox.',
  },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  inbox: { ko: '테스트 수신함 열기', en: 'Open the test inbox' },
  checks: { ko: '보내기 전에', en: 'Before you send' },
  done: { ko: '됐어요', en: 'Done' },
  open: { ko: '남았어요', en: 'To do' },
  checkSender: { ko: '발신번호를 골랐어요', en: 'A sender number is chosen' },
  checkOptOut: { ko: '080 수신거부 번호를 적었어요', en: 'The 080 number is entered' },
  checkCertified: {
    ko: '대행사의 전송자격인증을 확인했어요',
    en: 'The provider’s certification for bulk sending was looked up',
  },
  certifiedNote: {
    ko: '2026년 10월부터 광고 문자는 전송자격인증을 받은 대행사에만 맡길 수 있어요 (정보통신망법 제50조의3 제1항, 전기통신사업법 제22조의11). 어기면 3천만 원 이하의 과태료예요. 대행사 홈페이지나 방송미디어통신위원회의 인증 목록에서 확인해 주세요. (2026년 11월 22일에 살펴봄)',
    en: 'Since October 2026 advertising texts may be entrusted only to providers that hold the certification for bulk sending (Network Act, Article 50-3(1); Telecommunications Business Act, Article 22-11); fine up to 30 million won. Look it up on the provider’s pages or the regulator’s list. (Reviewed on 22 November 2026)',
  },
  checkPull: {
    ko: '080으로 거부한 번호를 매시간 가져와요',
    en: 'Refusals by 080 are fetched every hour',
  },
  pullNone: {
    ko: '이 대행사는 080 거부 목록을 알려주지 않거나 080 번호가 아직 없어요. 목록을 내려받아 수신거부 가져오기로 올려 주세요.',
    en: 'This provider has no 080 list to read, or no 080 number is set. Download the list and import the refusals.',
  },
  pulled: { ko: '개 번호', en: ' numbers' },
  hook: { ko: '결과를 바로 받는 주소', en: 'Address for results' },
  hookNote: {
    ko: '대행사의 웹훅(Webhook) 메뉴에 붙여 넣으면 보낸 결과가 바로 와요. 넣지 않아도 잠시 뒤에 스스로 물어봐요. 이 주소는 비밀이에요.',
    en: 'Paste it into the provider’s webhook menu and results come at once; without it they are asked for a little later. Keep it secret.',
  },
})
