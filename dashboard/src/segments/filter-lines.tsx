import { ActionIcon, Button } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import type { Filter, ProductCondition } from '../../../server/src/segments/filter.ts'
import type { PropertyTest } from '../../../server/src/segments/value-test.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { ChoiceBlank, Said } from './blank.tsx'
import { filterOf, type Line, linesOf, productLine, propertyLine } from './filters.ts'
import { ending, particle } from './korean.ts'
import { propertyNoun } from './property-names.ts'
import style from './segments.module.css'
import { exampleChoices, pathChoices, propertiesOf, typeOf, useSources } from './sources.ts'
import type { ValueType } from './tests.ts'
import { ValueBlanks } from './value-blanks.tsx'

const text = words({
  only: { ko: '그중 일부만', en: 'Only some of them' },
  more: { ko: '조건 하나 더', en: 'One more' },
  where: { ko: '그중', en: 'only where' },
  property: { ko: '속성', en: 'Property' },
  join: { ko: '잇는 말', en: 'Joined by' },
  all: { ko: '그리고', en: 'and' },
  any: { ko: '또는', en: 'or' },
  thing: { ko: '것만', en: '' },
  remove: { ko: '이 조건 빼기', en: 'Remove this' },
  complex: {
    ko: '겹겹이 묶인 속성 조건이 있어요. 개발자용 JSON에서 고칠 수 있어요.',
    en: 'Property tests nested in groups; edit them in the JSON view.',
  },
  products: { ko: '상품 중', en: 'among the products' },
  anyProduct: { ko: '하나라도', en: 'any' },
  allProducts: { ko: '모두', en: 'all' },
  which: { ko: '어느 상품', en: 'Which products' },
  productsChoice: { ko: '담긴 상품들 (하나라도 또는 모두)', en: 'the products of it (any or all)' },
  field: { ko: '상품의 속성', en: 'Field of the product' },
  productMore: { ko: '상품 조건 더', en: 'More on the product' },
  mention: { ko: '상품', en: 'whose' },
})

type Props = {
  readonly event: string
  readonly where: Filter | undefined
  readonly change: (where: Filter | undefined) => void
}

/** Which of an event's happenings count: `그중 [상품 이름]이 [코트]를 [포함하는] 것만`. */
export function FilterLines({ event, where, change }: Props) {
  const said = useWords(text)
  const sources = useSources()
  const read = linesOf(where)
  const properties = propertiesOf(sources, event)
  if (!read)
    return (
      <span className={style.filter}>
        <span className={style.hint}>{said.complex}</span>
        <RemoveLine label={said.remove} remove={() => change(undefined)} />
      </span>
    )
  const { join, lines } = read
  const first = properties.find(({ type }) => type === 'text') ?? properties[0]
  const add = () => {
    const line = propertyLine(first?.path ?? 'name', first?.type ?? 'text')
    change(filterOf({ join, lines: [...lines, line] }))
  }
  const put = (at: number, line: Line | undefined) =>
    change(
      filterOf({
        join,
        lines: lines.flatMap((one, index) => (index === at ? (line ? [line] : []) : [one])),
      }),
    )
  return (
    <>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own, only its place
        <span key={at} className={style.filter}>
          {at === 0 ? (
            <Said>{said.where}</Said>
          ) : (
            <ChoiceBlank
              label={said.join}
              plainly
              shown={said[join]}
              choices={(['all', 'any'] as const).map((value) => ({ value, label: said[value] }))}
              selected={[join]}
              onPick={(value) => change(filterOf({ join: value === 'any' ? 'any' : 'all', lines }))}
            />
          )}
          {line.kind === 'property' ? (
            <PropertyLine line={line} event={event} change={(next) => put(at, next)} />
          ) : (
            <ProductsLine line={line} event={event} change={(next) => put(at, next)} />
          )}
          <Said>{said.thing}</Said>
          <RemoveLine label={said.remove} remove={() => put(at, undefined)} />
        </span>
      ))}
      <Button
        className={style.quietButton ?? ''}
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconFilter size={14} />}
        onClick={add}
      >
        {lines.length === 0 ? said.only : said.more}
      </Button>
    </>
  )
}

function RemoveLine({ label, remove }: { readonly label: string; readonly remove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={remove}>
      <IconX size={16} />
    </ActionIcon>
  )
}

const productsValue = 'products[]'

function PathBlank({
  path,
  event,
  onPick,
}: {
  readonly path: string
  readonly event: string
  readonly onPick: (line: Line) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const properties = propertiesOf(useSources(), event)
  const known = pathChoices(properties, language)
  const choices = [
    ...known,
    { value: productsValue, label: said.productsChoice, words: 'products 상품' },
  ]
  return (
    <ChoiceBlank
      label={said.property}
      shown={path === productsValue ? said.products : propertyNoun(path, language)}
      choices={choices}
      selected={[path]}
      typed={(asked) => [{ value: asked, label: asked }]}
      onPick={(next) =>
        onPick(
          next === productsValue
            ? { kind: 'products', match: 'any', where: [productLine('name')] }
            : propertyLine(next, typeOf(properties, next)),
        )
      }
    />
  )
}

type PropertyProps = {
  readonly line: Extract<Line, { kind: 'property' }>
  readonly event: string
  readonly change: (line: Line) => void
}

function PropertyLine({ line, event, change }: PropertyProps) {
  const language = useLanguage()
  const sources = useSources()
  const { path, is } = line
  const properties = propertiesOf(sources, event)
  const type = (is.type === 'any' ? typeOf(properties, path) : is.type) as ValueType
  const campaigns = path === 'campaign_id'
  const choices = campaigns
    ? sources.campaigns.map(({ id, name }) => ({ value: String(id), label: name }))
    : exampleChoices(properties, path)
  return (
    <>
      <PathBlank path={path} event={event} onPick={change} />
      {language === 'ko' && <Said>{particle(propertyNoun(path, language), '이/가')}</Said>}
      {campaigns && is.type === 'number' && is.op === 'is' && is.than.op === '=' ? (
        <>
          <ChoiceBlank
            label={propertyNoun(path, language)}
            shown={choices.find(({ value }) => value === String(numberIn(is)))?.label}
            choices={choices}
            selected={[String(numberIn(is))]}
            onPick={(id) =>
              change({
                ...line,
                is: { type: 'number', op: 'is', than: { op: '=', value: Number(id) } },
              })
            }
          />
          {language === 'ko' && <Said>{ending('is', 'being')}</Said>}
        </>
      ) : (
        <ValueBlanks
          type={type}
          test={is}
          form="being"
          fixed
          fold
          choices={choices}
          change={(next) => change({ ...line, is: next as PropertyTest })}
        />
      )}
    </>
  )
}

function numberIn(is: PropertyTest): number {
  return is.type === 'number' && is.op === 'is' && 'value' in is.than ? is.than.value : 0
}

type ProductsProps = {
  readonly line: Extract<Line, { kind: 'products' }>
  readonly event: string
  readonly change: (line: Line) => void
}
const fields = ['name', 'category', 'product_id', 'price', 'quantity'] as const

function ProductsLine({ line, event, change }: ProductsProps) {
  const said = useWords(text)
  const language = useLanguage()
  const properties = propertiesOf(useSources(), event)
  const put = (at: number, next: ProductCondition | undefined) => {
    const where = line.where.flatMap((one, index) => (index === at ? (next ? [next] : []) : [one]))
    if (where.length > 0) change({ ...line, where })
  }
  return (
    <>
      <PathBlank path={productsValue} event={event} onPick={change} />
      <ChoiceBlank
        label={said.which}
        plainly
        shown={line.match === 'any' ? said.anyProduct : said.allProducts}
        choices={[
          { value: 'any', label: said.anyProduct },
          { value: 'all', label: said.allProducts },
        ]}
        selected={[line.match]}
        onPick={(match) => change({ ...line, match: match === 'all' ? 'all' : 'any' })}
      />
      {line.where.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own, only its place
        <span key={at} className={style.inline}>
          {at > 0 && <Said>{said.all}</Said>}
          <ChoiceBlank
            label={said.field}
            shown={propertyNoun(one.field, language)}
            choices={fields.map((value) => ({ value, label: propertyNoun(value, language) }))}
            selected={[one.field]}
            onPick={(field) => put(at, productLine(field as ProductCondition['field']))}
          />
          {language === 'ko' && <Said>{particle(propertyNoun(one.field, language), '이/가')}</Said>}
          <ValueBlanks
            type={one.is.type}
            test={one.is}
            form={at === line.where.length - 1 ? 'being' : 'and'}
            choices={exampleChoices(properties, one.field)}
            change={(is) => put(at, { ...one, is } as ProductCondition)}
          />
          {line.where.length > 1 && (
            <RemoveLine label={said.remove} remove={() => put(at, undefined)} />
          )}
        </span>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => change({ ...line, where: [...line.where, productLine('price')] })}
      >
        {said.productMore}
      </Button>
    </>
  )
}
