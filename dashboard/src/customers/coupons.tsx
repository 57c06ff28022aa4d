import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listIssued } from '../api/coupons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { CouponState } from '../coupons/coupon-state.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime } from '../design/format.ts'
import style from './customers.module.css'

const text = words({
  title: { ko: '쿠폰', en: 'Coupons' },
  until: { ko: (when: string) => `${when}까지`, en: (when: string) => `until ${when}` },
})

/** Coupons shown of one person; the coupon's own page has the rest. */
const shownLimit = 5

/** The person's newest coupons; nothing where they never got one. */
export function Coupons({ customer }: { readonly customer: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const list = useQuery({
    queryKey: ['coupons', 'of', customer],
    queryFn: ({ signal }) => listIssued({ customer, limit: shownLimit }, signal),
  })
  const items = list.data?.items ?? []
  if (items.length === 0) return null
  const when = { timeZone, language }
  return (
    <Card title={said.title}>
      <ul className={style.stack} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {items.map(({ id, pool, poolName, code, state, expiresAt }) => (
          <li key={id}>
            <Link href={`/coupons/${pool}`}>{poolName}</Link> <CouponState state={state} />
            <div style={{ color: 'var(--ink-3)', fontSize: 13 }}>
              {code}
              {state === 'issued' && expiresAt !== null
                ? ` · ${said.until(dayAndTime(expiresAt, when, Date.now()))}`
                : ''}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
