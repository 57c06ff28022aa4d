import { ActionIcon, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import { getProduct, listProducts, type ProductAnswer } from '../api/products.ts'
import { useWords, words } from '../app/language.ts'
import { productText } from '../catalog/product-words.ts'
import { Thumb } from '../catalog/thumb.tsx'
import { Tag } from '../design/states.tsx'
import style from './recommendations.module.css'

const text = words({
  label: { ko: '고른 상품', en: 'Chosen products' },
  find: { ko: '이름이나 상품 번호로 더하기', en: 'Add by name or product id' },
  nothing: { ko: '그런 상품이 없어요', en: 'No such product' },
  missing: {
    ko: '상품 목록에 없어요. 이 상품은 나오지 않아요.',
    en: 'Not among your products: it is not shown.',
  },
  left: { ko: '지금은 나오지 않아요.', en: 'It is not shown now.' },
  remove: { ko: (name: string) => `${name} 빼기`, en: (name: string) => `Remove ${name}` },
})

/** Products a recipe holds at most. */
const productsLimit = 20

type Props = {
  readonly products: readonly string[]
  readonly change: (products: readonly string[]) => void
}

/** Products picked by hand, found by a part of their name; each stands with its name and picture, its id small. */
export function ProductPicker({ products, change }: Props) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const found = useQuery({
    queryKey: ['products', 'pick', search],
    queryFn: ({ signal }) =>
      listProducts({ limit: 20, ...(search === '' ? {} : { search }) }, signal),
    staleTime: 30_000,
  })
  const offered = (found.data?.items ?? []).filter(({ id }) => !products.includes(id))
  return (
    <div className={style.section}>
      <Select
        label={said.label}
        placeholder={said.find}
        searchable
        disabled={products.length >= productsLimit}
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={null}
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        nothingFoundMessage={said.nothing}
        onChange={(id) => {
          if (id === null) return
          change([...products, id])
          setTyped('')
        }}
      />
      <Picked {...{ products, change }} />
    </div>
  )
}

function Picked({ products, change }: Props) {
  const said = useWords(text)
  const known = useQueries({
    queries: products.map((id) => ({
      queryKey: ['products', 'one', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => getProduct(id, signal),
      staleTime: 60_000,
    })),
  })
  if (products.length === 0) return null
  return (
    <ol className={style.picked} aria-label={said.label}>
      {products.map((id, at) => {
        const { data, error } = known[at] ?? {}
        const name = data?.name ?? id
        return (
          <li key={id} className={style.pick}>
            <Thumb url={data?.imageUrl ?? null} />
            <div className={style.pickText}>
              <span className={style.name}>{name}</span>
              {data && <State product={data} />}
              {data && <span className={style.code}>{id}</span>}
              {error && problemIn(error)?.status === 404 && (
                <span className={style.code}>{said.missing}</span>
              )}
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove(name)}
              onClick={() => change(products.filter((one) => one !== id))}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        )
      })}
    </ol>
  )
}

/** Why a product that is there is left out of what is shown. */
function State({ product: { sellable, stock } }: { readonly product: ProductAnswer }) {
  const said = useWords(text)
  const states = useWords(productText)
  if (sellable && stock !== 0) return null
  return (
    <>
      {' '}
      <Tag>{sellable ? states.soldOut : states.offSale}</Tag>{' '}
      <span className={style.code}>{said.left}</span>
    </>
  )
}
