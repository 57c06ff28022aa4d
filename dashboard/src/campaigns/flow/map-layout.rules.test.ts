import { expect, test } from 'vitest'
import { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { cardTowards, mapSizes, pictureOf } from './map-layout.ts'

const test_ = { kind: 'cart', value: { type: 'number', op: 'is', than: { op: '>=', value: 1 } } }
const wait = (id: number) => ({ kind: 'wait', id, minutes: 5 })
const { steps } = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  goal: { event: 'Order Completed', windowHours: 72 },
  steps: [
    wait(1),
    {
      kind: 'branch',
      id: 2,
      paths: [{ id: 'a', name: 'A', when: test_, steps: [wait(3), { kind: 'exit', id: 4 }] }],
      otherwise: [
        {
          kind: 'split',
          id: 5,
          arms: ['a', 'b', 'c'].map((id, at) => ({
            id,
            name: id,
            share: 1,
            steps: [wait(6 + at)],
          })),
        },
      ],
    },
    { kind: 'goto', id: 9, to: 1 },
  ],
})
const picture = pictureOf(steps)

test('no two things of the picture stand on one another', () => {
  const boxes = picture.nodes.map((node) => ({ ...node, ...mapSizes[node.kind] }))
  const touching = boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} ${b.id}`),
  )
  expect(touching).toEqual([])
})

test('ways meet again behind a branch, but for those that ended', () => {
  const into = (to: string) => picture.edges.filter((edge) => edge.to === to && !edge.back)
  expect(into('plus-flow-2').map(({ from }) => from)).toEqual(['plus-2-Otherwise-1'])
  expect(into('plus-2-Otherwise-1').map(({ from }) => from)).toEqual([
    'plus-5-a-1',
    'plus-5-b-1',
    'plus-5-c-1',
  ])
  expect(into('goal')).toEqual([])
  expect(picture.edges.filter(({ back }) => back)).toEqual([
    { from: 'step-9', to: 'step-1', back: true },
  ])
})

test('arrow keys lead from card to card, beside and below', () => {
  expect(cardTowards(picture, 'trigger', 'ArrowDown')?.id).toBe('step-1')
  expect(cardTowards(picture, 'step-2', 'ArrowDown')?.id).toBe('step-5')
  expect(cardTowards(picture, 'step-1', 'ArrowUp')?.id).toBe('trigger')
  expect(cardTowards(picture, 'step-6', 'ArrowRight')?.id).toBe('step-7')
  expect(cardTowards(picture, 'trigger', 'ArrowLeft')).toBeUndefined()
})
