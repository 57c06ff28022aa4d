import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'

/** Whether everything a flow says stands on the shop's own pages: then nothing is transmitted to anybody. */
export function isOnPageOnly(flow: Flow): boolean {
  const channels = stepsOf(flow).flatMap((step) =>
    step.kind === 'message' ? chainOf(step).map(({ content }) => content.channel) : [],
  )
  return channels.length > 0 && channels.every((channel) => channel === 'onsite')
}

/** The beginning of `보내기로 한 고객`: what stands on a page is shown, not sent. English says “chosen” of both. */
export const choosing = (onPage = false) => (onPage ? '보여주기로' : '보내기로')
