import { Button, Drawer } from '@mantine/core'
import { useState } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { Campaign } from '../../api/campaigns.ts'
import { useWords } from '../../app/language.ts'
import { Ask } from './ask.tsx'
import style from './backtest.module.css'
import { Found } from './found.tsx'
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
  const [asked, setAsked] = useState<number>()
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {said.open}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={asked === undefined ? 'lg' : 'min(1100px, 100%)'}
        title={said.title}
      >
        <div className={style.stack}>
          <p className={style.says}>{said.says}</p>
          {asked === undefined ? (
            <Ask campaign={campaign} flow={flow} blank={blank} done={setAsked} />
          ) : (
            <Found id={asked} again={() => setAsked(undefined)} />
          )}
        </div>
      </Drawer>
    </>
  )
}
