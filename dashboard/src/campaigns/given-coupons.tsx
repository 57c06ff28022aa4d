import type { CampaignReport } from '../api/campaign-report.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { count, money, percent } from '../design/format.ts'
import style from './report.module.css'

const text = words({
  issued: { ko: '준 쿠폰', en: 'Coupons given' },
  pieces: { ko: (n: string) => `${n}장`, en: (n: string) => n },
  redeemed: { ko: '쓴 쿠폰', en: 'Coupons used' },
  ofIssued: {
    ko: (share: string) => `준 쿠폰의 ${share}`,
    en: (share: string) => `${share} of those given`,
  },
  cost: { ko: '쿠폰 비용', en: 'Cost of coupons' },
  costHint: {
    ko: '쓴 쿠폰이 주문에서 깎은 금액이에요. 취소된 주문의 것은 빼요.',
    en: 'What used coupons took off orders; those of cancelled orders are left out.',
  },
})

/** What became of the coupons a campaign gave. */
export function GivenCoupons({
  coupons,
}: {
  readonly coupons: NonNullable<CampaignReport['coupons']>
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { issued, redeemed, cost } = coupons
  const numbers = [
    { label: said.issued, value: said.pieces(count(issued, language)) },
    {
      label: said.redeemed,
      value: said.pieces(count(redeemed, language)),
      note: said.ofIssued(percent(redeemed / issued)),
    },
    { label: said.cost, hint: said.costHint, value: money(cost, shop.currency, language) },
  ]
  return (
    <div className={style.numbers}>
      {numbers.map((one) => (
        <div key={one.label} className={style.number}>
          <BigNumber {...one} size="small" />
        </div>
      ))}
    </div>
  )
}
