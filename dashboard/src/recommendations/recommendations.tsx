import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { countAnew, getRecommendations, type Recipe } from '../api/recommendations.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Card, Columns } from '../design/card.tsx'
import { count, dayAndTime, percent } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import { EvidenceOf } from './evidence.tsx'
import { RecipePicker } from './recipe-picker.tsx'
import style from './recommendations.module.css'
import { TryAs } from './try-as.tsx'
import { usualRecipe } from './usual-recipe.ts'

const text = words({
  title: { ko: '추천', en: 'Recommendations' },
  purpose: {
    ko: '고객마다 어떤 상품을 보여줄지 고르는 방식과 그 근거를 봐요. 메시지와 팝업에서 같은 방식을 골라 써요.',
    en: 'Ways of choosing products for each customer, and what they rest on. Messages and popups use the same.',
  },
  recipe: { ko: '어떻게 고를까요', en: 'How to choose' },
  counted: { ko: '마지막으로 계산한 때', en: 'Last counted' },
  never: { ko: '아직 계산 전이에요', en: 'not yet' },
  from: {
    ko: (orders: string, visits: string) =>
      `주문 ${orders}건, 상품을 본 방문 ${visits}번으로 계산했어요.`,
    en: (orders: string, visits: string) =>
      `From ${orders} orders and ${visits} visits with looks.`,
  },
  hits: { ko: '다음 주문을 맞힌 비율', en: 'Next order guessed' },
  hitsHint: {
    ko: '최근 4주의 주문을 숨기고 그 전 기록만으로 10개씩 추천해 봤을 때, 그중 하나라도 실제로 산 고객의 비율이에요.',
    en: 'The last four weeks were hidden and ten products recommended from what came before: the share of buyers who then bought one of them.',
  },
  versus: {
    ko: (rate: string, buyers: string) => `인기 상품 10개만 보였다면 ${rate} (고객 ${buyers}명)`,
    en: (rate: string, buyers: string) => `the ten bestsellers: ${rate} (${buyers} buyers)`,
  },
  unknown: { ko: '아직 몰라요', en: 'not known yet' },
  unknownNote: {
    ko: '다시 산 고객이 모이면 알 수 있어요.',
    en: 'Known once people have ordered again.',
  },
  coverage: { ko: '골고루 보여준 비율', en: 'Products reached' },
  coverageHint: {
    ko: '그때 한 번이라도 추천된 상품이 팔린 상품 가운데 차지한 비율이에요.',
    en: 'The share of the products sold that was recommended to anybody then.',
  },
  anew: { ko: '다시 계산하기', en: 'Count anew' },
  asked: { ko: '곧 다시 계산해요. 잠시 뒤에 새로 고쳐 주세요.', en: 'It will be counted soon.' },
})

/** `/recommendations`: every way with its counts, tried as a customer. */
export function Recommendations() {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [recipe, setRecipe] = useState<Recipe>(() => usualRecipe())
  const counting = useMutation({
    mutationFn: countAnew,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['recommendations'] }),
  })
  const anew = may && (
    <Button variant="default" loading={counting.isPending} onClick={() => counting.mutate()}>
      {said.anew}
    </Button>
  )
  return (
    <Page title={said.title} purpose={said.purpose} action={anew} width="wide">
      {counting.isSuccess && (
        <p className={style.note} role="status">
          {said.asked}
        </p>
      )}
      <div className={style.cards}>
        <Known />
        <Columns layout="two">
          <Card title={said.recipe}>
            <RecipePicker recipe={recipe} change={setRecipe} />
          </Card>
          <TryAs recipe={recipe} />
        </Columns>
        <EvidenceOf strategy={recipe.strategy} segment={recipe.segment} />
      </div>
    </Page>
  )
}

/** When it was counted, from how much, and how well it guesses. */
function Known() {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const known = useQuery({
    queryKey: ['recommendations', 'edition'],
    queryFn: ({ signal }) => getRecommendations(signal),
    refetchInterval: 30_000,
  })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  if (!known.data) return <Bones />
  const { computedAt, orders, visits, quality } = known.data
  const number = (value: number) => count(value, language)
  return (
    <Card>
      <div className={style.numbers}>
        <BigNumber
          label={said.counted}
          size="small"
          value={computedAt === null ? said.never : dayAndTime(computedAt, { timeZone, language })}
          note={computedAt === null ? undefined : said.from(number(orders), number(visits))}
        />
        <BigNumber
          label={said.hits}
          hint={said.hitsHint}
          size="small"
          value={quality ? percent(quality.hitRate) : said.unknown}
          note={
            quality
              ? said.versus(percent(quality.popularHitRate), number(quality.buyers))
              : said.unknownNote
          }
        />
        <BigNumber
          label={said.coverage}
          hint={said.coverageHint}
          size="small"
          value={quality ? percent(quality.coverage) : said.unknown}
        />
      </div>
    </Card>
  )
}
