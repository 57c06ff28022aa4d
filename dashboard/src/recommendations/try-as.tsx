import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listCustomers } from '../api/customers.ts'
import { type Recipe, tryRecipe } from '../api/recommendations.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { personName } from '../design/format.ts'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import style from './recommendations.module.css'
import { RecommendedList } from './recommended-list.tsx'

const text = words({
  title: { ko: '이 고객에게는', en: 'To this customer' },
  who: { ko: '고객', en: 'Customer' },
  stranger: { ko: '처음 온 사람', en: 'Somebody new' },
  find: { ko: '이름이나 회원 번호로 찾기', en: 'Find by name or member id' },
  nobody: { ko: '그런 고객이 없어요', en: 'No such customer' },
  noneTitle: { ko: '추천할 상품을 찾지 못했어요', en: 'Nothing to recommend' },
  none: {
    ko: '이 방식이 기댈 기록이 이 고객에게 아직 없어요. ‘모자라면 이어서’에 다른 방식을 더하거나 다른 고객으로 해 보세요.',
    en: 'There is no record yet of this customer for this way. Add another way to go on with, or try somebody else.',
  },
  tooFew: {
    ko: (found: number, least: number) =>
      `${found}개를 찾았지만 ${least}개보다 적어서, 실제로는 보여주거나 보내지 않아요.`,
    en: (found: number, least: number) =>
      `${found} found, fewer than ${least}: nothing would be shown or sent.`,
  },
})

/** What a recipe gives somebody now: a chosen customer, or one of whom nothing is known. */
export function TryAs({ recipe }: { readonly recipe: Recipe }) {
  const said = useWords(text)
  const [customer, setCustomer] = useState<number>()
  const [asked] = useDebouncedValue(recipe, 300)
  const isReady =
    (asked.strategy !== 'chosen' || asked.products.length > 0) &&
    (asked.strategy !== 'popular_in_segment' || asked.segment !== null)
  const tried = useQuery({
    queryKey: ['recommendations', 'try', asked, customer ?? null],
    queryFn: ({ signal }) =>
      tryRecipe({ recipe: asked, ...(customer === undefined ? {} : { customer }) }, signal),
    enabled: isReady,
    placeholderData: (before) => before,
  })
  const items = tried.data?.items ?? []
  return (
    <Card title={said.title}>
      <CustomerPicker chosen={customer} choose={setCustomer} />
      <div className={style.tried} aria-live="polite">
        {tried.error && <Failure error={tried.error} retry={() => tried.refetch()} />}
        {tried.isLoading && <Bones />}
        {tried.data && items.length === 0 && (
          <EmptyState title={said.noneTitle}>{said.none}</EmptyState>
        )}
        {tried.data?.enough === false && items.length > 0 && (
          <p className={style.note}>{said.tooFew(items.length, asked.atLeast)}</p>
        )}
        <RecommendedList items={items} />
      </div>
    </Card>
  )
}

function CustomerPicker({
  chosen,
  choose,
}: {
  readonly chosen: number | undefined
  readonly choose: (customer: number | undefined) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery({
    queryKey: ['customers', 'pick', search],
    queryFn: ({ signal }) =>
      listCustomers({ limit: 10, ...(search === '' ? {} : { search }) }, signal),
    staleTime: 30_000,
  })
  const people = (found.data?.items ?? []).map((one) => ({
    value: String(one.id),
    label: `${personName(one.name, language)} (${one.id})`,
  }))
  const isOffered = people.some(({ value }) => value === String(chosen))
  const own = chosen === undefined || isOffered ? [] : [{ value: String(chosen), label: typed }]
  return (
    <Select
      label={said.who}
      placeholder={said.stranger}
      description={said.find}
      searchable
      clearable
      data={[...own, ...people]}
      value={chosen === undefined ? null : String(chosen)}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={said.nobody}
      onChange={(value) => choose(value === null ? undefined : Number(value))}
    />
  )
}
