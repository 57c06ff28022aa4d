import { expect, test } from 'vitest'
import { gallery } from '../../campaigns/playbooks/gallery.ts'
import { bare } from '../../campaigns/playbooks/playbook.ts'
import { whatText } from './what.ts'

const flowOf = (id: string, answers: object = {}) => {
  const flow = gallery
    .find((playbook) => playbook.id === id)
    ?.flow('ko', { ...bare, answers: { ...bare.answers, ...answers } })
  if (!flow) throw new Error(`no playbook ${id}`)
  return flow
}
const names = new Map([
  ['soap', '쌀겨 비누'],
  ['tea', '햇녹차'],
])

test('chosen first products are named, and that their order is left to chance', () => {
  const flow = flowOf('first_product_recommendation', { products: ['soap', 'gone', 'tea'] })
  expect(whatText(flow, names)).toEqual([
    '상점 화면의 슬라이드: ‘처음이라면 이 상품부터 써 보세요’',
    '쌀겨 비누, 햇녹차 (보이는 순서는 무작위)',
  ])
})

test('a subject that speaks to each person keeps its data to itself, and no line comes twice', () => {
  const said = whatText(flowOf('cart_abandonment'), names)
  expect(said.length).toBeGreaterThan(0)
  expect(said.join()).not.toMatch(/[{}]/)
  expect(new Set(said).size).toBe(said.length)
  const [due] = whatText(flowOf('repurchase_due'), names)
  expect(due).toMatch(/^이메일: ‘.*○○.*’$/)
})
