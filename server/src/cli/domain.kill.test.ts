import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:https'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, secondMs } from '../lib/duration.ts'
import { acmeServer } from '../running/certificate/acme-server.contract.ts'
import { freePort, type OwnServer, ownServer } from '../testing/own-server.driver.ts'

const domain = 'crm.myshop.kr'
const patience = { timeout: 30_000 }
/** The authority's clock, this much behind ours: ten seconds after it came, a certificate has two thirds of its life behind it. */
let behindMs = 60 * dayMs - 10 * secondMs
/** The second order waits until the first certificate was looked at. */
const looked = Promise.withResolvers<void>()
let orders = 0
let server: OwnServer
let authority: Awaited<ReturnType<typeof acmeServer>>
let ports: { readonly HTTP_PORT: string; readonly HTTPS_PORT: string }

beforeAll(async () => {
  ports = { HTTP_PORT: `${await freePort()}`, HTTPS_PORT: `${await freePort()}` }
  const httpPort = () => Number(ports.HTTP_PORT)
  const now = () => Date.now() - behindMs
  const mayOrder = async () => {
    if (++orders > 1) await looked.promise
  }
  authority = await acmeServer({ httpPort, lifeMs: 90 * dayMs, now, mayOrder })
  server = await ownServer({ start: ['--domain', domain] })
})
afterAll(async () => {
  authority.close()
  await server.close()
})

const started = (directory: string) =>
  server.start({ ...ports, ACME_DIRECTORY: directory, LOG_LEVEL: 'warn' })

type Page = { readonly serial: string; readonly status: number; readonly text: string }
/** A page by HTTPS, by whoever trusts the authority, on a new connection unless told; undefined while nobody answers. */
function page(path: string, agent: Agent | false = false): Promise<Page | undefined> {
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port: ports.HTTPS_PORT, servername: domain, path, agent }
    get({ ...to, headers: { host: domain }, ca: authority.root }, async (response) => {
      const { serialNumber: serial } = (response.socket as TLSSocket).getPeerCertificate()
      let text = ''
      for await (const chunk of response) text += String(chunk)
      resolve({ serial, status: response.statusCode ?? 0, text })
    }).once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve(undefined) : reject(error),
    )
  })
}

async function sentOn(path: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${ports.HTTP_PORT}${path}`, { redirect: 'manual' })
  return `${answer.status} ${answer.headers.get('location')}`
}

async function check(cookie: string) {
  const { findings } = (await server.call('GET', '/api/running', { cookie })) as {
    findings: { check: string; state: string; why: string; facts: Record<string, unknown> }[]
  }
  return findings.find((one) => one.check === 'certificate')
}

/** After a failure the authority is left alone for ten minutes, which are not waited for here. */
function tenMinutesLater(): void {
  const path = join(server.dataFolder, 'certificates', `${domain}.json`)
  const tries = JSON.parse(readFileSync(path, 'utf8')) as object
  writeFileSync(path, JSON.stringify({ ...tries, triedAt: 0 }))
}

test('a server started with a domain works while the authority is away, gets its certificate, and renews it without a restart', async () => {
  await started(`http://127.0.0.1:${await freePort()}/directory`)
  const cookie = await server.owner()
  const why = async () => (await check(cookie))?.facts.problem
  await expect.poll(why, patience).toContain('ECONNREFUSED')
  expect(await check(cookie)).toMatchObject({ state: 'bad', why: 'missing' })
  await expect.poll(() => server.said(), patience).toMatch(/No certificate yet: .*ECONNREFUSED/)
  expect(await page('/healthz')).toBeUndefined()
  await server.kill()
  tenMinutesLater()

  await started(authority.directoryUrl)
  await expect.poll(() => page('/healthz'), patience).toMatchObject({ status: 200 })
  const first = await page('/')
  expect(first?.text).toContain('<div id="root">')
  expect(await sentOn('/segments?x=1')).toBe(
    `308 https://${domain}:${ports.HTTPS_PORT}/segments?x=1`,
  )
  const open = new Agent({ keepAlive: true, maxSockets: 1 })
  expect(await page('/healthz', open)).toMatchObject({ status: 200, serial: first?.serial })
  const endsAt = async () => (await check(cookie))?.facts.endsAt
  const firstEndsAt = Number(await endsAt())

  behindMs = 0
  looked.resolve()
  // What is open is used, or it would be closed for being idle.
  const newest = async () => (await page('/healthz', open)) && (await page('/'))?.serial
  await expect.poll(newest, patience).not.toBe(first?.serial)
  // What was open goes on under the certificate it was opened with.
  expect(await page('/healthz', open)).toMatchObject({ status: 200, serial: first?.serial })
  open.destroy()
  expect(Number(await endsAt())).toBeGreaterThan(firstEndsAt + 59 * dayMs)
  expect(await check(cookie)).toMatchObject({ state: 'good', why: 'ends' })
  expect([authority.accounts(), orders]).toEqual([1, 2])
  expect(server.said()).toContain(`Danggol is ready: https://${domain}`)
})
