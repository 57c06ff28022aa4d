import { unreachable } from '../../lib/assert.ts'
import type { Language } from '../../shops/shop.ts'
import { eventWords } from '../playbooks/event-words.ts'
import type { PagePattern, PageTrigger, When } from './page-trigger.ts'

/** Which pages, whom and when, in a sentence: `/join_result가 들어간 페이지에서 20초 뒤`. */
export function pageSentence(trigger: PageTrigger, language: Language): string {
  const pages = trigger.only.map((pattern) => patternWords(pattern, language))
  const moments = [...new Set(trigger.when.map((when) => whenWords(when, language)))]
  if (language === 'ko') {
    const where = pages.length === 0 ? '모든 페이지에서' : `${pages.join(', ')} 페이지에서`
    return `${visitors[trigger.visitor].ko}${where} ${moments.join(' 또는 ')}`
  }
  const where = pages.length === 0 ? 'on any page' : `on ${pages.join(', ')}`
  return `${visitors[trigger.visitor].en}${where}, ${moments.join(' or ')}`
}

const visitors = {
  all: { ko: '', en: 'Everybody ' },
  stranger: { ko: '로그인한 적 없는 방문자가 ', en: 'Strangers ' },
  member: { ko: '회원이 ', en: 'Members ' },
  new: { ko: '처음 온 방문자가 ', en: 'New visitors ' },
  returning: { ko: '다시 온 방문자가 ', en: 'Returning visitors ' },
} as const satisfies Record<PageTrigger['visitor'], { readonly ko: string; readonly en: string }>

function patternWords({ by, value }: PagePattern, language: Language): string {
  switch (by) {
    case 'is':
      return value
    case 'starts':
      return language === 'ko' ? `${value}(으)로 시작하는` : `${value}…`
    case 'holds':
      return language === 'ko' ? `'${value}' 주소의` : `…${value}…`
    default:
      return unreachable(by)
  }
}

function whenWords(when: When, language: Language): string {
  const ko = language === 'ko'
  switch (when.kind) {
    case 'now':
      return ko ? '바로' : 'at once'
    case 'seconds':
      return ko ? `${when.seconds}초 뒤` : `after ${when.seconds} s`
    case 'scroll':
      return ko ? `${when.percent}% 내려 봤을 때` : `at ${when.percent} % scrolled`
    case 'exit':
      return ko ? '나가려 할 때' : 'when leaving'
    case 'inactive':
      return ko ? `${when.seconds}초 동안 가만히 있을 때` : `after ${when.seconds} s idle`
    case 'event':
      return ko
        ? `${eventWords(when.event, language)} 직후`
        : `right after "${eventWords(when.event, language)}"`
    default:
      return unreachable(when)
  }
}
