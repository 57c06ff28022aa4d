import type { Problem } from '../api/client.ts'
import { inLanguage, type Language, words } from '../app/language.ts'

const text = words({
  rest: {
    ko: (said: string) => `이 조건을 다시 봐 주세요. 서버가 말한 까닭: ${said}`,
    en: (said: string) => `Please look at this condition again: ${said}`,
  },
  days: {
    ko: (days: string) => `기간은 ${days}일까지 정할 수 있어요. 더 짧게 골라 주세요.`,
    en: (days: string) => `A time may be ${days} days at most. Pick a shorter one.`,
  },
  times: {
    ko: (most: string) => `횟수는 0부터 ${most}까지의 정수로 비교해요.`,
    en: (most: string) => `Counts are compared with whole numbers from 0 to ${most}.`,
  },
  order: {
    ko: '시작이 끝보다 앞서야 해요. 두 값을 바꿔 보세요.',
    en: 'The start must lie before the end.',
  },
  deep: {
    ko: '묶음 안의 묶음이 너무 깊어요. 바깥으로 하나 꺼내 주세요.',
    en: 'Groups are nested too deep. Move one out.',
  },
  many: {
    ko: '조건이 너무 많아요. 몇 개를 다른 세그먼트로 나눠 주세요.',
    en: 'Too many conditions. Move some into another segment.',
  },
  fact: {
    ko: '그런 정보는 없어요. 다른 것을 골라 주세요.',
    en: 'There is no such fact. Pick another.',
  },
  cycle: {
    ko: '세그먼트가 돌고 돌아 자기 자신을 가리켜요. 다른 세그먼트를 골라 주세요.',
    en: 'The segments refer to each other in a circle. Pick another.',
  },
  gone: {
    ko: '그 세그먼트는 지워졌어요. 다른 세그먼트를 골라 주세요.',
    en: 'That segment is gone. Pick another.',
  },
  share: {
    ko: '무작위 일부의 시작은 끝보다 작아야 해요.',
    en: 'The share must start below its end.',
  },
  own: {
    ko: '세그먼트를 드나든 일은 조건이 될 수 없어요. 그 세그먼트를 골라 주세요.',
    en: 'Entering a segment cannot be a condition; pick that segment instead.',
  },
})

/** What to say beside the condition that the server refused. Its words are English and speak of paths. */
export function faultSentence(problem: Problem, language: Language): string {
  const said = inLanguage(text, language)
  const plain = problem.detail.replace(/^definition[\w.-]*:\s*/, '')
  const days = /at most (\d+) days/.exec(plain)
  if (days) return said.days(days[1] ?? '')
  const times = /whole numbers from 0 to (\d+)/.exec(plain)
  if (times) return said.times(Number(times[1]).toLocaleString('en'))
  if (/nested/.test(plain)) return said.deep
  if (/has \d+ conditions|may have \d+/.test(plain)) return said.many
  if (/cycle|circle|itself/.test(plain)) return said.cycle
  if (/no segment|segment .* (does not|is not|was not)/i.test(plain)) return said.gone
  if (/not a fact|no fact|unknown fact|no such fact/i.test(plain)) return said.fact
  if (/comes from segments/.test(plain)) return said.own
  if (/from must|before to|larger than to/.test(plain)) return said.order
  return said.rest(plain)
}
