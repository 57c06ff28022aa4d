import { expect, test } from 'vitest'
import { completed, completionAt } from './liquid-offers.ts'

const values = [
  { token: '{{ customer.name | nim }}', ko: '고객 이름', en: 'Name' },
  { token: '{{ cart.total | krw }}', ko: '담은 금액', en: 'Total' },
]

test('behind two braces a value is offered, behind a bar a filter, elsewhere nothing', () => {
  expect(completionAt('안녕 {{', values)).toMatchObject({ from: 3, typed: '', kind: 'value' })
  expect(completionAt('{{ cust', values)).toMatchObject({ typed: 'cust', kind: 'value' })
  expect(completionAt('{{ cart.total | k', values)).toMatchObject({ typed: 'k', kind: 'filter' })
  expect(completionAt('{{ cart.total }} ', values)).toBeUndefined()
  expect(completionAt("{{ a | josa: '", values)).toBeUndefined()
  expect(completionAt('안녕', values)).toBeUndefined()
})

test('what is picked takes the place of what was typed', () => {
  const [pick = { token: '', ko: '', en: '' }] = values
  const at = completionAt('안녕 {{ cu', values)
  if (!at) throw new Error('a value is offered')
  expect(completed('안녕 {{ cu!', 8, { pick, at }).text).toBe('안녕 {{ customer.name | nim }}!')
  const filter = completionAt('{{ cart.total |', values)
  if (!filter) throw new Error('a filter is offered')
  const krw = { token: 'krw', ko: '', en: '' }
  expect(completed('{{ cart.total |', 15, { pick: krw, at: filter }).text).toBe(
    '{{ cart.total | krw }}',
  )
  expect(completed('{{ cart.total | }}', 15, { pick: krw, at: filter }).text).toBe(
    '{{ cart.total | krw }}',
  )
})
