import { faultWords } from '../../../server/src/connect/consents/fault-words.ts'
import { words } from '../app/language.ts'

/** What the import says. */
export const fileText = words({
  title: { ko: '파일로 가져오기', en: 'Bring a file' },
  note: {
    ko: '먼저 무엇이 바뀌는지 보여드리고, 이름을 걸고 확인하신 뒤에만 적용해요. 같은 파일을 다시 올려도 두 번 들어가지 않아요.',
    en: 'You first see what would change; nothing happens until somebody confirms it by name. The same file twice counts once.',
  },
  kind: { ko: '무엇을 가져올까요', en: 'What is in the file' },
  consents: { ko: '수신동의', en: 'Consents' },
  optOut080: { ko: '080 수신거부', en: '080 refusals' },
  oldTool: { ko: '전에 쓰던 도구의 수신거부', en: 'Refusals of another tool' },
  consentsHint: {
    ko: '이메일·휴대폰·아이디 가운데 하나와 채널, 동의여부, 동의일시, 출처 열이 있으면 돼요. “SMS 수신여부”처럼 채널마다 열이 있어도 읽어요. 이름 열이 있으면 이름이 없던 고객에게 적어요.',
    en: 'One of e-mail, phone or member id, and columns for channel, answer, date and source. A column per channel works too. A name column names customers who have none.',
  },
  optOut080Hint: {
    ko: '전화번호만 있으면 돼요. 날짜가 없어도 되고, 문자와 카카오톡 광고가 바로 멈춰요.',
    en: 'Numbers are enough, no dates. Advertising by text and KakaoTalk stops at once.',
  },
  oldToolHint: {
    ko: '이메일이나 전화번호만 있으면 돼요. 날짜가 없어도 되고, 동의보다 언제나 앞서요.',
    en: 'Addresses or numbers are enough, no dates. A refusal always wins over a consent.',
  },
  drop: { ko: 'CSV 파일을 여기에 놓거나', en: 'Drop a CSV file here, or' },
  pick: { ko: '파일 고르기', en: 'pick a file' },
  other: { ko: '다른 파일 고르기', en: 'Pick another file' },
  limits: {
    ko: 'UTF-8과 CP949(엑셀)를 읽어요. 16MB, 10만 줄까지요.',
    en: 'UTF-8 or CP949 (Excel), 16 MB and 100,000 lines at most.',
  },
  from: { ko: '어디에서 받은 동의인가요', en: 'Where were they given' },
  fromHint: {
    ko: '파일에 출처 열이 없는 줄에 적혀요. 예: 자사몰 회원가입',
    en: 'Written for lines without a source column, e.g. sign-up on our shop',
  },
  look: { ko: '무엇이 바뀌는지 보기', en: 'See what would change' },
  newConsents: { ko: '새 동의', en: 'New consents' },
  newRefusals: { ko: '새 거부', en: 'New refusals' },
  already: { ko: '이미 있음', en: 'Known already' },
  outweighed: { ko: '나중에 거부해서 열리지 않음', en: 'Refused later, stays closed' },
  unknownRefused: { ko: '아직 고객이 아닌 분의 거부', en: 'Refusals of strangers' },
  newPeople: { ko: '새로 생길 고객', en: 'New customers' },
  faulty: { ko: '읽지 못한 줄', en: 'Lines not read' },
  line: { ko: '줄', en: 'Line' },
  value: { ko: '적힌 값', en: 'It says' },
  reason: { ko: '까닭', en: 'Why' },
  download: { ko: '읽지 못한 줄 모두 내려받기', en: 'Download all lines not read' },
  sentence_consents: {
    ko: '이 파일의 동의는 적힌 날짜와 출처에서 우리 상점이 고객에게 직접 받은 것이고, 증거를 보관하고 있어요.',
    en: 'Our shop was given these consents by the customers themselves, on the days and in the places written, and keeps the proof.',
  },
  sentence_optOut080: {
    ko: '이 파일은 우리 상점 080 번호의 수신거부 명단 전체예요.',
    en: 'This file is the whole list of refusals of our toll-free number.',
  },
  sentence_oldTool: {
    ko: '이 파일은 전에 쓰던 도구에서 수신을 거부하신 분 전체예요.',
    en: 'This file holds everybody who refused in the tool we used before.',
  },
  go: {
    ko: (n: string) => `${n}건 적용하기`,
    en: (n: string) => `Apply ${n} changes`,
  },
  nothing: { ko: '바뀔 것이 없지만 확인해 두기', en: 'Nothing changes; confirm anyway' },
  looking: {
    ko: (n: string) => `파일을 살펴보는 중 ${n}%`,
    en: (n: string) => `Looking at the file, ${n}%`,
  },
  preparing: {
    ko: (n: string) => `적용할 준비를 하는 중 ${n}%`,
    en: (n: string) => `Getting ready to apply it, ${n}%`,
  },
  applying: {
    ko: (done: string, total: string) => `${total}건 가운데 ${done}건 적용했어요`,
    en: (done: string, total: string) => `${done} of ${total} applied`,
  },
  goesOn: {
    ko: '이 화면을 닫거나 서버를 다시 켜도 이어서 진행돼요.',
    en: 'It goes on when you close this page or restart the server.',
  },
  stop: { ko: '그만두기', en: 'Call it off' },
  cancelled: {
    ko: '그만뒀어요. 그 전에 적용한 것은 그대로 남아요.',
    en: 'Called off. What was applied before stays.',
  },
  cancelledAt: {
    ko: (done: string, total: string) =>
      `${total}건 가운데 ${done}건을 적용하고 그만뒀어요. 적용한 것은 그대로 남아요.`,
    en: (done: string, total: string) =>
      `Called off after ${done} of ${total}. What was applied stays.`,
  },
  waiting: { ko: '확인을 기다려요', en: 'Waits to be confirmed' },
  openIt: { ko: '이어서 확인하기', en: 'Go on with it' },
  failed: { ko: '파일을 적용하지 못했어요.', en: 'The file could not be applied.' },
  done: { ko: '적용했어요. 고객 기록에 반영되고 있어요.', en: 'Applied; the customers follow.' },
  ...faultWords,
})
