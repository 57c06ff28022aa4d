import { expect, test } from 'vitest'
import { Flow } from './campaign.ts'
import { segmentsUsed } from './segments-used.ts'

const flow = (more: object) =>
  Flow.parse({
    trigger: { kind: 'event', event: 'Product Added' },
    steps: [],
    goal: { event: 'Order Completed', windowHours: 24 },
    ...more,
  })

test('a campaign uses the segment of its audience and those whose crossing sets it off', () => {
  const entered = (is: object) => ({
    audience: 7,
    trigger: {
      kind: 'event',
      event: 'Entered Segment',
      filter: { kind: 'property', path: 'segment_id', is },
    },
  })
  expect(segmentsUsed(flow({}))).toEqual([])
  expect(segmentsUsed(flow({ audience: 7 }))).toEqual([7])
  const one = { type: 'number', op: 'is', than: { op: '=', value: 3 } }
  expect(segmentsUsed(flow(entered(one)))).toEqual([7, 3])
  expect(segmentsUsed(flow(entered({ type: 'number', op: 'any-of', values: [3, 4, 7] })))).toEqual([
    7, 3, 4,
  ])
})

test('a property called segment_id of another event names no segment', () => {
  const filter = {
    kind: 'property',
    path: 'segment_id',
    is: { type: 'number', op: 'is', than: { op: '=', value: 3 } },
  }
  expect(
    segmentsUsed(flow({ trigger: { kind: 'event', event: 'Product Viewed', filter } })),
  ).toEqual([])
})
