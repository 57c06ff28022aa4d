import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useSearchParams } from 'wouter'
import { problemIn } from '../../api/client.ts'
import { finishCafe24, listConnections } from '../../api/connections.ts'
import { useWords } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import { Card } from '../../design/card.tsx'
import { Bones, Failure } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'
import { ConnectionCard } from './connection-card.tsx'
import { platformWords } from './platform-words.ts'
import { WaysIn } from './ways-in.tsx'

/** While something is brought the page looks often. */
const lookMs = 2_000

/** `/settings/shop-platform`: what the shop is connected to, and how to connect it. Cafe24 sends people back here. */
export function ShopPlatform() {
  const said = useWords(platformWords)
  const may = useMay('developer')
  const finishing = useFinish()
  const connections = useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => listConnections(signal),
    refetchInterval: lookMs,
  })
  const items = connections.data?.items ?? []
  const isConnected = items.some(({ state }) => state === 'connected')
  if (connections.error && !connections.data)
    return <Failure error={connections.error} retry={() => connections.refetch()} />
  if (!connections.data) return <Bones lines={6} />
  return (
    <div className={style.stack}>
      {finishing.isPending && <p role="status">{said.finishing}</p>}
      {finishing.error && <NotFinished error={finishing.error} />}
      {items
        .filter(({ state }) => state !== 'asked')
        .map((one) => (
          <ConnectionCard key={one.id} connection={one} />
        ))}
      {items.length === 0 && (
        <Card title={said.title}>
          <p className={style.note}>
            {said.none} <Link href="/connect/files">{said.files}</Link>
          </p>
        </Card>
      )}
      {may ? (
        <WaysIn connections={items} />
      ) : (
        !isConnected && <p className={style.note}>{said.noMay}</p>
      )}
    </div>
  )
}

/** Cafe24 sent somebody back, and it came to nothing. */
function NotFinished({ error }: { readonly error: Error }) {
  const said = useWords(platformWords)
  const field = problemIn(error)?.field
  if (field !== 'code' && field !== 'state') return <Failure error={error} />
  return (
    <p className={style.trouble} role="alert">
      {field === 'code' ? said.noKeys : said.notOurs}
    </p>
  )
}

/** The code in the address is given for keys once, and taken out of the address. */
function useFinish() {
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const code = search.get('code')
  const state = search.get('state')
  const begun = useRef(false)
  const finishing = useMutation({
    mutationFn: finishCafe24,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  })
  const { mutate } = finishing
  useEffect(() => {
    if (!code || !state || begun.current) return
    begun.current = true
    setSearch({}, { replace: true })
    mutate({ code, state })
  }, [code, state, mutate, setSearch])
  return finishing
}
