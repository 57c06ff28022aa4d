import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import { openDoors } from '../../http/doors.ts'
import { manualClock } from '../../lib/clock.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { freePort } from '../../testing/own-server.driver.ts'
import { vault } from '../../vault/vault.service.ts'
import { acmeServer } from './acme-server.contract.ts'
import { certificates } from './certificate.service.ts'
import { renewalDueAt, restUntilDue } from './renewal.ts'

const folder = mkdtempSync(join(tmpdir(), 'danggol-acme-'))
const clock = manualClock(Date.now())
const domain = 'crm.myshop.kr'
const patience = { timeout: 20_000 }
let authority: Awaited<ReturnType<typeof acmeServer>>
let doors: Awaited<ReturnType<typeof openDoors>> | undefined
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
afterAll(async () => {
  await doors?.close(0)
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
  expect(await certificate.turn()).toBe('failed')
  expect(certificate.state()).toMatchObject({ domain, endsAt: null })
  expect(certificate.state().problem).toContain('did not match')
  expect(await opened().turn()).toBe('not-due')
  clock.advance(10 * minuteMs)
})

test('a certificate is ordered, served, and renewed while the server goes on', async () => {
  const certificate = opened()
  httpPort = await freePort()
  const httpsPort = await freePort()
  const config = readConfig({
    DOMAIN: domain,
    PORT: '0',
    HTTP_PORT: `${httpPort}`,
    HTTPS_PORT: `${httpsPort}`,
  })
  const app = new Hono().get('/', (context) => context.text('danggol'))
  const log = { say: () => undefined, failed: () => undefined }
  doors = await openDoors(app, { config, certificates: certificate, log, lookMs: 20 })
  await expect.poll(() => looked(httpsPort).catch(() => undefined), patience).toBeDefined()
  expect(certificate.state().problem).toBeNull()
  expect(authority.accounts()).toBe(1)
  expect(authority.seen.badNonces).toBeGreaterThan(0)
  for (const name of readdirSync(join(folder, 'certificates'))) {
    expect(statSync(join(folder, 'certificates', name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'certificates', name), 'utf8')).not.toContain('PRIVATE KEY')
  }

  const first = await looked(httpsPort)
  expect(first.text).toBe('danggol')
  const sent = await fetch(`http://127.0.0.1:${httpPort}/campaigns?x=1`, { redirect: 'manual' })
  expect([sent.status, sent.headers.get('location')]).toEqual([
    308,
    `https://${domain}:${httpsPort}/campaigns?x=1`,
  ])

  clock.advance(59 * dayMs)
  expect(await certificate.turn()).toBe('not-due')
  clock.advance(2 * dayMs)
  await expect.poll(async () => (await looked(httpsPort)).serial, patience).not.toBe(first.serial)
  expect(authority.accounts()).toBe(1)
})

test('failures make the waits longer, up to half a day', () => {
  const state = { beginsAt: null, endsAt: null, triedAt: 0 }
  const waits = [1, 2, 5, 20].map((failures) => renewalDueAt({ ...state, failures }) / minuteMs)
  expect(waits).toEqual([10, 20, 160, 720])
  expect(renewalDueAt({ ...state, failures: 0, triedAt: null })).toBe(0)
  // A failure long before two thirds are over puts nothing forward.
  const held = { beginsAt: 0, endsAt: 90 * dayMs, triedAt: dayMs, failures: 1 }
  expect(renewalDueAt(held)).toBe(60 * dayMs)
})

test('the next look is when it falls due; one that is old when it comes is not asked for again at once', () => {
  expect(restUntilDue(90_000, 60_000, 5 * minuteMs)).toBe(30_000)
  expect(restUntilDue(60 * dayMs, 0, 5 * minuteMs)).toBe(5 * minuteMs)
  expect(restUntilDue(0, 60_000, 5 * minuteMs)).toBe(5 * minuteMs)
})
