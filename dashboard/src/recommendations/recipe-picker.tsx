import { Checkbox, MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Recipe, StrategyName } from '../../../server/src/recommendations/recipe.ts'
import { ways } from '../../../server/src/recommendations/ways.ts'
import { getShelves } from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { ProductPicker } from './product-picker.tsx'
import style from './recommendations.module.css'
import { SegmentChoice } from './segment-choice.tsx'
import { usualRecipe } from './usual-recipe.ts'

const text = words({
  way: { ko: '추천 방식', en: 'How to choose' },
  fallback: { ko: '모자라면 이어서', en: 'When too few, go on with' },
  limit: { ko: '보여줄 개수', en: 'How many' },
  atLeast: { ko: '적어도', en: 'At least' },
  atLeastNote: {
    ko: '이보다 적으면 보여주거나 보내지 않아요.',
    en: 'With fewer nothing is shown or sent.',
  },
  perCategory: { ko: '한 분류에서 많아야', en: 'Of one category at most' },
  any: { ko: '제한 없음', en: 'any number' },
  notBought: { ko: '산 적 있는 상품은 빼기', en: 'Not what they bought before' },
  inStock: { ko: '지금 살 수 있는 상품만', en: 'Only what can be bought now' },
  onSale: { ko: '할인 중인 상품만', en: 'Only what is on sale' },
  favourite: { ko: '고객이 좋아하는 분류만', en: 'Only the category they care for' },
  only: { ko: '이 분류만', en: 'Only these categories' },
  never: { ko: '이 분류는 빼기', en: 'Not these categories' },
  from: { ko: '가격 (부터)', en: 'Price from' },
  to: { ko: '가격 (까지)', en: 'Price to' },
  filters: { ko: '조건', en: 'Conditions' },
})

/** Ways that need more than their name are no way to go on. */
const needMore: ReadonlySet<StrategyName> = new Set(['chosen', 'popular_in_segment'])

const names = Object.keys(ways) as readonly StrategyName[]

type Props = {
  readonly recipe: Recipe
  readonly change: (recipe: Recipe) => void
}

/** Which products are recommended: the way, where it goes on, how many, and which may be shown. */
export function RecipePicker({ recipe, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const data = names.map((value) => ({ value, label: ways[value].name[language] }))
  return (
    <div className={style.picker}>
      <Select
        label={said.way}
        description={ways[recipe.strategy].about[language]}
        allowDeselect={false}
        data={data}
        value={recipe.strategy}
        onChange={(value) => {
          const strategy = names.find((one) => one === value)
          if (!strategy) return
          const { fallback } = usualRecipe(strategy)
          change({ ...recipe, strategy, fallback })
        }}
      />
      {recipe.strategy === 'chosen' && (
        <ProductPicker
          products={recipe.products}
          change={(products) => change({ ...recipe, products: [...products] })}
        />
      )}
      {recipe.strategy === 'popular_in_segment' && (
        <SegmentChoice
          segment={recipe.segment}
          change={(segment) => change({ ...recipe, segment })}
        />
      )}
      <MultiSelect
        label={said.fallback}
        data={data.filter(({ value }) => value !== recipe.strategy && !needMore.has(value))}
        value={recipe.fallback.filter((one) => one !== recipe.strategy)}
        maxValues={6}
        onChange={(chosen) =>
          change({
            ...recipe,
            fallback: chosen.flatMap((value) => names.find((one) => one === value) ?? []),
          })
        }
      />
      <Counts recipe={recipe} change={change} />
      <Filters recipe={recipe} change={change} />
    </div>
  )
}

function Counts({ recipe, change }: Props) {
  const said = useWords(text)
  const whole = (value: number | string, least: number) =>
    Math.min(20, Math.max(least, Math.trunc(Number(value)) || least))
  return (
    <div className={style.inline}>
      <NumberInput
        label={said.limit}
        w={110}
        min={1}
        max={20}
        value={recipe.limit}
        onChange={(value) => {
          const limit = whole(value, 1)
          change({ ...recipe, limit, atLeast: Math.min(recipe.atLeast, limit) })
        }}
      />
      <NumberInput
        label={said.atLeast}
        description={said.atLeastNote}
        inputWrapperOrder={['label', 'input', 'description']}
        w={190}
        min={0}
        max={recipe.limit}
        value={recipe.atLeast}
        onChange={(value) =>
          change({ ...recipe, atLeast: Math.min(recipe.limit, whole(value, 0)) })
        }
      />
      <NumberInput
        label={said.perCategory}
        placeholder={said.any}
        w={150}
        min={1}
        max={20}
        value={recipe.perCategory ?? ''}
        onChange={(value) =>
          change({ ...recipe, perCategory: value === '' ? null : whole(value, 1) })
        }
      />
    </div>
  )
}

function Filters({ recipe, change }: Props) {
  const said = useWords(text)
  const { currency } = useSession().shop
  const shelves = useQuery({
    queryKey: ['products', 'shelves'],
    queryFn: ({ signal }) => getShelves(signal),
    staleTime: 60_000,
  })
  const categories = (shelves.data?.categories ?? []).map(({ name }) => name)
  const { filters } = recipe
  const put = (more: Partial<Recipe['filters']>) =>
    change({ ...recipe, filters: { ...filters, ...more } })
  const checks = [
    ['inStock', said.inStock],
    ['notBought', said.notBought],
    ['onSale', said.onSale],
    ['favouriteCategory', said.favourite],
  ] as const
  return (
    <fieldset className={style.filters}>
      <legend>{said.filters}</legend>
      {checks.map(([name, label]) => (
        <Checkbox
          key={name}
          label={label}
          checked={filters[name]}
          onChange={(event) => put({ [name]: event.currentTarget.checked })}
        />
      ))}
      <TagsInput
        label={said.only}
        data={categories}
        value={filters.onlyCategories}
        maxTags={50}
        onChange={(onlyCategories) => put({ onlyCategories })}
      />
      <TagsInput
        label={said.never}
        data={categories}
        value={filters.excludeCategories}
        maxTags={50}
        onChange={(excludeCategories) => put({ excludeCategories })}
      />
      <div className={style.inline}>
        {(['priceFrom', 'priceTo'] as const).map((name) => (
          <NumberInput
            key={name}
            label={name === 'priceFrom' ? said.from : said.to}
            rightSection={currency}
            rightSectionWidth={52}
            w={170}
            min={0}
            thousandSeparator=","
            value={filters[name] ?? ''}
            onChange={(value) => put({ [name]: value === '' ? null : Number(value) })}
          />
        ))}
      </div>
    </fieldset>
  )
}
