import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listenPlainly, listenSecurely } from '../../http/secure.ts'
import { manualClock } from '../../lib/clock.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { vault } from '../../vault/vault.service.ts'
import { acmeServer } from './acme-server.contract.ts'
import { certificates } from './certificate.service.ts'
import { isRenewalDue } from './renewal.ts'

const folder = mkdtempSync(join(tmpdir(), 'danggol-acme-'))
const clock = manualClock(Date.now())
const domain = 'crm.myshop.kr'
let authority: Awaited<ReturnType<typeof acmeServer>>
let plain: Awaited<ReturnType<typeof listenPlainly>> | undefined
let httpPort = 1

const opened = () =>
  certificates({
    clock,
    vault: vault(new Uint8Array(32).fill(7)),
    dataFolder: folder,
    domain,
    directoryUrl: authority.directoryUrl,
    email: 'dev@myshop.kr',
    lookMs: 5,
  })

beforeAll(async () => {
  authority = await acmeServer({ httpPort: () => httpPort, lifeMs: 90 * dayMs, now: clock.now })
})
afterAll(() => {
  plain?.close()
  authority.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a browser sees of the server at this port. */
function looked(port: number): Promise<{ readonly text: string; readonly serial: string }> {
  return new Promise((resolve, reject) => {
    const asked = {
      host: '127.0.0.1',
      port,
      servername: domain,
      rejectUnauthorized: false,
      agent: false,
    }
    get({ ...asked, path: '/' }, async (response) => {
      const { serialNumber, subject } = (response.socket as TLSSocket).getPeerCertificate()
      expect(subject.CN).toBe(domain)
      let text = ''
      for await (const chunk of response) text += String(chunk)
      resolve({ text, serial: serialNumber })
    }).once('error', reject)
  })
}

test('a domain that does not lead here gets no certificate, and is tried again later', async () => {
  const certificate = opened()
  expect(await certificate.turn()).toBe(false)
  expect(certificate.state()).toMatchObject({ domain, endsAt: null })
  expect(certificate.state().problem).toContain('did not match')
  expect(await opened().turn()).toBe(false)
  clock.advance(10 * minuteMs)
})

test('a certificate is ordered, served, and renewed while the server goes on', async () => {
  const certificate = opened()
  plain = await listenPlainly(
    { port: 0, host: '127.0.0.1' },
    { domain, httpsPort: 443, ...certificate },
  )
  httpPort = (plain.address() as AddressInfo).port
  expect([await certificate.turn(), certificate.state().problem]).toEqual([true, null])
  expect(authority.accounts()).toBe(1)
  expect(authority.seen.badNonces).toBeGreaterThan(0)
  for (const name of readdirSync(join(folder, 'certificates'))) {
    expect(statSync(join(folder, 'certificates', name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'certificates', name), 'utf8')).not.toContain('PRIVATE KEY')
  }

  const app = new Hono().get('/', (context) => context.text('danggol'))
  const secured = certificate.current()
  if (!secured) throw new Error('there is a certificate')
  const server = await listenSecurely(app, { port: 0, host: '127.0.0.1' }, secured)
  const { port } = server.address() as AddressInfo
  const first = await looked(port)
  expect(first.text).toBe('danggol')
  const sent = await fetch(`http://127.0.0.1:${httpPort}/campaigns?x=1`, { redirect: 'manual' })
  expect([sent.status, sent.headers.get('location')]).toEqual([
    308,
    `https://${domain}/campaigns?x=1`,
  ])

  clock.advance(59 * dayMs)
  expect(await certificate.turn()).toBe(false)
  clock.advance(2 * dayMs)
  expect(await certificate.turn()).toBe(true)
  expect(authority.accounts()).toBe(1)
  server.renew(certificate.current() ?? secured)
  expect((await looked(port)).serial).not.toBe(first.serial)
  server.close()
})

test('failures make the waits longer, up to half a day', () => {
  const state = { beginsAt: null, endsAt: null, triedAt: 0 }
  const waits = [1, 2, 5, 20].map((failures) => {
    let wait = 0
    while (!isRenewalDue({ ...state, failures }, wait)) wait += 10 * minuteMs
    return wait / minuteMs
  })
  expect(waits).toEqual([10, 20, 160, 720])
  expect(isRenewalDue({ ...state, failures: 0, triedAt: null }, 0)).toBe(true)
})
