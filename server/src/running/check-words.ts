import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { localTime } from '../lib/zone.ts'
import { standingProblemWords } from '../reports/standing/problem.ts'
import type { CheckName, Finding } from './checks.ts'

type Language = 'ko' | 'en'
type Told = { readonly title: string; readonly says: string; readonly todo: string | null }
type Facts = Finding['facts']
type Sentence = (facts: Facts, how: How) => string
type How = { readonly language: Language; readonly timeZone: string }
type Lines = Readonly<Record<Language, Sentence>>

const titles: Readonly<Record<CheckName, Readonly<Record<Language, string>>>> = {
  disk: { ko: '디스크', en: 'Disk' },
  memory: { ko: '메모리', en: 'Memory' },
  database: { ko: '데이터베이스', en: 'Database' },
  warehouse: { ko: '분석 저장소', en: 'Analytics store' },
  line: { ko: '이벤트 처리', en: 'Processing of events' },
  history: { ko: '기록 쓰기', en: 'Writing history' },
  aside: { ko: '처리하지 못한 고객', en: 'Customers set aside' },
  providers: { ko: '발송 서비스', en: 'Sending services' },
  money: { ko: '문자 잔액', en: 'Balance for texts' },
  connectors: { ko: '상점 연결', en: 'Connections' },
  backup: { ko: '백업', en: 'Backup' },
  certificate: { ko: '보안 인증서', en: 'Certificate' },
}

const channels: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  email: { ko: '메일', en: 'mail' },
  sms: { ko: '문자', en: 'texts' },
  kakao: { ko: '카카오', en: 'Kakao' },
  push: { ko: '웹 푸시', en: 'web push' },
  webhook: { ko: '웹훅', en: 'webhooks' },
}

// `check.why`, or `check` for all of its reasons.
const says: Readonly<Record<string, Lines>> = {
  'disk.unread': line('남은 공간을 알 수 없어요.', 'The space left cannot be read.'),
  disk: line(
    (f) => `${size(f.free)} 남았어요 (전체 ${size(f.total)}).`,
    (f) => `${size(f.free)} free of ${size(f.total)}.`,
  ),
  'memory.unread': line('이 컴퓨터에서는 알 수 없어요.', 'It cannot be read on this machine.'),
  memory: line(
    (f) => `${size(f.available)} 쓸 수 있어요 (전체 ${size(f.total)}).`,
    (f) => `${size(f.available)} available of ${size(f.total)}.`,
  ),
  database: line(
    (f) => `응답해요. ${size(f.bytes)}를 써요.`,
    (f) => `Answers; it holds ${size(f.bytes)}.`,
  ),
  'warehouse.answers': line(
    (f) => `응답해요. ${size(f.bytes)}를 써요.`,
    (f) => `Answers; it holds ${size(f.bytes)}.`,
  ),
  'warehouse.silent': line(
    (f) => `응답하지 않아요. ${f.message}`,
    (f) => `It does not answer. ${f.message}`,
  ),
  'line.full': line(
    (f) => `${count(f.rows)}건이 밀려서 새 이벤트를 받지 못하고 있어요.`,
    (f) => `${count(f.rows)} wait: new events are asked to come again.`,
  ),
  line: line(
    (f) =>
      f.lateMs === 0
        ? '밀린 이벤트가 없어요.'
        : `${count(f.rows)}건이 ${span(f.lateMs, 'ko')}째 밀려 있어요.`,
    (f) =>
      f.lateMs === 0
        ? 'Nothing waits.'
        : `${count(f.rows)} wait, the first for ${span(f.lateMs, 'en')}.`,
  ),
  history: line(
    (f) => `아직 쓰지 않은 기록이 ${count(f.rows)}건이에요.`,
    (f) => `${count(f.rows)} not written yet.`,
  ),
  'aside.none': line('없어요.', 'None.'),
  'aside.some': line(
    (f) => `${count(f.people)}명의 이벤트를 처리하지 못했어요.`,
    (f) => `The events of ${count(f.people)} could not be processed.`,
  ),
  'providers.works': line('모두 정상이에요.', 'All of them work.'),
  'providers.no_balance': line(
    (f) =>
      `${channel(f, 'ko')} 잔액이 없어서 ${count(f.messages)}통이 ${span(f.lateMs, 'ko')}째 기다려요.`,
    (f) =>
      `No money left for ${channel(f, 'en')}: ${count(f.messages)} wait, the first for ${span(f.lateMs, 'en')}.`,
  ),
  providers: line(
    (f) =>
      `${channel(f, 'ko')} 발송이 멈춰서 ${count(f.messages)}통이 ${span(f.lateMs, 'ko')}째 기다려요.`,
    (f) =>
      `The provider for ${channel(f, 'en')} does not answer: ${count(f.messages)} wait, the first for ${span(f.lateMs, 'en')}.`,
  ),
  'money.none': line(
    '잔액을 알려주는 문자 계정이 없어요.',
    'No account for texts tells its balance.',
  ),
  money: line(
    (f) => `${count(f.balance)}원 남았어요 (${count(f.warnBelow)}원 아래면 알려드려요).`,
    (f) => `${count(f.balance)} won left; warned below ${count(f.warnBelow)}.`,
  ),
  'connectors.none': line('연결한 곳이 없어요.', 'Nothing is connected.'),
  'connectors.works': line(
    (f) => `${count(f.count)}곳 모두 정상이에요.`,
    (f) => `All ${count(f.count)} work.`,
  ),
  'connectors.broken': line(
    (f) => `${f.name}${others(f, 'ko')}에서 가져오지 못하고 있어요.`,
    (f) => `${f.name}${others(f, 'en')} cannot be read.`,
  ),
  'connectors.untold': line(
    (f) => `${f.name}${others(f, 'ko')}에 하루 동안 닿지 못해서 그만 보내요.`,
    (f) => `${f.name}${others(f, 'en')} was not reached for a day and is told no more.`,
  ),
  'connectors.file': line(
    (f) =>
      `정기 파일 ${f.name}${others(f, 'ko')}: ${standingProblemWords(String(f.problem ?? ''), 'ko')}`,
    (f) =>
      `Standing file ${f.name}${others(f, 'en')}: ${standingProblemWords(String(f.problem ?? ''), 'en')}`,
  ),
  'backup.off': line('매일 밤 백업이 꺼져 있어요.', 'The nightly backup is switched off.'),
  'backup.first': line('첫 백업은 오늘 밤에 해요.', 'The first one is made tonight.'),
  'backup.done': line(
    (f, how) => `${time(f.doneAt, how)}에 마쳤어요 (${size(f.bytes)}).`,
    (f, how) => `Finished ${time(f.doneAt, how)} (${size(f.bytes)}).`,
  ),
  'backup.old': line(
    (f, how) =>
      f.doneAt === 0
        ? '아직 한 번도 백업하지 못했어요.'
        : `마지막 백업이 ${time(f.doneAt, how)}이에요.`,
    (f, how) =>
      f.doneAt === 0 ? 'There has been none yet.' : `The last one is of ${time(f.doneAt, how)}.`,
  ),
  'backup.failed': line(
    (f) =>
      f.problem === 'no_room'
        ? '공간이 모자라서 백업하지 못했어요.'
        : `백업하지 못했어요. ${problem(f, 'ko')}`,
    (f) =>
      f.problem === 'no_room' ? 'There was no room for it.' : `It failed. ${problem(f, 'en')}`,
  ),
  'certificate.elsewhere': line(
    '앞단(프록시)이 맡거나 쓰지 않아요.',
    'A proxy’s affair, or none is used.',
  ),
  'certificate.missing': line(
    (f) => `${f.domain}의 인증서를 받지 못했어요. ${f.problem}`,
    (f) => `There is none for ${f.domain}. ${f.problem}`,
  ),
  'certificate.not_renewed': line(
    (f, how) =>
      `${f.domain}: ${time(f.endsAt, how)}까지인데 아직 새 인증서를 받지 못했어요. ${f.problem}`,
    (f, how) => `${f.domain}: until ${time(f.endsAt, how)}, and it was not renewed. ${f.problem}`,
  ),
  certificate: line(
    (f, how) => `${f.domain}: ${time(f.endsAt, how)}까지예요.`,
    (f, how) => `${f.domain}: until ${time(f.endsAt, how)}.`,
  ),
}

const todos: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  disk: {
    ko: '디스크를 늘리거나 오래된 백업과 파일을 지워 주세요.',
    en: 'Enlarge the disk, or remove old backups and files.',
  },
  memory: {
    ko: '다른 프로그램을 줄이거나 메모리를 늘려 주세요.',
    en: 'Run less beside it, or add memory.',
  },
  warehouse: {
    ko: '서버 로그를 확인하고 다시 시작해 주세요.',
    en: 'Look into the server’s log and start it again.',
  },
  line: {
    ko: '서버의 CPU와 로그를 확인해 주세요. 받은 이벤트는 사라지지 않아요.',
    en: 'Look at the CPU and the log. What was accepted is not lost.',
  },
  history: {
    ko: '분석 저장소의 디스크와 서버 로그를 확인해 주세요. 받은 이벤트는 사라지지 않아요.',
    en: 'Look at the analytics store’s disk and the log. What was accepted is not lost.',
  },
  aside: {
    ko: '연결 상태 화면에서 원인을 보고 다시 처리해 주세요.',
    en: 'See why under Connection, and process them again.',
  },
  providers: {
    ko: '발송 서비스의 공지와 계정을 확인해 주세요. 기다리는 메시지는 저절로 다시 보내요.',
    en: 'Look at the provider’s notices and the account. What waits goes by itself.',
  },
  money: { ko: '문자 서비스에서 충전해 주세요.', en: 'Top up the account.' },
  connectors: {
    ko: '연결 화면에서 원인을 확인해 주세요. 답하지 않던 곳은 다시 답하면 저절로 이어져요. 키가 막혔다면 다시 연결해 주세요.',
    en: 'See why on the page of connections. What did not answer goes on by itself once it answers; where its key is refused, connect it again.',
  },
  'backup.off': {
    ko: '서버 설정의 BACKUP_FOLDER에서 off를 지우면 매일 밤 백업해요.',
    en: 'Take `off` out of BACKUP_FOLDER: then there is one every night.',
  },
  'connectors.untold': {
    ko: '설정 → 내보내기나 세그먼트의 웹훅에서 주소를 확인하고 ‘다시 켜기’를 눌러 주세요.',
    en: 'Look at its address under Settings > Sending out, or at the segment’s webhooks, and resume it.',
  },
  'connectors.file': {
    ko: '설정 → 내보내기에서 원인과 다음 시도를 확인해 주세요.',
    en: 'See why, and when it is tried again, under Settings > Sending out.',
  },
  backup: {
    ko: '백업 폴더의 남은 공간과 서버 로그를 확인해 주세요.',
    en: 'Look at the room in the folder of backups and at the log.',
  },
  certificate: {
    ko: '도메인이 이 서버를 가리키는지, 80번 포트가 열려 있는지 확인해 주세요.',
    en: 'See that the domain points here and that port 80 is open.',
  },
}

/** The check's name, what was found, and what to do where something is wrong. */
export function checkSentence(finding: Finding, how: How): Told {
  const { check, why, state, facts } = finding
  const lines = says[`${check}.${why}`] ?? says[check]
  const isWrong = state === 'poor' || state === 'bad'
  return {
    title: titles[check][how.language],
    says: lines?.[how.language](facts, how) ?? '',
    todo: isWrong ? ((todos[`${check}.${why}`] ?? todos[check])?.[how.language] ?? null) : null,
  }
}

function line(ko: string | Sentence, en: string | Sentence): Lines {
  const said = (words: string | Sentence): Sentence =>
    typeof words === 'string' ? () => words : words
  return { ko: said(ko), en: said(en) }
}

const gibibyte = 1024 ** 3

/** Bytes as `13.2 MB`. */
export function size(value: string | number | undefined): string {
  const bytes = Number(value ?? 0)
  if (bytes >= gibibyte) return `${(bytes / gibibyte).toFixed(1)} GB`
  const mebibytes = bytes / 1024 ** 2
  return mebibytes >= 1 ? `${mebibytes.toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`
}

const count = (value: string | number | undefined) =>
  Math.round(Number(value ?? 0)).toLocaleString('en-US')

function span(value: string | number | undefined, language: Language): string {
  const ms = Number(value ?? 0)
  const [amount, ko, en] =
    ms >= 2 * dayMs
      ? [Math.floor(ms / dayMs), '일', 'days']
      : ms >= 2 * hourMs
        ? [Math.floor(ms / hourMs), '시간', 'hours']
        : [Math.max(1, Math.floor(ms / minuteMs)), '분', 'min']
  return language === 'ko' ? `${amount}${ko}` : `${amount} ${en}`
}

/** ` 등 3곳` behind the first name of several. */
function others({ count: value }: Facts, language: Language): string {
  const all = Number(value ?? 0)
  if (all < 2) return ''
  return language === 'ko' ? ` 등 ${count(all)}곳` : ` and ${count(all - 1)} more`
}

const channel = ({ channel: name = '' }: Facts, language: Language) =>
  channels[name]?.[language] ?? String(name)

function problem({ problem: why = '' }: Facts, language: Language): string {
  if (why !== 'interrupted') return String(why)
  return language === 'ko' ? '쓰던 중에 멈췄어요.' : 'It was cut off.'
}

/** `2026-11-23 04:00` by the shop's clocks. */
function time(value: string | number | undefined, { timeZone }: How): string {
  return new Date(localTime(Number(value ?? 0), timeZone))
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ')
}
