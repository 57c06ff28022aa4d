import { inLanguage, type Language, words } from '../app/language.ts'

const text = words({
  unknown: {
    ko: '그런 서버를 찾지 못했어요. 주소와 이 서버의 인터넷 연결을 확인해 주세요.',
    en: 'There is no such server. Check its address and this server’s connection to the internet.',
  },
  unreached: {
    ko: '상대 서버에 닿지 않았어요. 잠시 뒤 다시 확인해 주세요.',
    en: 'The server over there cannot be reached. Try again in a moment.',
  },
  late: {
    ko: '상대 서버가 시간 안에 답하지 않았어요. 잠시 뒤 다시 확인해 주세요.',
    en: 'The server over there did not answer in time. Try again in a moment.',
  },
  untrusted: {
    ko: '상대 서버의 보안 인증서를 믿을 수 없어요. 주소가 맞는지 확인해 주세요.',
    en: 'The certificate of the server over there cannot be trusted. Check the address.',
  },
  denied: {
    ko: '아이디나 비밀번호가 맞지 않아요.',
    en: 'User name or password is wrong.',
  },
  silent: {
    ko: '상대 서버가 말을 시작하지 않았어요. 포트와 암호화 설정이 서로 맞는지 확인해 주세요.',
    en: 'The server over there does not begin to speak. Check that port and encryption go together.',
  },
  unreadable: {
    ko: (status: string) => `상대 서버가 알아들을 수 없는 답(${status})을 했어요.`,
    en: (status: string) => `The server over there gave an answer (${status}) that makes no sense.`,
  },
  endless: {
    ko: '목록이 끝없이 이어져서 읽지 못했어요.',
    en: 'The list does not end and could not be read.',
  },
  nhnKeys: {
    ko: (said: string) => `앱키, 비밀 키, 허용한 IP 가운데 하나가 맞지 않아요. (${said})`,
    en: (said: string) => `Appkey, secret key or allowed IP is wrong. (${said})`,
  },
  solapiKeys: {
    ko: (said: string) => `API Key나 API Secret이 맞지 않아요. (${said})`,
    en: (said: string) => `API Key or API Secret is wrong. (${said})`,
  },
  aligoKeys: {
    ko: (said: string) => `아이디, API Key, 등록한 IP 가운데 하나가 맞지 않아요. (${said})`,
    en: (said: string) => `User name, API Key or registered IP is wrong. (${said})`,
  },
  aligoSender: {
    ko: (said: string) => `이 번호로는 알리고가 보내지 않아요. (${said})`,
    en: (said: string) => `Aligo does not send from this number. (${said})`,
  },
  sesQuota: {
    ko: (sent: string, most: string, rate: string) =>
      `24시간에 ${most}통까지 보낼 수 있고 ${sent}통을 보냈어요. 1초에 ${rate}통까지 나가요.`,
    en: (sent: string, most: string, rate: string) =>
      `${sent} of ${most} mails sent in 24 hours, ${rate} a second.`,
  },
  sesSandbox: {
    ko: '아직 샌드박스라서 AWS에 인증한 주소에만 도착해요. AWS 콘솔에서 프로덕션 액세스를 신청해 주세요.',
    en: 'The account is still in the sandbox: only verified addresses get mail. Ask AWS for production access.',
  },
  sesSendsOnly: {
    ko: '보낼 수만 있는 키라서 남은 한도는 볼 수 없어요.',
    en: 'The key may only send, so what is left of the quota cannot be seen.',
  },
  answered: { ko: (said: string) => `상대 서버의 답: ${said}`, en: (said: string) => said },
})

const house = /^(NHN Cloud|Solapi|Aligo): /
/** As their Korean customers know them. */
const koreanNames: Readonly<Record<string, string>> = { Solapi: '솔라피', Aligo: '알리고' }

/** Whether a refusal tells what a provider said or why it said nothing. */
export const isOfProvider = (detail: string): boolean =>
  house.test(detail) || detail.startsWith('Aligo does not send from')

/** What went wrong at a provider or a mail server, as a marketer reads it: what came of the call in our words, what was said there in its own. */
export function providerSentence(detail: string, language: Language): string {
  const said = inLanguage(text, language)
  const name = house.exec(detail)?.[1]
  const words = detail.replace(house, '').trim()
  const own = ownSentence(name, words, said)
  if (name === undefined) return own
  return `${(language === 'ko' && koreanNames[name]) || name}: ${own}`
}

type Said = ReturnType<typeof inLanguage<typeof text>>

function ownSentence(name: string | undefined, words: string, said: Said): string {
  const unreadable = /answered (\d+) with something unreadable/.exec(words)
  const sender = /^Aligo does not send from [^:]*: (.*)$/s.exec(words)
  if (sender) return said.aligoSender(ownSentence(undefined, sender[1] ?? '', said))
  if (unreadable) return said.unreadable(unreadable[1] ?? '')
  if (/ENOTFOUND|EAI_AGAIN|^The name \S+ cannot be found/.test(words)) return said.unknown
  if (/greeting (never|from server)|Greeting never/i.test(words)) return said.silent
  if (/no answer in time|timed? ?out|ETIMEDOUT/i.test(words)) return said.late
  if (/CERT_|certificate|SELF_SIGNED|wrong version number/i.test(words)) return said.untrusted
  if (
    /ECONN|EHOSTUNREACH|ENETUNREACH|fetch failed|socket hang up|other side closed|unexpected close|connection closed/i.test(
      words,
    )
  )
    return said.unreached
  if (/authentication ?failed|invalid login|invalid credentials/i.test(words)) return said.denied
  if (/^the list does not end/.test(words)) return said.endless
  const quota = /^(\d+) of (\d+) mails sent in 24 hours, ([\d.]+) a second\.(.*sandbox)?/.exec(
    words,
  )
  if (quota) {
    const [sent = '', most = '', rate = ''] = quota
      .slice(1, 4)
      .map((n) => Number(n).toLocaleString())
    return `${said.sesQuota(sent, most, rate)}${quota[4] ? ` ${said.sesSandbox}` : ''}`
  }
  if (/^AccessDeniedException: /.test(words)) return said.sesSendsOnly
  if (name === 'NHN Cloud' && /^-100[0-8]\b/.test(words)) return said.nhnKeys(words)
  if (name === 'Solapi' && /^(\w*API_?Key|SignatureDoesNotMatch|Unauthorized)\b/i.test(words))
    return said.solapiKeys(words)
  if (name === 'Aligo' && /^-101\b/.test(words)) return said.aligoKeys(words)
  return /[가-힣]/.test(words) || words === '' ? words : said.answered(words)
}
