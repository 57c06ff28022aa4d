import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { messagePages } from './pages.routes.ts'

const rfc8058 = new URL('../../../../shared/data/rfc8058.json', import.meta.url)

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

let world: MessageWorld
let content: string
let pages: ReturnType<typeof messagePages>

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
  pages = messagePages(world)
})
afterAll(() => world?.close())

async function mailTo(user: string) {
  const customer = await world.member(user)
  const [outcome] = await world.ask(wish(customer, content))
  await world.sender().drain(world.shop)
  const [mail] = await world.db<{ html: string; headers: string }[]>`
    select html, headers from inbox where message = ${outcome?.message ?? 0}`
  const links = [...(mail?.html ?? '').matchAll(/href="https:\/\/danggol\.example(\/c\/[^"]+)"/g)]
  const header: string = JSON.parse(mail?.headers ?? '{}')['List-Unsubscribe'] ?? ''
  return {
    customer,
    message: outcome?.message ?? 0,
    clicks: [...new Set(links.map((match) => match[1] ?? ''))],
    optOut: header.slice('<https://danggol.example'.length, -1),
  }
}

const allows = async (customer: number) => {
  await world.line.drain(world.shop)
  const [row] =
    await world.db`select ad_day from consents where customer = ${customer} and channel = 'email'`
  return row?.ad_day === true
}

const isClosed = async (user: string) => {
  const hash = Buffer.from(world.vault.hash('email', `${user}@customer.example`), 'base64url')
  return (
    (
      await world.db`select 1 from suppressions where contact_hash = ${hash} and reason = 'opted_out'`
    ).length > 0
  )
}

describe('a link in a message', () => {
  test('leads where it said, and counts the person once a link', async () => {
    const mail = await mailTo('clicker')
    expect(mail.clicks).toHaveLength(2)
    const [first = '', second = ''] = mail.clicks
    for (const path of [first, first, second]) {
      const answer = await pages.request(path, { headers: { 'user-agent': safari } })
      expect(answer.status).toBe(302)
      expect(answer.headers.get('location')).toMatch(
        /^https:\/\/shop\.example\/(p1|cart)\?utm_source=danggol&utm_medium=email$/,
      )
    }
    const rows = await world.db`select body from log where name = 'Message Clicked'`
    expect(rows).toHaveLength(2)
    const [row] = await world.db`select clicked_at from outbox where id = ${mail.message}`
    expect(row?.clicked_at).toBe(world.clock.now())
  })

  test('opened by a scanner counts nobody', async () => {
    const mail = await mailTo('scanned')
    const [path = ''] = mail.clicks
    const head = await pages.request(path, { method: 'HEAD' })
    expect(head.status).toBe(302)
    await pages.request(path, { headers: { 'user-agent': safari, 'sec-purpose': 'prefetch' } })
    await pages.request(path, { headers: { 'user-agent': 'Google-Safety' } })
    await pages.request(path)
    const [row] = await world.db`select clicked_at from outbox where id = ${mail.message}`
    expect(row?.clicked_at).toBeNull()
  })

  test('with one character changed leads nowhere', async () => {
    const [path = ''] = (await mailTo('forger')).clicks
    const forged = path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    const other = path.replace(/^(\/c\/\w+\.)\w+/, '$12')
    for (const wrong of [forged, other, '/c/', '/c/x', '/c/1.2.3.AAAA', '/c/%00', '/c/1.2.3.'])
      expect((await pages.request(wrong)).status).toBe(404)
  })
})

describe('the way out', () => {
  test('opens a page in the shop’s language that changes nothing, and HEAD neither', async () => {
    const mail = await mailTo('reader')
    const answer = await pages.request(mail.optOut)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).toContain('온샵에서 보내는 광고 메일을 그만 받으시겠어요?')
    expect(text).toContain('r***@customer.example')
    expect(await (await pages.request(`${mail.optOut}?language=en`)).text()).toContain(
      'Unsubscribe',
    )
    await pages.request(mail.optOut, { method: 'HEAD' })
    expect(await allows(mail.customer)).toBe(true)
  })

  test('by its button withdraws the consent and says the result with its date', async () => {
    const mail = await mailTo('leaver')
    const answer = await pages.request(mail.optOut, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'confirm=yes&language=ko',
    })
    const text = await answer.text()
    expect(text).toContain('이메일 광고성 정보 수신을 거부(동의 철회)하셨고')
    expect(text).toContain('2026년 3월 2일 10:00')
    expect(text).toContain('온샵 주식회사')
    // At once, before the line has read why.
    expect(await isClosed('leaver')).toBe(true)
    expect(await allows(mail.customer)).toBe(false)
    const [entry] =
      await world.db`select source, kind from consent_events where customer = ${mail.customer} order by id desc limit 1`
    expect(entry).toEqual({ source: 'preference_centre', kind: 'withdraw' })
    const [next] = await world.ask(wish(mail.customer, content))
    expect(next).toMatchObject({ kind: 'refused', reason: 'opted_out' })
  })

  type Case = {
    readonly name: string
    readonly request: {
      readonly method: string
      readonly content_type?: string
      readonly body?: string
    }
    readonly expect: string
  }
  const cases: readonly Case[] = existsSync(rfc8058)
    ? JSON.parse(readFileSync(rfc8058, 'utf8')).examples
    : []

  test.skipIf(cases.length === 0)(
    'takes RFC 8058 requests as receivers send them (shared data present)',
    async () => {
      for (const [at, one] of cases.entries()) {
        const mail = await mailTo(`rfc${at}`)
        const changed = one.name.includes('changed opaque part')
        const answer = await pages.request(changed ? `${mail.optOut}2` : mail.optOut, {
          method: one.request.method,
          ...(one.request.body === undefined
            ? {}
            : {
                body: one.request.body,
                headers: { 'content-type': one.request.content_type ?? '' },
              }),
        })
        const isGone = /^unsubscribed/.test(one.expect)
        expect(answer.status, one.name).toBeLessThan(500)
        if (one.request.method === 'POST') expect(answer.ok, one.name).toBe(isGone)
        expect(answer.headers.get('set-cookie'), one.name).toBeNull()
        expect(await allows(mail.customer), one.name).toBe(!isGone)
        expect(await isClosed(`rfc${at}`), one.name).toBe(isGone)
      }
    },
  )
})
