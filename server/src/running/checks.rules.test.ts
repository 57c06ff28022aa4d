import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { checkSentence } from './check-words.ts'
import { checkNames, findingsOf, type Readings } from './checks.ts'

const now = Date.UTC(2026, 10, 23)
const gibibyte = 1024 ** 3
const well: Readings = {
  now,
  disk: { free: 40 * gibibyte, total: 100 * gibibyte },
  memory: { available: 2 * gibibyte, total: 4 * gibibyte },
  database: { bytes: gibibyte },
  warehouse: { ok: true, message: 'answers', bytes: gibibyte },
  line: { rows: 0, oldestAt: null, limit: 200_000 },
  historyBehind: 12,
  aside: 0,
  resting: [],
  money: { balance: 50_000, warnBelow: 10_000, failures: 0 },
  connectors: [{ name: '카페24', way: 'in', problem: null }],
  backup: {
    isOn: true,
    doneAt: now - 5 * hourMs,
    bytes: 1_000_000,
    problem: null,
    installedAt: 0,
    isRunning: false,
  },
  certificate: { domain: 'crm.myshop.kr', endsAt: now + 60 * dayMs, problem: null },
}

const stateOf = (check: string, change: Partial<Readings>) => {
  const finding = findingsOf({ ...well, ...change }).find((one) => one.check === check)
  return `${finding?.state} ${finding?.why}`
}

test('an installation that is well has nothing to tell, and every check has words for it', () => {
  const findings = findingsOf(well)
  expect(findings.map(({ check }) => check)).toEqual([...checkNames])
  expect(findings.filter(({ state }) => state !== 'good')).toEqual([])
})

test('what keeps the shop from working is bad; what will hurt soon is poor; what is not used is off', () => {
  const told: readonly (readonly [string, Partial<Readings>, string])[] = [
    ['disk', { disk: { free: gibibyte, total: 9 * gibibyte } }, 'bad free'],
    ['disk', { disk: { free: 4 * gibibyte, total: 9 * gibibyte } }, 'poor free'],
    ['memory', { memory: { available: 0.3 * gibibyte, total: 4 * gibibyte } }, 'poor available'],
    ['memory', { memory: { available: 1, total: 4 * gibibyte } }, 'bad available'],
    ['history', { historyBehind: 200_000 }, 'poor behind'],
    ['history', { historyBehind: 2_000_000 }, 'bad behind'],
    ['warehouse', { warehouse: { ok: false, message: 'x', bytes: 0 } }, 'bad silent'],
    ['line', { line: { rows: 200_001, oldestAt: now, limit: 200_000 } }, 'bad full'],
    ['line', { line: { rows: 3, oldestAt: now - 11 * minuteMs, limit: 9 } }, 'bad behind'],
    ['line', { line: { rows: 3, oldestAt: now - 2 * minuteMs, limit: 9 } }, 'poor behind'],
    ['aside', { aside: 1 }, 'bad some'],
    ['money', { money: { balance: 9_999, warnBelow: 10_000, failures: 0 } }, 'bad balance'],
    ['money', { money: null }, 'off none'],
    ['connectors', { connectors: [{ name: '카페24', way: 'in', problem: 'x' }] }, 'bad broken'],
    ['connectors', { connectors: [{ name: 'a', way: 'told', problem: 'paused' }] }, 'bad untold'],
    ['connectors', { connectors: [{ name: 'a', way: 'file', problem: 'later' }] }, 'bad file'],
    ['certificate', { certificate: null }, 'off elsewhere'],
    ['certificate', { certificate: { domain: 'a', endsAt: null, problem: 'x' } }, 'bad missing'],
    [
      'certificate',
      { certificate: { domain: 'a', endsAt: now + dayMs, problem: null } },
      'bad ends',
    ],
    [
      'certificate',
      { certificate: { domain: 'a', endsAt: now + 29 * dayMs, problem: 'x' } },
      'poor not_renewed',
    ],
  ]
  for (const [check, change, expected] of told) {
    expect(stateOf(check, change)).toBe(expected)
    for (const finding of findingsOf({ ...well, ...change }))
      for (const language of ['ko', 'en'] as const) {
        const { title, says } = checkSentence(finding, { language, timeZone: 'Asia/Seoul' })
        expect(`${title} ${says}`).not.toMatch(/undefined|NaN/)
      }
  }
})

test('a provider that rests is told after a quarter of an hour; until then it may come back', () => {
  const rests = (ms: number) => ({
    resting: [{ channel: 'email', reason: 'provider_paused', since: now - ms, messages: 3 }],
  })
  expect(stateOf('providers', rests(minuteMs))).toBe('poor provider_paused')
  expect(stateOf('providers', rests(16 * minuteMs))).toBe('bad provider_paused')
})

test('a backup that failed, or none for more than a day, is told; the first night is waited for', () => {
  const backup = (change: object) => ({ backup: { ...well.backup, ...change } })
  expect(stateOf('backup', backup({ problem: 'no_room' }))).toBe('bad failed')
  expect(stateOf('backup', backup({ doneAt: now - 27 * hourMs }))).toBe('bad old')
  expect(stateOf('backup', backup({ doneAt: null, installedAt: now - hourMs }))).toBe('good first')
  expect(stateOf('backup', backup({ doneAt: null }))).toBe('bad old')
  expect(stateOf('backup', backup({ doneAt: null, isRunning: true }))).toBe('good first')
  expect(stateOf('backup', backup({ isOn: false }))).toBe('poor off')
})
