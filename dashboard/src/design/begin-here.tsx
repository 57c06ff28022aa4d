import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Card } from './card.tsx'
import { EmptyState } from './states.tsx'

type Props = {
  readonly title: string
  readonly children: ReactNode
  readonly example?: ReactNode
  /** That page, and what its button says. */
  readonly to: string
  readonly go: string
}

/** In the place of a report that has nothing to tell: why, and the page that changes it. */
export function BeginHere({ to, go, ...told }: Props) {
  return (
    <Card flush>
      <EmptyState
        {...told}
        action={
          <Button component={Link} href={to}>
            {go}
          </Button>
        }
      />
    </Card>
  )
}
