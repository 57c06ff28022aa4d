import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  cartMail,
  type MessageWorld,
  openMessageWorld,
  wish,
} from '../testing/message-world.driver.ts'
import { outboxOf } from '../testing/outbox.store.ts'
import { closedPort, startSmtpSink } from '../testing/smtp-sink.driver.ts'

let world: MessageWorld
let content: string

beforeAll(async () => {
  world = await openMessageWorld()
  content = (await world.messages.publish(world.shop, cartMail, { purpose: 'advertising' })).id
})
afterAll(() => world?.close())

const lastOf = async () => (await outboxOf(world, world.shop)).at(-1)

describe('the test inbox', () => {
  test('a reminder is decided, queued, sent and told to the log', async () => {
    const customer = await world.member('first')
    const [outcome] = await world.ask(wish(customer, content))
    expect(outcome).toMatchObject({ kind: 'queued', reason: 'queued', customer })
    await world.sender().drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'sent', reason: 'sent', attempt: 1 })
    const [mail] = await world.db<
      { subject: string; html: string; text: string; headers: string; recipient: string }[]
    >`
      select subject, html, text, headers, recipient from inbox where message = ${outcome?.message ?? 0}`
    expect(mail?.subject).toBe('(광고) 김하늘님, 담아두신 순면 티셔츠')
    expect(mail?.text).toContain('19,900원')
    expect(mail?.text).toContain(
      '온샵 주식회사 · help@shop.example · 02-1234-5678 · 서울특별시 중구 세종대로 110',
    )
    expect(mail?.html).toContain('https://danggol.example/c/')
    expect(world.vault.open(mail?.recipient ?? '')).toBe('first@customer.example')
    expect(JSON.parse(mail?.headers ?? '{}')).toMatchObject({
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    await world.receipts.drain()
    await world.line.drain(world.shop)
    const names = await world.db<
      { name: string }[]
    >`select name from log where name like 'Message%' order by position`
    expect(names.map((row) => row.name)).toEqual([
      'Message Queued',
      'Message Sent',
      'Message Delivered',
    ])
    const [decision] =
      await world.db`select outcome, reason, arm, would_send from decisions where message = ${outcome?.message ?? 0}`
    expect(decision).toEqual({
      outcome: 'sent',
      reason: 'sent',
      arm: 'treatment',
      would_send: true,
    })
  })
})

describe('an SMTP server', () => {
  test('gets a whole mail: both parts, the label, the opt-out headers', async () => {
    const sink = await startSmtpSink()
    await world.useSmtp(sink.port)
    const customer = await world.member('smtp')
    await world.ask(wish(customer, content))
    await world.sender().drain(world.shop)
    expect(sink.received).toHaveLength(1)
    const mail = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(mail.subject).toBe('(광고) 김하늘님, 담아두신 순면 티셔츠')
    expect(mail.from).toEqual({ name: '온샵', address: 'hello@shop.example' })
    expect(mail.html).toContain('수신거부(Unsubscribe)')
    expect(mail.text).toContain('수신거부(Unsubscribe)')
    const header = (name: string) => mail.headers.find((one) => one.key === name)?.value
    expect(header('list-unsubscribe')).toMatch(/^<https:\/\/danggol\.example\/u\/[^>]+>$/)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    await sink.close()
  })

  test('that refuses the address for good is not asked again, and the address is closed', async () => {
    const sink = await startSmtpSink(() => ({ code: 550, text: '5.1.1 no such user', at: 'rcpt' }))
    await world.useSmtp(sink.port)
    const customer = await world.member('bounces')
    await world.ask(wish(customer, content))
    await world.sender().drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'failed', reason: 'hard_bounced' })
    const [next] = await world.ask(wish(customer, content))
    expect(next).toMatchObject({ kind: 'refused', reason: 'hard_bounced' })
    await sink.close()
  })

  test('that refuses the text fails the message and keeps the address', async () => {
    const sink = await startSmtpSink(() => ({
      code: 554,
      text: '5.7.1 looks like spam',
      at: 'data',
    }))
    await world.useSmtp(sink.port)
    const customer = await world.member('spam')
    await world.ask(wish(customer, content))
    await world.sender().drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'failed', reason: 'provider_refused' })
    expect((await lastOf())?.detail).toContain('looks like spam')
    await sink.close()
  })

  test('that is busy is tried again after a while, and then takes the mail', async () => {
    let busy = true
    const sink = await startSmtpSink(() =>
      busy ? { code: 451, text: '4.3.0 later', at: 'data' } : 'take',
    )
    await world.useSmtp(sink.port)
    const customer = await world.member('busy')
    await world.ask(wish(customer, content))
    const sender = world.sender()
    await sender.drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'queued', attempt: 1 })
    await sender.drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'queued', attempt: 1 })
    busy = false
    world.clock.advance(60_000)
    await sender.drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'sent', attempt: 2 })
    expect(sink.received).toHaveLength(1)
    await sink.close()
  })

  test('that cannot be reached is tried again up to the limit and then given up', async () => {
    await world.useSmtp(await closedPort())
    const customer = await world.member('away')
    await world.ask(wish(customer, content))
    const sender = world.sender()
    for (let round = 0; round < 12; round++) {
      await sender.drain(world.shop)
      world.clock.advance(60_000 * 120)
    }
    expect(await lastOf()).toMatchObject({
      state: 'failed',
      reason: 'provider_unavailable',
      attempt: 9,
    })
  })

  test('that hangs up after the text leaves the message unconfirmed, and it is never sent again by itself', async () => {
    const sink = await startSmtpSink(() => 'hang-up')
    await world.useSmtp(sink.port)
    const customer = await world.member('unclear')
    await world.ask(wish(customer, content))
    const sender = world.sender()
    await sender.drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'unconfirmed', reason: 'unconfirmed' })
    world.clock.advance(24 * 3_600_000)
    await sender.settleLost()
    await sender.drain(world.shop)
    expect(sink.received).toHaveLength(1)
    await sink.close()
  })

  test('that is slow gets each mail once, also from two senders at work', async () => {
    const sink = await startSmtpSink(() => ({ afterMs: 5 }))
    await world.useSmtp(sink.port)
    const customers = []
    for (let i = 0; i < 40; i++) customers.push(await world.member(`many${i}`))
    await world.ask(...customers.map((customer) => wish(customer, content)))
    const senders = [world.sender(), world.sender(), world.sender()]
    await Promise.all(senders.map((one) => one.drain(world.shop)))
    await Promise.all(senders.map((one) => one.drain(world.shop)))
    expect(sink.received.map((mail) => mail.to).sort()).toEqual(
      customers.map((_, i) => `many${i}@customer.example`).sort(),
    )
    expect(sink.connections()).toBeLessThanOrEqual(4)
    await sink.close()
  })
})

describe('between the decision and the sending', () => {
  test('a withdrawn consent holds the message back', async () => {
    const sink = await startSmtpSink()
    await world.useSmtp(sink.port)
    const customer = await world.member('changes')
    await world.ask(wish(customer, content))
    await world.consented('changes', 'withdraw')
    await world.line.drain(world.shop)
    await world.sender().drain(world.shop)
    expect(sink.received).toHaveLength(0)
    expect(await lastOf()).toMatchObject({ state: 'refused', reason: 'opted_out' })
    await sink.close()
  })

  test('the campaign may say that the goal is reached', async () => {
    const sink = await startSmtpSink()
    await world.useSmtp(sink.port)
    const customer = await world.member('bought')
    await world.ask(wish(customer, content))
    const recheck = async (_: unknown, __: unknown, claimed: readonly unknown[]) =>
      claimed.map(() => ({ kind: 'refused', reason: 'goal_reached' }) as const)
    await world.sender({ recheck }).drain(world.shop)
    expect(sink.received).toHaveLength(0)
    expect(await lastOf()).toMatchObject({ state: 'refused', reason: 'goal_reached' })
    await sink.close()
  })

  test('a sender that died with a mail under way leaves it unconfirmed, not resent', async () => {
    const sink = await startSmtpSink()
    await world.useSmtp(sink.port)
    const customer = await world.member('killed')
    await world.ask(wish(customer, content))
    // What a killed sender leaves behind: the committed mark and nothing else.
    await world.db`
      update outbox set state = 'sending', attempt = 1, attempt_id = 'dead', provider = 'smtp', lease_until = ${world.clock.now() + 1_000}
      where customer = ${customer}`
    const sender = world.sender()
    await sender.settleLost()
    expect(await lastOf()).toMatchObject({ state: 'sending' })
    world.clock.advance(2_000)
    await sender.settleLost()
    await sender.drain(world.shop)
    expect(await lastOf()).toMatchObject({ state: 'unconfirmed' })
    expect(sink.received).toHaveLength(0)
    await world.receipts.drain()
    const [told] = await world.db`select count(*) from log where name = 'Message Unconfirmed'`
    expect(Number(told?.count)).toBeGreaterThan(0)
    await sink.close()
  })
})
