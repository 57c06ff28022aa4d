import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Connection } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import { Code } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'
import { ConnectCafe24 } from './connect-cafe24.tsx'
import { ConnectShopify } from './connect-shopify.tsx'
import { ConnectWooCommerce } from './connect-woocommerce.tsx'
import { waysWords } from './ways-words.ts'

const kinds = ['cafe24', 'shopify', 'woocommerce'] as const
type Kind = (typeof kinds)[number]

/** Which platform, and its guide. A shop lives at one place: then it is that one's guide, and how another shop is made. */
export function WaysIn({ connections }: { readonly connections: readonly Connection[] }) {
  const said = useWords(waysWords)
  const home = connections.find(isHome)
  const homeKind = kinds.find((one) => one === home?.kind)
  const [chosen, setChosen] = useState<Kind>('cafe24')
  const [isOpen, setOpen] = useState(false)
  const kind = homeKind ?? chosen
  if (home?.state === 'connected' && !isOpen)
    return (
      <>
        <div className={style.buttons}>
          <Button variant="default" onClick={() => setOpen(true)}>
            {said.anew}
          </Button>
        </div>
        <AnotherShop home={home} />
      </>
    )
  return (
    <>
      {!home && (
        <Card title={said.which}>
          <SegmentedControl
            aria-label={said.which}
            fullWidth
            value={kind}
            onChange={(value) => setChosen(kinds.find((one) => one === value) ?? 'cafe24')}
            data={kinds.map((value) => ({ value, label: said[value] }))}
          />
        </Card>
      )}
      {(home?.state === 'connected' || home?.state === 'broken') && (
        <p className={style.note}>{said.kept}</p>
      )}
      {kind === 'cafe24' && <ConnectCafe24 known={home?.name ?? ''} />}
      {kind === 'shopify' && <ConnectShopify />}
      {kind === 'woocommerce' && <ConnectWooCommerce />}
      {home && <AnotherShop home={home} />}
    </>
  )
}

/** Where the shop lives: what works or worked there, or brought something before it was left. */
const isHome = ({ kind, state, progress }: Connection): boolean =>
  kind !== 'files' &&
  (state === 'connected' || state === 'broken' || progress.some(({ known }) => known > 0))

function AnotherShop({ home }: { readonly home: Connection }) {
  const said = useWords(waysWords)
  return (
    <details>
      <summary className={style.label}>{said.another}</summary>
      <p className={style.note}>{said.onePlace(`${said[home.kind]} ${home.name}`)}</p>
      <Code text="npm run danggol -- shop create NAME" />
    </details>
  )
}
