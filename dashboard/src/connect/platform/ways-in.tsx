import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { Connection } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import style from '../../settings/settings.module.css'
import { ConnectCafe24 } from './connect-cafe24.tsx'
import { ConnectShopify } from './connect-shopify.tsx'
import { ConnectWooCommerce } from './connect-woocommerce.tsx'
import { waysWords } from './ways-words.ts'

const kinds = ['cafe24', 'shopify', 'woocommerce'] as const
type Kind = (typeof kinds)[number]

/** Which platform, and its guide; one that is broken is offered first. */
export function WaysIn({ connections }: { readonly connections: readonly Connection[] }) {
  const said = useWords(waysWords)
  const broken = connections.find(({ state }) => state !== 'connected')?.kind
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === broken) ?? 'cafe24')
  const isConnected = connections.some(({ state }) => state === 'connected')
  const [isOpen, setOpen] = useState(false)
  if (isConnected && broken === undefined && !isOpen)
    return (
      <div className={style.buttons}>
        <Button variant="default" onClick={() => setOpen(true)}>
          {said.another}
        </Button>
      </div>
    )
  return (
    <>
      <Card title={isConnected ? said.another : said.which}>
        <SegmentedControl
          aria-label={said.which}
          fullWidth
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'cafe24')}
          data={kinds.map((value) => ({ value, label: said[value] }))}
        />
      </Card>
      {kind === 'cafe24' && <ConnectCafe24 />}
      {kind === 'shopify' && <ConnectShopify />}
      {kind === 'woocommerce' && <ConnectWooCommerce />}
    </>
  )
}
