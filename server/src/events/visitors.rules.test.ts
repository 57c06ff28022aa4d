import { describe, expect, test } from 'vitest'
import { liesIn, officeNetwork, readNetwork } from './network.ts'
import { readVisitors, sightOf } from './visitors.ts'

const headless = 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0 Safari/537.36'
const offices = [{ network: '203.0.113.0/24', name: '본사' }]
const arrival = { browser: true, userAgent: headless, addresses: ['10.0.0.9'] }

describe('networks', () => {
  test.each([
    ['203.0.113.0/24', '203.0.113.200', true],
    ['203.0.113.0/24', '203.0.114.1', false],
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['2001:db8::/48', '2001:db8:0:1::5', true],
    ['2001:db8::/48', '2001:db8:1::5', false],
    ['203.0.113.0/24', 'unknown', false],
  ])('%s and %s: %s', (network, address, lies) => {
    expect(
      liesIn(
        address,
        [readNetwork(network)].flatMap((one) => one ?? []),
      ),
    ).toBe(lies)
  })

  test.each([
    ['203.0.113.0/24', 'network'],
    ['2001:db8::/48', 'network'],
    ['203.0.113.256', 'wrong'],
    ['office', 'wrong'],
    ['192.168.0.0/24', 'private'],
    ['::1', 'private'],
    ['203.0.0.0/8', 'wide'],
  ])('%s as an office: %s', (text, kind) => {
    expect(officeNetwork(text).kind).toBe(kind)
  })
})

test('a shop that said nothing leaves bots out and has no office', () => {
  expect(readVisitors(undefined)).toEqual({ leaveOutBots: true, offices: [] })
})

test('what a page says of its visitor goes before what the call says', () => {
  const sight = sightOf(readVisitors(undefined), arrival)
  expect(sight.botOf(undefined)).toBe('Headless browser')
  expect(sight.botOf('Mozilla/5.0 (Windows NT 10.0) Firefox/126.0')).toBeUndefined()
})

test('a server is no bot, whatever it calls itself', () => {
  const sight = sightOf(readVisitors(undefined), { ...arrival, browser: false })
  expect(sight.botOf(undefined)).toBeUndefined()
  expect(sight.botOf(headless)).toBeUndefined()
})

test('a shop may let bots count', () => {
  const sight = sightOf(readVisitors({ leaveOutBots: false }), arrival)
  expect(sight.botOf(undefined)).toBeUndefined()
})

test('a visit is the office’s by any address that stands for it; a server’s own address is no visitor’s', () => {
  const settings = readVisitors({ offices })
  const through = { ...arrival, addresses: ['10.0.0.9', ' 203.0.113.5', '198.51.100.1'] }
  expect(sightOf(settings, through).fromOffice(undefined)).toBe(true)
  expect(sightOf(settings, arrival).fromOffice(undefined)).toBe(false)
  const server = sightOf(settings, { ...through, browser: false })
  expect(server.fromOffice(undefined)).toBe(false)
  expect(server.fromOffice('203.0.113.5')).toBe(true)
})
