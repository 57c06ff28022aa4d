import { expect, test } from 'vitest'
import { onRejection } from './connection-lost.ts'

test('a lost connection that nobody waits for is noted; any other fault still ends the process', () => {
  const noted: unknown[] = []
  const heard = onRejection((error) => noted.push(error))
  const lost = [
    { code: 'CONNECTION_CLOSED' },
    { code: 'ECONNRESET' },
    { code: '57P01', severity: 'FATAL' },
  ]
  for (const error of lost) heard(error)
  expect(noted).toEqual(lost)
  for (const fault of [new TypeError('x is undefined'), { code: '23505', severity: 'ERROR' }, null])
    expect(() => heard(fault)).toThrow()
  expect(noted).toHaveLength(3)
})
