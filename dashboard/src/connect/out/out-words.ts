import { words } from '../../app/language.ts'

/** What the page of files that leave by themselves says. */
export const outText = words({
  title: { ko: '정기 파일', en: 'Standing files' },
  note: {
    ko: '세그먼트의 고객이나 이벤트를 정해진 때마다 파일로 써요. 이름과 연락처가 그대로 담겨요.',
    en: 'Members of a segment, or events, written to a file at set times. Names and addresses stand in the clear.',
  },
  name: { ko: '이름', en: 'Name' },
  what: { ko: '무엇을 내보낼까요', en: 'What' },
  segment: { ko: '세그먼트', en: 'Segment' },
  events: { ko: '이벤트', en: 'Events' },
  eventsHint: {
    ko: '지난 파일 다음에 일어난 것만 담아요.',
    en: 'Only what happened since the last file.',
  },
  every: { ko: '언제 쓸까요', en: 'When' },
  hour: { ko: '매시간', en: 'Hourly' },
  day: { ko: '매일', en: 'Daily' },
  week: { ko: '매주', en: 'Weekly' },
  weekday: { ko: '요일', en: 'Day' },
  at: { ko: '시각', en: 'Time' },
  place: { ko: '어디로 보낼까요', en: 'Where to' },
  here: { ko: '여기서 받기', en: 'Fetch here' },
  server: { ko: '우리 서버', en: 'Your server' },
  sheet: { ko: '구글 시트', en: 'Google Sheets' },
  url: { ko: '받을 주소', en: 'Address' },
  serverHint: {
    ko: '웹훅 비밀로 서명한 CSV를 POST로 보내요.',
    en: 'The CSV is posted, signed with the webhook secret.',
  },
  spreadsheet: { ko: '시트 주소', en: 'Address of the sheet' },
  sheetName: { ko: '탭 이름', en: 'Tab' },
  sheetHint: {
    ko: '탭에 있던 값은 매번 지우고 새로 써요.',
    en: 'What stands in the tab is replaced each time.',
  },
  key: { ko: '서비스 계정 키 파일(JSON)', en: 'Key file of a service account (JSON)' },
  keyHint: {
    ko: '구글 클라우드에서 서비스 계정을 만들고 키를 받은 뒤, 그 계정의 메일 주소를 시트에 편집자로 공유해 주세요. 키는 잠가서 보관해요.',
    en: 'Make a service account in Google Cloud, take its key, and share the sheet with its address as an editor. The key is kept sealed.',
  },
  emails: { ko: '다 쓰면 주소를 메일로 보낼 사람', en: 'Who gets the link by mail' },
  make: { ko: '정기 파일 만들기', en: 'Make it' },
  none: { ko: '아직 없어요.', en: 'None yet.' },
  next: { ko: (at: string) => `다음: ${at}`, en: (at: string) => `Next: ${at}` },
  again: { ko: (at: string) => `다시 시도: ${at}`, en: (at: string) => `Tried again: ${at}` },
  untold: {
    ko: (who: string) => `메일을 받지 못한 사람: ${who}`,
    en: (who: string) => `Not told: ${who}`,
  },
  mailAgain: { ko: (at: string) => `${at}에 다시 보내요`, en: (at: string) => `tried again ${at}` },
  mailOver: { ko: '더 보내지 않아요', en: 'not tried again' },
  run: { ko: '지금 쓰기', en: 'Write now' },
  remove: { ko: '그만 쓰기', en: 'Stop' },
  removeTitle: { ko: '이 정기 파일을 그만 쓸까요?', en: 'Stop writing this file?' },
  removeSays: {
    ko: (name: string) =>
      `“${name}” 파일을 더는 쓰지 않아요. 여기 남은 파일과 메일로 보낸 주소, 구글 키도 함께 지워져 되돌릴 수 없어요. 시트나 서버로 이미 보낸 것은 그대로예요.`,
    en: (name: string) =>
      `“${name}” is written no more. What lies here, the links sent by mail and Google’s key go, too, for good. What was handed to a sheet or server stays.`,
  },
  cancel: { ko: '취소', en: 'Cancel' },
  fetch: { ko: '받기', en: 'Download' },
  rows: {
    ko: (n: string) => `${n}줄`,
    en: (n: string) => `${n} lines`,
  },
  running: { ko: '쓰는 중', en: 'writing' },
  done: { ko: '다 썼어요', en: 'done' },
  failed: { ko: '쓰지 못했어요', en: 'failed' },
  kept: {
    ko: '파일은 7일 동안 받을 수 있어요. 주소를 아는 사람은 누구나 열 수 있어요.',
    en: 'Files can be fetched for 7 days, by whoever knows the address.',
  },
  badSheet: {
    ko: '구글 시트를 연 브라우저의 주소를 그대로 붙여 주세요.',
    en: 'Paste the address of the opened Google sheet.',
  },
  badKey: {
    ko: '서비스 계정의 키 파일이 아니에요.',
    en: 'This is no key file of a service account.',
  },
  noSecret: {
    ko: '이 주소로는 보낼 수 없어요. https 주소인지, 설정 → 웹훅에서 비밀을 만들었는지 확인해 주세요.',
    en: 'This address cannot be posted to. It must be https, and Settings > Webhooks must have a secret.',
  },
  clients: { ko: '다른 도구에서 읽기', en: 'Reading from other tools' },
  clientsNote: {
    ko: '관리자 API 키로 화면에서 하는 일을 모두 할 수 있어요. 세그먼트의 고객을 CSV로 읽는 보기예요.',
    en: 'An API key of scope admin can do all that these pages do. This reads a segment’s members as CSV.',
  },
  openapi: { ko: 'OpenAPI 문서 보기', en: 'The OpenAPI document' },
})

/** The days of the week from Sunday. */
export const weekdays = {
  ko: ['일요일', '월요일', '화요일', '수요일', '목요일', '금요일', '토요일'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const
