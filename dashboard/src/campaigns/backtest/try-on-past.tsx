import { Button, Drawer } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { Campaign } from '../../api/campaigns.ts'
import { useWords } from '../../app/language.ts'
import { Ask } from './ask.tsx'
import style from './backtest.module.css'
import { Earlier } from './earlier.tsx'
import { Found } from './found.tsx'
import { Pair } from './pair.tsx'
import { backtestWords } from './words.ts'

type Props = {
  readonly campaign: Campaign
  /** As it is being written, saved or not. */
  readonly flow: Flow
  /** It still has blanks: nothing can be tried. */
  readonly blank: boolean
}

/** Lets the flow live through a past period, and shows what it would have done. */
export function TryOnPast({ campaign, flow, blank }: Props) {
  const said = useWords(backtestWords)
  const [opened, setOpened] = useState(false)
  /** One that was asked for or is opened again, or two to compare; none: what to ask. */
  const [shown, setShown] = useState<readonly number[]>([])
  const [first, second] = shown
  const queries = useQueryClient()
  const toList = () => {
    setShown([])
    void queries.invalidateQueries({ queryKey: ['backtests', 'of', campaign.id] })
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {said.open}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={first === undefined ? 'lg' : 'min(1100px, 100%)'}
        title={said.title}
      >
        <div className={style.stack}>
          <p className={style.says}>{said.says}</p>
          {first === undefined ? (
            <>
              <Ask campaign={campaign} flow={flow} blank={blank} done={(id) => setShown([id])} />
              <Earlier
                campaign={campaign.id}
                open={(id) => setShown([id])}
                compare={(one, other) => setShown([one, other])}
              />
            </>
          ) : second === undefined ? (
            <Found id={first} again={toList} />
          ) : (
            <Pair ids={shown} back={toList} />
          )}
        </div>
      </Drawer>
    </>
  )
}
