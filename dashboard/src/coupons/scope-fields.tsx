import { MultiSelect, Switch, TagsInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getShelves, listProducts } from '../api/products.ts'
import { useWords, words } from '../app/language.ts'
import type { CouponForm } from './coupon-draft.ts'
import style from './coupons.module.css'
import type { FieldsProps } from './form-fields.tsx'

const text = words({
  first: { ko: '첫 주문에만', en: 'First orders only' },
  firstNote: {
    ko: '주문한 적이 있는 고객에게는 주지 않아요.',
    en: 'Given to nobody who has ordered.',
  },
  categories: { ko: '쓸 수 있는 분류', en: 'Categories it is for' },
  products: { ko: '쓸 수 있는 상품', en: 'Products it is for' },
  note: { ko: '둘 다 비워 두면 모든 상품에 쓸 수 있어요.', en: 'Both empty: every product.' },
  nothing: { ko: '그런 상품이 없어요', en: 'No such product' },
})

/** Which orders the coupon is for. */
export function ScopeFields({ form, put }: Omit<FieldsProps, 'faults'>) {
  const said = useWords(text)
  const shelves = useQuery({
    queryKey: ['products', 'shelves'],
    queryFn: ({ signal }) => getShelves(signal),
    staleTime: 60_000,
  })
  return (
    <div className={style.form}>
      <Switch
        label={said.first}
        description={said.firstNote}
        checked={form.firstOrderOnly}
        onChange={(event) => put({ firstOrderOnly: event.currentTarget.checked })}
      />
      <TagsInput
        label={said.categories}
        description={said.note}
        data={(shelves.data?.categories ?? []).map(({ name }) => name)}
        value={[...form.categories]}
        maxTags={100}
        onChange={(categories) => put({ categories })}
      />
      <Products products={form.products} put={(products) => put({ products })} />
    </div>
  )
}

function Products({
  products,
  put,
}: Pick<CouponForm, 'products'> & { readonly put: (products: readonly string[]) => void }) {
  const said = useWords(text)
  const [asked, setAsked] = useState('')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [search] = useDebouncedValue(asked, 250)
  const found = useQuery({
    queryKey: ['products', 'pick', search],
    queryFn: ({ signal }) => listProducts({ search, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  })
  const seen = new Map([
    ...names,
    ...(found.data?.items ?? []).map(({ id, name }) => [id, name] as const),
  ])
  return (
    <MultiSelect
      label={said.products}
      searchable
      hidePickedOptions
      nothingFoundMessage={said.nothing}
      maxValues={100}
      // What was chosen keeps its name when the search goes elsewhere.
      data={[...new Set([...products, ...(found.data?.items ?? []).map(({ id }) => id)])].map(
        (value) => ({ value, label: seen.get(value) ?? value }),
      )}
      filter={({ options }) => options}
      value={[...products]}
      onSearchChange={setAsked}
      onChange={(next) => {
        setNames(seen)
        put(next)
      }}
    />
  )
}
