import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { checkMessages, type MessageProblem } from '../api/previews.ts'
import { flowOfMessages, lookedAtSteps } from './shown-message.ts'

const none: readonly MessageProblem[] = []

/** What keeps the steps of a flow from being published, a moment after the last keystroke. */
export function useMessageProblems(campaign: number, flow: Flow): readonly MessageProblem[] {
  const asked = JSON.stringify(flowOfMessages(flow, lookedAtSteps(flow)))
  const [settled] = useDebouncedValue(asked, 500)
  const found = useQuery({
    queryKey: ['campaigns', 'check', campaign, settled],
    queryFn: ({ signal }) => checkMessages(campaign, JSON.parse(settled) as Flow, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
  return found.data?.problems ?? none
}
