import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listProducts } from '../api/products.ts'
import { useWords, words } from '../app/language.ts'

const text = words({
  label: { ko: '상품 (고른 순서대로 보여요)', en: 'Products, in the order you pick them' },
  find: { ko: '이름이나 상품 번호', en: 'Name or product id' },
  nothing: { ko: '그런 상품이 없어요', en: 'No such product' },
})

/** Products a recipe holds at most. */
const productsLimit = 20

/** Products picked by hand, found by a part of their name. */
export function ProductPicker({
  products,
  change,
}: {
  readonly products: readonly string[]
  readonly change: (products: readonly string[]) => void
}) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery({
    queryKey: ['products', 'pick', search],
    queryFn: ({ signal }) =>
      listProducts({ limit: 20, ...(search === '' ? {} : { search }) }, signal),
    staleTime: 30_000,
  })
  const [named, setNamed] = useState<ReadonlyMap<string, string>>(new Map())
  const offered = new Map([
    ...products.map((id) => [id, named.get(id) ?? id] as const),
    ...(found.data?.items ?? []).map((one) => [one.id, one.name] as const),
  ])
  return (
    <MultiSelect
      label={said.label}
      placeholder={said.find}
      searchable
      maxValues={productsLimit}
      data={[...offered].map(([value, label]) => ({ value, label }))}
      value={[...products]}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={said.nothing}
      onChange={(ids) => {
        setNamed(new Map(ids.map((id) => [id, offered.get(id) ?? id])))
        change(ids)
      }}
    />
  )
}
