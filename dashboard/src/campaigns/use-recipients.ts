import { useQuery } from '@tanstack/react-query'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { isForChosenGoods } from '../../../server/src/campaigns/chosen-goods.ts'
import { listPlaybooks } from '../api/campaigns.ts'
import { getSegment } from '../api/segments.ts'

/** How many a campaign speaks to: everyone of an audience at once, or who comes in on one day. */
export type Recipients = { readonly count: number; readonly atOnce: boolean }

/** As far as it is known before it is switched on; undefined while it is looked up, and where nobody can say. */
export function useRecipients(flow: Flow, playbook: string | null): Recipients | undefined {
  const { trigger, audience } = flow
  const atOnce = trigger.kind === 'schedule'
  // The playbook’s count is of everybody, not of the buyers of these goods.
  const ofGoods = isForChosenGoods(trigger)
  const segment = useQuery({
    queryKey: ['segments', 'one', audience],
    queryFn: ({ signal }) => getSegment(audience ?? 0, signal),
    enabled: atOnce && audience !== undefined,
  })
  const cards = useQuery({
    queryKey: ['playbooks'],
    queryFn: ({ signal }) => listPlaybooks(signal),
    enabled: !atOnce && playbook !== null && !ofGoods,
  })
  if (atOnce) return segment.data && { count: segment.data.members, atOnce }
  if (ofGoods) return undefined
  const daily = cards.data?.items.find((one) => one.id === playbook)?.wouldEnterToday ?? 0
  return daily > 0 ? { count: daily, atOnce } : undefined
}
