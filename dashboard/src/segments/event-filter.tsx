import { ActionIcon, Autocomplete, NumberInput, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { EventCondition } from '../../../server/src/segments/event-condition.ts'
import type { Filter } from '../../../server/src/segments/filter.ts'
import type { Vocabulary } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import style from './segments.module.css'

const text = words({
  where: { ko: '그중', en: 'only where' },
  property: { ko: '속성', en: 'Property' },
  test: { ko: '비교', en: 'Comparison' },
  value: { ko: '값', en: 'Value' },
  subject: { ko: '이(가)', en: '' },
  ending: { ko: '인 것만', en: '' },
  equals: { ko: '정확히', en: 'is' },
  contains: { ko: '포함하는 말', en: 'contains' },
  more: { ko: '최소', en: 'is at least' },
  less: { ko: '최대', en: 'is at most' },
  remove: { ko: '이 조건 빼기', en: 'Remove this condition' },
  complex: {
    ko: 'API로 만든 조건이 붙어 있어요. 여기서는 뺄 수만 있어요.',
    en: 'A condition made by the API; here it can only be removed.',
  },
  name: { ko: '상품 이름', en: 'product name' },
  category: { ko: '카테고리', en: 'category' },
  product_id: { ko: '상품 번호', en: 'product id' },
  value_: { ko: '금액', en: 'value' },
  quantity: { ko: '수량', en: 'quantity' },
  query: { ko: '검색어', en: 'search words' },
  price: { ko: '가격', en: 'price' },
})

type Test = 'equals' | 'contains' | 'more' | 'less'

/** The filter a new one starts as: the event's first text property. */
export function freshFilter(condition: EventCondition, vocabulary: Vocabulary | undefined): Filter {
  const properties =
    vocabulary?.events.find((one) => one.name === condition.event)?.properties ?? []
  const first = properties.find((one) => one.type === 'text') ?? properties[0]
  if (first?.type === 'number') return numberFilter(first.path, 'more', 0)
  return textFilter(first?.path ?? 'name', 'contains', '')
}

function textFilter(path: string, op: 'equals' | 'contains', value: string): Filter {
  // An empty text compares with nothing; a space keeps the definition valid until something is typed.
  return { kind: 'property', path, is: { type: 'text', op, value: value || ' ', fold: true } }
}

function numberFilter(path: string, test: 'more' | 'less', value: number): Filter {
  const op = test === 'more' ? '>=' : '<='
  return { kind: 'property', path, is: { type: 'number', op: 'is', than: { op, value } } }
}

type Read = { readonly path: string; readonly test: Test; readonly value: string | number }

function readFilter(filter: Filter): Read | undefined {
  if (filter.kind !== 'property') return undefined
  const { path, is } = filter
  if (is.type === 'text' && (is.op === 'equals' || is.op === 'contains'))
    return { path, test: is.op, value: is.value.trim() }
  if (is.type === 'number' && is.op === 'is' && 'value' in is.than) {
    if (is.than.op === '>=') return { path, test: 'more', value: is.than.value }
    if (is.than.op === '<=') return { path, test: 'less', value: is.than.value }
  }
  return undefined
}

function written({ path, test, value }: Read): Filter {
  return test === 'equals' || test === 'contains'
    ? textFilter(path, test, String(value))
    : numberFilter(path, test, Number(value) || 0)
}

type Props = {
  readonly condition: EventCondition
  readonly vocabulary: Vocabulary | undefined
  readonly change: (condition: EventCondition) => void
}

/** `그중 [상품 이름]이(가) [포함하는 말] [코트]인 것만`. */
export function EventFilter({ condition, vocabulary, change }: Props) {
  const said = useWords(text)
  const { where, ...rest } = condition
  const read = where && readFilter(where)
  const remove = (
    <ActionIcon variant="subtle" color="gray" aria-label={said.remove} onClick={() => change(rest)}>
      <IconX size={16} />
    </ActionIcon>
  )
  if (!read) {
    return (
      <span className={style.filter}>
        <span className={style.hint}>{said.complex}</span>
        {remove}
      </span>
    )
  }
  return (
    <span className={style.filter}>
      <Tests
        read={read}
        event={condition.event}
        vocabulary={vocabulary}
        put={(next) => change({ ...condition, where: written(next) })}
      />
      {remove}
    </span>
  )
}

type TestsProps = {
  readonly read: Read
  readonly event: string
  readonly vocabulary: Vocabulary | undefined
  readonly put: (read: Read) => void
}

function Tests({ read, event, vocabulary, put }: TestsProps) {
  const said = useWords(text)
  const language = useLanguage()
  const properties = vocabulary?.events.find((one) => one.name === event)?.properties ?? []
  const names: Readonly<Record<string, string>> = {
    name: said.name,
    'products.0.name': said.name,
    category: said.category,
    product_id: said.product_id,
    value: said.value_,
    quantity: said.quantity,
    query: said.query,
    price: said.price,
  }
  const paths = [...new Set([read.path, ...properties.map((one) => one.path)])]
  const isNumber = read.test === 'more' || read.test === 'less'
  const tests: readonly Test[] = isNumber ? ['more', 'less'] : ['contains', 'equals']
  const pick = (path: string) => {
    const number = properties.find((one) => one.path === path)?.type === 'number'
    put(number ? { path, test: 'more', value: 0 } : { path, test: 'contains', value: '' })
  }
  const test = (
    <Select
      key="test"
      aria-label={said.test}
      allowDeselect={false}
      w={130}
      data={tests.map((value) => ({ value, label: said[value] }))}
      value={read.test}
      onChange={(value) => put({ ...read, test: (value ?? read.test) as Test })}
    />
  )
  return (
    <>
      <span>{said.where}</span>
      <Select
        aria-label={said.property}
        searchable
        allowDeselect={false}
        w={150}
        data={paths.map((value) => ({ value, label: names[value] ?? value }))}
        value={read.path}
        onChange={(value) => value && pick(value)}
      />
      <span>{said.subject}</span>
      {test}
      {isNumber ? (
        <NumberInput
          aria-label={said.value}
          w={120}
          thousandSeparator=","
          hideControls
          value={read.value}
          onChange={(value) => put({ ...read, value: Number(value) || 0 })}
        />
      ) : (
        <Autocomplete
          aria-label={said.value}
          w={180}
          data={[...(properties.find((one) => one.path === read.path)?.examples ?? [])]}
          value={String(read.value)}
          onChange={(value) => put({ ...read, value })}
        />
      )}
      {language === 'ko' && <span>{said.ending}</span>}
    </>
  )
}
