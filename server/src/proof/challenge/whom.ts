import type { Flow } from '../../campaigns/campaign.ts'
import { pageSentence } from '../../campaigns/page/page-sentence.ts'
import { scheduleSentence } from '../../campaigns/schedule-sentence.ts'
import { unreachable } from '../../lib/assert.ts'
import { koreanNames } from '../../segments/describe-korean.ts'

/** Whom a campaign is for and when, in Korean: `모든 페이지에서 바로 · ‘아직 사지 않은 고객’만`. */
export function whomText(
  { trigger }: Pick<Flow, 'trigger'>,
  { audience, zone }: { readonly audience: string | undefined; readonly zone: string },
): string {
  const when = whenText(trigger, zone)
  return audience === undefined ? when : `${when} · ‘${audience}’만`
}

function whenText(trigger: Flow['trigger'], zone: string): string {
  switch (trigger.kind) {
    case 'page':
      return pageSentence(trigger, 'ko')
    case 'event':
      return `${koreanNames[trigger.event] ?? trigger.event} 뒤`
    case 'segment':
      return trigger.on === 'entered' ? '세그먼트에 들어온 때' : '세그먼트에서 나간 때'
    case 'schedule':
      return scheduleSentence(trigger.schedule, 'ko', zone)
    case 'anniversary':
      return '해마다 돌아오는 날'
    case 'api':
      return '상점의 서버가 알려 준 때'
    default:
      return unreachable(trigger)
  }
}

/** Hours for which something is counted, in days where they are whole: `90일`, `36시간`. */
export function windowText(hours: number): string {
  return hours % 24 === 0 ? `${hours / 24}일` : `${hours}시간`
}
