import { useQuery } from '@tanstack/react-query'
import { useKept } from '../api/kept.ts'
import { getShopWide, getShopWideEffect } from '../api/shop-wide.ts'
import { useWords, words } from '../app/language.ts'
import { EffectCard } from '../campaigns/effect-card.tsx'
import { Outcomes } from '../campaigns/outcomes.tsx'
import { Card } from '../design/card.tsx'
import { KeptReport } from '../design/kept.tsx'
import { Bones } from '../design/states.tsx'
import style from './challenge.module.css'

const text = words({
  title: { ko: '모든 캠페인을 합친 효과', en: 'The effect of all campaigns together' },
  note: {
    ko: '어떤 광고도 받지 않은 고객과 비교해요. 첫 광고를 보냈을(또는 보냈을 뻔한) 때부터 30일을 똑같이 세고, 캠페인 하나하나의 비교에는 이 고객들이 들어가지 않아요. 중간에 끄거나 다시 켜면 차이가 작게 보일 수 있어요.',
    en: 'Against people who got no advertising at all, counted alike for 30 days from the first (would-be) advertisement. They are in no single campaign’s comparison. Switching it off and on makes the difference look smaller.',
  },
})

/** What all campaigns caused together; nothing until somebody was counted. */
export function ShopWideCard() {
  const price = useQuery({
    queryKey: ['proof', 'shop-wide'],
    queryFn: ({ signal }) => getShopWide(signal),
    staleTime: 60_000,
  })
  return typeof price.data?.began === 'number' ? <Told /> : null
}

function Told() {
  const said = useWords(text)
  const effect = useKept(['proof', 'shop-wide', 'effect'], getShopWideEffect)
  return (
    <Card title={said.title} note={said.note}>
      <KeptReport query={effect} bones={<Bones lines={4} />}>
        {(report) => (
          <div className={style.stack}>
            <EffectCard report={report} />
            <Outcomes report={report} />
          </div>
        )}
      </KeptReport>
    </Card>
  )
}
