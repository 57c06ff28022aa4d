import { describe, expect, test } from 'vitest'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import { lastingTrouble } from './trouble.ts'

const now = Date.UTC(2026, 10, 23)
const works = {
  state: 'connected',
  error: null,
  brokenAt: null,
  connectedAt: now - 48 * hourMs,
} as const
const followed = { error: null, watermark: now - 5 * minuteMs }

describe('what is told of a connection', () => {
  test('is nothing while it works, while it is away for a moment, and where it was left', () => {
    expect(lastingTrouble(works, [followed], now)).toBeUndefined()
    const blip = { ...works, error: 'away', brokenAt: now - 59 * minuteMs }
    expect(lastingTrouble(blip, [{ ...followed, error: 'away' }], now)).toBeUndefined()
    expect(lastingTrouble({ ...blip, state: 'disconnected' }, [], now)).toBeUndefined()
  })

  test('is a key that is not taken at once, and a platform that is away for an hour', () => {
    const denied = { ...works, state: 'broken', error: 'denied', brokenAt: now } as const
    expect(lastingTrouble(denied, [followed], now)).toEqual({ kind: 'denied', since: now })
    const since = now - hourMs
    expect(lastingTrouble({ ...works, error: 'away', brokenAt: since }, [], now)).toEqual({
      ...{ kind: 'away', since },
    })
  })

  test('is one resource that is refused for hours though the others are brought', () => {
    const since = now - 2 * hourMs
    const stuck = { error: 'refused', watermark: since }
    expect(lastingTrouble(works, [followed, stuck], now)).toEqual({ kind: 'refused', since })
    expect(lastingTrouble(works, [{ ...stuck, watermark: null }], now)).toEqual({
      ...{ kind: 'refused', since: works.connectedAt },
    })
  })
})
