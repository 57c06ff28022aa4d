import type { FirstOrderKind, FirstOrders as Told } from '../../../server/src/proof/first-orders.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { people, percent } from '../design/format.ts'
import table from './effect-table.module.css'
import { EffectRow, EffectTable, useEffectHeads } from './effect-table.tsx'
import style from './report.module.css'

const text = words({
  title: { ko: '첫 주문과 두 번째 주문', en: 'First and second orders' },
  note: {
    ko: '한 번도 사지 않았던 고객을 무작위로 나눈 그대로 비교해요. 참고로 보세요.',
    en: 'People who had never ordered, compared as they were drawn. For reference.',
  },
  open: { ko: '기다리는 고객', en: 'Still waiting' },
  among: {
    ko: (n: string, rate: string) => `주문한 ${n} 중 ${rate}`,
    en: (n: string, rate: string) => `${rate} of ${n} who ordered`,
  },
  fact: {
    ko: '큰 숫자는 나뉜 고객 모두를 세어서 차이를 효과로 읽을 수 있어요. ‘주문한 고객 중’은 사실일 뿐이에요: 누가 주문하는지는 무작위가 아니라서, 두 그룹을 견줘도 효과가 아니에요.',
    en: 'The large figures count everybody who was drawn, so their difference is an effect. “Of those who ordered” is only a fact: who orders is not drawn by lot, so comparing it shows no effect.',
  },
  waits: {
    ko: (days: number) =>
      `첫 주문은 결정 뒤 ${days}일 안의 것만 세요. 두 번째 주문은 첫 주문부터 정한 날을 다 지켜본 고객만 세요. 아직 기다리는 고객은 들어 있지 않아요.`,
    en: (days: number) =>
      `A first order counts within ${days} days of the decision; a second one once everybody had the whole time after it. People still waiting are not in it.`,
  },
})

const names = words({
  ordered: { ko: '첫 주문', en: 'First order' },
  with_products: {
    ko: '첫 주문에 이 캠페인의 상품',
    en: 'First order with this campaign’s products',
  },
  again_30: { ko: '30일 안에 두 번째 주문', en: 'Second order within 30 days' },
  again_60: { ko: '60일 안에 두 번째 주문', en: 'Second order within 60 days' },
  again_90: { ko: '90일 안에 두 번째 주문', en: 'Second order within 90 days' },
} satisfies { readonly [K in FirstOrderKind]: { readonly ko: string; readonly en: string } })

type Props = {
  readonly told: Told
  /** The groups are as large as set. */
  readonly isTrusted: boolean
  readonly onPage: boolean
}

/** Whether the campaign's products were in first orders, and whether a second order followed. */
export function FirstOrders({ told, isTrusted, onPage }: Props) {
  const said = useWords(text)
  const { outcome: what, treatment, holdout, difference } = useEffectHeads(onPage)
  const heads = [what, treatment, holdout, difference, said.open].map((label) => ({ label }))
  return (
    <Card title={said.title} note={said.note}>
      <EffectTable heads={heads}>
        {told.outcomes.map((outcome) => (
          <Row key={outcome.kind} {...{ outcome, isTrusted, onPage }} />
        ))}
      </EffectTable>
      <p className={style.note}>{said.waits(told.withinDays)}</p>
      <p className={style.note}>{said.fact}</p>
    </Card>
  )
}

type RowProps = Omit<Props, 'told'> & {
  readonly outcome: Told['outcomes'][number]
}

function Row({ outcome: { kind, effect, among, open }, isTrusted, onPage }: RowProps) {
  const said = useWords(text)
  const name = useWords(names)
  const language = useLanguage()
  const below = (side: 'treatment' | 'holdout') => {
    const { ordered, did } = among?.[side] ?? { ordered: 0, did: 0 }
    if (ordered === 0) return null
    return (
      <span className={table.under}>
        {said.among(people(ordered, language), percent(did / ordered))}
      </span>
    )
  }
  return (
    <EffectRow name={name[kind]} metric="purchase" {...{ effect, isTrusted, onPage, below }}>
      <td data-label={said.open}>{people(open, language)}</td>
    </EffectRow>
  )
}
