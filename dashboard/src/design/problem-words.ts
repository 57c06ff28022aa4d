import type { Problem } from '../api/client.ts'
import type { Language } from '../app/language.ts'
import { inLanguage, words } from '../app/language.ts'
import { isOfProvider, providerSentence } from './provider-words.ts'

const text = words({
  offline: {
    ko: '서버에 닿지 않아요. 인터넷 연결과 서버가 켜져 있는지 확인한 뒤 다시 시도해 주세요.',
    en: 'The server cannot be reached. Check the connection and that the server is running, then try again.',
  },
  broken: {
    ko: '서버에서 문제가 생겼어요. 잠시 뒤 다시 시도해 주세요. 계속되면 서버 로그를 확인해 주세요.',
    en: 'Something broke on the server. Try again in a moment; if it stays, look at the server log.',
  },
  forbidden: {
    ko: '이 일을 할 권한이 없어요. 소유자에게 역할을 바꿔 달라고 요청해 주세요.',
    en: 'Your role does not allow this. Ask an owner to change your role.',
  },
  unauthenticated: {
    ko: '로그인이 끝났어요. 다시 로그인해 주세요.',
    en: 'You are signed out. Please sign in again.',
  },
  'not-found': {
    ko: '찾는 것이 없어요. 지워졌거나 주소가 바뀌었을 수 있어요.',
    en: 'It is not here. It may have been removed, or the address changed.',
  },
  conflict: {
    ko: '그 사이 다른 곳에서 바뀌었어요. 새로고침한 뒤 다시 시도해 주세요.',
    en: 'It changed elsewhere in the meantime. Reload and try again.',
  },
  'too-large': {
    ko: '보낸 내용이 너무 커요. 나눠서 보내 주세요.',
    en: 'That is too large. Send it in parts.',
  },
  'too-many': {
    ko: '너무 자주 시도했어요. 잠시 기다린 뒤 다시 시도해 주세요.',
    en: 'Too many tries. Wait a moment and try again.',
  },
  busy: {
    ko: '지금 처리할 일이 많아요. 잠시 뒤 다시 시도해 주세요.',
    en: 'The server is busy. Try again in a moment.',
  },
  'not-public': {
    ko: '인터넷에서 누구나 닿는 주소만 쓸 수 있어요. 사내망이나 이 서버 자신의 주소는 부르지 않아요.',
    en: 'Only addresses of the public internet are called, never those of your own network or of this server.',
  },
  'name-unknown': {
    ko: '이 이름의 서버를 찾지 못했어요. 주소를 다시 확인해 주세요.',
    en: 'No server has this name. Check the address.',
  },
  'not-https': {
    ko: '주소는 https://로 시작해야 해요.',
    en: 'The address must begin with https://.',
  },
  invalid: { ko: '입력한 내용을 다시 확인해 주세요.', en: 'Please check what you entered.' },
})

/** What to tell a person about a declined call: the server's own sentence where it is in their language, else ours. */
export function problemSentence(problem: Problem | undefined, language: Language): string {
  const said = inLanguage(text, language)
  if (!problem) return said.broken
  const ours = problem.code in said ? said[problem.code as keyof typeof said] : said.broken
  if (!problem.detail || problem.status >= 500 || problem.status === 0) return ours
  if (isOfProvider(problem.detail)) return providerSentence(problem.detail, language)
  const address = aboutAddress.find(([shape]) => shape.test(problem.detail))
  if (address) return said[address[1]]
  const speaksKorean = /[가-힣]/.test(problem.detail)
  // The schema's own words name types and lengths: nothing a marketer could act on.
  if (/^(Too small|Too big|Invalid)/.test(problem.detail)) return ours
  if (language === 'en') return speaksKorean ? ours : problem.detail
  return speaksKorean || problem.code === 'invalid' || problem.code === 'conflict'
    ? problem.detail
    : ours
}

/** What the server says of an address that it will not call. */
const aboutAddress = [
  [/is not an address of the public internet/, 'not-public'],
  [/^The name \S+ cannot be found/, 'name-unknown'],
  [/^The address must begin with https/, 'not-https'],
] as const
