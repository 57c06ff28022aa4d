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
  aligoSender: {
    ko: (said: string) => `이 번호로는 알리고가 보내지 않아요. (${said})`,
    en: (said: string) => `Aligo does not send from this number. (${said})`,
  },
  answered: { ko: (said: string) => `상대 서버의 답: ${said}`, en: (said: string) => said },
})

const house = /^(NHN Cloud|Solapi|Aligo): /

/** Whether a refusal tells what a provider said or why it said nothing. */
export const isOfProvider = (detail: string): boolean =>
  house.test(detail) || detail.startsWith('Aligo does not send from')

/** What went wrong at a provider or a mail server, as a marketer reads it: what came of the call in our words, what was said there in its own. */
export function providerSentence(detail: string, language: Language): string {
  const said = inLanguage(text, language)
  const name = house.exec(detail)?.[1]
  const words = detail.replace(house, '').trim()
  const own = ownSentence(name, words, said)
  return name === undefined ? own : `${name}: ${own}`
}

type Said = ReturnType<typeof inLanguage<typeof text>>

function ownSentence(name: string | undefined, words: string, said: Said): string {
  const unreadable = /answered (\d+) with something unreadable/.exec(words)
  const sender = /^Aligo does not send from [^:]*: (.*)$/s.exec(words)
  if (sender) return said.aligoSender(ownSentence(undefined, sender[1] ?? '', said))
  if (unreadable) return said.unreadable(unreadable[1] ?? '')
  if (/ENOTFOUND|EAI_AGAIN/.test(words)) return said.unknown
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
  if (name === 'NHN Cloud' && /^-100[0-8]\b/.test(words)) return said.nhnKeys(words)
  return /[가-힣]/.test(words) || words === '' ? words : said.answered(words)
}
