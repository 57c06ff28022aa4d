import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listConnections } from '../../api/connections.ts'
import { useWords, words } from '../../app/language.ts'
import { useMay } from '../../app/session.tsx'
import style from '../../settings/settings.module.css'

const text = words({
  broken: {
    ko: (name: string) => `쇼핑몰 ${name} 연결이 끊겨서 새 주문과 회원을 가져오지 못하고 있어요.`,
    en: (name: string) =>
      `The connection to ${name} is broken: new orders and members do not come in.`,
  },
  away: {
    ko: (name: string) =>
      `쇼핑몰 ${name}에서 한 시간 넘게 새 주문과 회원을 가져오지 못하고 있어요. 자동으로 다시 해요.`,
    en: (name: string) =>
      `New orders and members of ${name} have not come in for more than an hour. It is tried again by itself.`,
  },
  why: { ko: '원인 보기', en: 'See why' },
  see: { ko: '다시 연결하기', en: 'Connect again' },
})

/** On the home page: a shop's platform that takes our key no more, or is away for long. */
export function PlatformAlarm() {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const connections = useQuery({
    queryKey: ['connections'],
    queryFn: ({ signal }) => listConnections(signal),
    staleTime: 60_000,
    enabled: may,
  })
  const broken = connections.data?.items.find(({ lasting }) => lasting !== null)
  if (!broken) return null
  const isBroken = broken.state === 'broken'
  return (
    <div className={style.alarm} role="status">
      {isBroken ? said.broken(broken.name) : said.away(broken.name)}{' '}
      <Link href="/settings/shop-platform">{isBroken ? said.see : said.why}</Link>
    </div>
  )
}
