import type { EffectReport } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { cases, money } from '../design/format.ts'
import style from './effect-table.module.css'

const text = words({
  title: { ko: '기여로 세면 (기록)', en: 'Attribution (a record)' },
  note: {
    ko: '다른 도구처럼 메시지를 받거나 페이지에서 본 뒤의 주문을 모두 센 기록이에요. 메시지가 없어도 샀을 주문이 섞여 있어 효과가 아니에요.',
    en: 'Orders after a message came or was seen on a page, counted as other tools do. Many would have come anyway: this is no effect.',
  },
  lastTouch: { ko: '주문 전 마지막 메시지', en: 'Last message before the order' },
  click: { ko: '누른 뒤 주문', en: 'Ordered after a click' },
  coupon: { ko: '준 쿠폰을 쓴 주문', en: 'Ordered with its coupon' },
  way: { ko: '세는 방법', en: 'Counted by' },
  orders: { ko: '주문', en: 'Orders' },
  revenue: { ko: '매출', en: 'Revenue' },
})

const ways = ['lastTouch', 'click', 'coupon'] as const

/** What attribution would say, as record beside the effect. */
export function Credit({ credit }: Pick<EffectReport, 'credit'>) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  return (
    <Card title={said.title} note={said.note}>
      <table className={style.groups}>
        <thead>
          <tr>
            <th scope="col">{said.way}</th>
            <th scope="col">{said.orders}</th>
            <th scope="col">{said.revenue}</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way}>
              <td>{said[way]}</td>
              <td>{cases(credit[way].orders, language)}</td>
              <td>{money(credit[way].revenue, shop.currency, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
