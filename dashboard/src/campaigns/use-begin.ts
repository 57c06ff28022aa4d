import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { createCampaign, listPlaybooks } from '../api/campaigns.ts'
import { useLanguage } from '../app/language.ts'

/** The way from a playbook to its draft: what is known of it, and a mutation that makes the draft and opens it. */
export function useBegin(playbook: string) {
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const playbooks = useQuery({
    queryKey: ['playbooks'],
    queryFn: ({ signal }) => listPlaybooks(signal),
    staleTime: 300_000,
  })
  const known = playbooks.data?.items.find((one) => one.id === playbook)
  const making = useMutation({
    mutationFn: () =>
      createCampaign({ playbook, ...(known ? { name: known.name[language] } : {}) }),
    onSuccess: async (made) => {
      await Promise.all(
        ['campaigns', 'journey', 'playbooks'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      )
      go(`/campaigns/${made.id}`)
    },
  })
  return { known, making }
}
