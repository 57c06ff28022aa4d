import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useMay } from '../app/session.tsx'
import { Failure } from '../design/states.tsx'

type Props = {
  readonly label: string
  /** What the campaign is called. */
  readonly name: string
  readonly begin: (name: string) => Promise<{ readonly id: number }>
}

/** One click from a figure to a campaign's draft, opened. */
export function BeginDraft({ label, name, begin }: Props) {
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const making = useMutation({
    mutationFn: () => begin(name.slice(0, 100)),
    onSuccess: async (made) => {
      await Promise.all(
        ['campaigns', 'journey', 'playbooks'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      )
      go(`/campaigns/${made.id}`)
    },
  })
  if (!may) return null
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={making.isPending}
        aria-label={`${label}: ${name}`}
        onClick={() => making.mutate()}
      >
        {label}
      </Button>
      {making.error && <Failure error={making.error} />}
    </>
  )
}
