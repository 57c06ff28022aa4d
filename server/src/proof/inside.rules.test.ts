import { expect, test } from 'vitest'
import { wasInside } from './inside.ts'

const [entered, left] = ['Entered Segment', 'Left Segment'] as const
const now = { at: 100, since: null }

test('a member of an instant is known by the crossings around it, not by who is one today', () => {
  expect(wasInside({ last: entered, next: left }, now)).toBe(true)
  expect(wasInside({ last: left, next: entered }, { at: 100, since: 150 })).toBe(false)
  // They were in when the segment was made, bought because of the message, and left: they count as inside.
  expect(wasInside({ last: '', next: left }, now)).toBe(true)
  expect(wasInside({ last: '', next: entered }, { at: 100, since: 150 })).toBe(false)
})

test('who never crossed was inside if they are a member since then', () => {
  expect(wasInside({ last: '', next: '' }, { at: 100, since: 40 })).toBe(true)
  expect(wasInside({ last: '', next: '' }, { at: 100, since: 101 })).toBe(false)
  expect(wasInside({ last: '', next: '' }, now)).toBe(false)
})
