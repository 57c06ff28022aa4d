import { Button, Checkbox, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { dayMs } from '../../../../server/src/lib/duration.ts'
import { askBacktest } from '../../api/backtests.ts'
import type { Campaign } from '../../api/campaigns.ts'
import { useWords } from '../../app/language.ts'
import { Failure } from '../../design/states.tsx'
import style from './backtest.module.css'
import { backtestWords } from './words.ts'

const periods = [7, 28, 90] as const

type Props = {
  readonly campaign: Campaign
  readonly flow: Flow
  readonly blank: boolean
  readonly done: (id: number) => void
}

/** Which period, and whether the version that is live is to live through it too. */
export function Ask({ campaign, flow, blank, done }: Props) {
  const said = useWords(backtestWords)
  const [days, setDays] = useState(28)
  const [compares, setCompares] = useState(campaign.version > 0)
  const asking = useMutation({
    mutationFn: () => {
      const to = Date.now()
      return askBacktest({
        campaign: campaign.id,
        flow,
        ...(compares ? { against: 'published' as const } : {}),
        from: to - days * dayMs,
        to,
      })
    },
    onSuccess: ({ id }) => done(id),
  })
  return (
    <>
      <SegmentedControl
        aria-label={said.period}
        data={periods.map((one) => ({ value: String(one), label: said.days(one) }))}
        value={String(days)}
        onChange={(value) => setDays(Number(value))}
      />
      {campaign.version > 0 && (
        <Checkbox
          label={said.compare}
          checked={compares}
          onChange={(event) => setCompares(event.currentTarget.checked)}
        />
      )}
      {asking.error && <Failure error={asking.error} />}
      {blank && <p className={style.says}>{said.blank}</p>}
      <Button disabled={blank} loading={asking.isPending} onClick={() => asking.mutate()}>
        {said.start(days)}
      </Button>
    </>
  )
}
