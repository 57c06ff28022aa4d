import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consent } from '../../consent/consent.service.ts'
import { alarmsUpTo } from '../../consent/due.ts'
import { contactKey } from '../../customers/contact.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import { noticesRoom } from './room.service.ts'

let world: MessageWorld
beforeAll(async () => {
  world = await openMessageWorld({
    rooms: ({ db, shops, messages }) => [
      noticesRoom({ consent: consent({ db }), messages, shops }),
    ],
  })
})
afterAll(() => world?.close())
beforeEach(() => world.clock.advance(dayMs))

/** Somebody with these addresses who has said nothing yet. */
async function known(user: string, has: { email?: boolean; phone?: string } = { email: true }) {
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: {
      user,
      verified: true,
      ...(has.email === false
        ? {}
        : { email: contactKey(world.vault, 'email', `${user}@customer.example`) }),
      ...(has.phone ? { phone: contactKey(world.vault, 'phone', has.phone) } : {}),
    },
    body: { traits: { name: '김하늘' } },
  })
  await world.line.drain(world.shop)
  const [row] = await world.db<{ customer: CustomerId }[]>`
    select customer from identities where shop = ${world.shop} and kind = 'user' and value = ${user}`
  return row?.customer as CustomerId
}

async function says(user: string, change: JsonObject) {
  await world.say({
    kind: 'consent',
    name: 'Consent Changed',
    ids: { user, verified: true },
    body: { properties: { scope: 'ad_day', source: 'signup_form', ...change } },
  })
}

/** Lets a minute pass: the line works, messages leave, their receipts come back. */
async function minute() {
  await world.line.drain(world.shop)
  await world.sender().drain(world.shop)
  await world.receipts.drain()
  world.clock.advance(minuteMs)
  await world.line.drain(world.shop)
}

const mailsTo = (customer: number) => world.db<
  { subject: string; text: string; channel: string; id: number }[]
>`
  select i.subject, i.text, o.channel, o.id from inbox i join outbox o on o.shop = i.shop and o.id = i.message
  where o.customer = ${customer} and o.notice is not null order by o.id`
const ledgerOf = (customer: number) => world.db<
  { kind: string; channel: string; evidence: string }[]
>`
  select kind, channel, evidence from consent_events where customer = ${customer} order by id`
const dueOf = async (customer: number) =>
  (
    await world.db`
    select result_notice_due_at as result, reconfirm_due_at as reconfirm, ad_day from consents
    where customer = ${customer} order by channel`
  )[0]

describe('the result of what somebody said', () => {
  test('is told at once by the channel concerned, with sender, day and way back, and the ledger keeps the proof', async () => {
    const customer = await known('agrees')
    await says('agrees', { channel: 'email', kind: 'grant' })
    await minute()
    const [mail] = await mailsTo(customer)
    expect(mail?.subject).toBe('[온샵] 수신동의 처리결과 안내')
    expect(mail?.text).toContain('전송자: 온샵 주식회사')
    expect(mail?.text).toContain(
      '김하늘님은 2026년 3월 3일 이메일 광고성 정보 수신에 동의하셨고, 정상 처리되었습니다.',
    )
    expect(mail?.text).toContain('https://danggol.example/u/')
    expect(mail?.subject).not.toContain('광고)')
    const entries = await ledgerOf(customer)
    expect(entries.map((one) => one.kind)).toEqual(['grant', 'result_notice_sent'])
    expect(JSON.parse(entries[1]?.evidence ?? '')).toEqual({
      message: String(mail?.id),
      by: 'email',
    })
    expect((await dueOf(customer))?.result).toBeNull()
    await minute()
    expect(await mailsTo(customer)).toHaveLength(1)
  })

  test('reaches who refused too, though advertising to them has ended', async () => {
    const customer = await known('leaves')
    await says('leaves', { channel: 'email', kind: 'withdraw', source: 'mypage' })
    await minute()
    const [mail] = await mailsTo(customer)
    expect(mail?.text).toContain('광고성 정보 수신을 거부(동의 철회)하셨고, 정상 처리되었습니다.')
    const [decision] =
      await world.db`select outcome, purpose from decisions where customer = ${customer}`
    expect(decision).toMatchObject({ outcome: 'sent', purpose: 'informational' })
  })

  test('of a second word is told too, though the notice of the first arrives after it', async () => {
    const customer = await known('wavers')
    await says('wavers', { channel: 'email', kind: 'grant' })
    await world.line.drain(world.shop)
    world.clock.advance(minuteMs)
    // Said before the notice of the first word leaves; both are read in one turn.
    await says('wavers', { channel: 'email', kind: 'withdraw', source: 'mypage' })
    world.clock.advance(minuteMs)
    await world.sender().drain(world.shop)
    await world.receipts.drain()
    await world.line.drain(world.shop)
    expect((await dueOf(customer))?.result).not.toBeNull()
    await minute()
    expect((await mailsTo(customer)).map((one) => one.text.includes('거부'))).toEqual([false, true])
    expect((await dueOf(customer))?.result).toBeNull()
  })

  test('of text messages and KakaoTalk is one text message', async () => {
    const customer = await known('texter', { phone: '+821012345678' })
    await says('texter', { channel: 'sms', kind: 'grant' })
    await says('texter', { channel: 'kakao', kind: 'grant' })
    await says('texter', { channel: 'sms', kind: 'grant', scope: 'ad_night' })
    await minute()
    const [text, ...more] = await mailsTo(customer)
    expect(more).toEqual([])
    expect(text?.channel).toBe('sms')
    expect(text?.text).toMatch(/카카오톡·문자 광고성 정보 수신에 동의하셨고/)
    expect(text?.text).toContain('또한')
    expect(text?.text).toContain('문자 야간(21시~8시) 광고성 정보 수신에 동의하셨고')
    const noticed = (await ledgerOf(customer)).filter((one) => one.kind === 'result_notice_sent')
    expect(noticed.map((one) => one.channel).sort()).toEqual(['kakao', 'sms'])
  })

  test('is not told of what a file or invented shoppers said, nor where the shop does it itself', async () => {
    const customer = await known('imported')
    await says('imported', { channel: 'email', kind: 'grant', source: 'csv' })
    await says('imported', { channel: 'sms', kind: 'grant', source: 'demo' })
    await minute()
    await world.shops.set(world.shop, 'consent', { resultNotices: false })
    await says('imported', { channel: 'email', kind: 'withdraw' })
    await minute()
    await world.shops.set(world.shop, 'consent', null)
    expect(await mailsTo(customer)).toEqual([])
  })

  test('waits for an address, is tried again, and is shown before its last day', async () => {
    const customer = await known('nowhere', { email: false })
    await says('nowhere', { channel: 'email', kind: 'grant' })
    await minute()
    const [refused] = await world.db`select reason from decisions where customer = ${customer}`
    expect(refused?.reason).toBe('no_contact')
    const ledger = consent({ db: world.db })
    const alarmed = async () =>
      (await ledger.alarms(world.shop, alarmsUpTo(world.clock.now()))).soonest.filter(
        (one) => one.customer === customer,
      )
    expect(await alarmed()).toEqual([])
    world.clock.advance(10 * dayMs)
    expect(await alarmed()).toMatchObject([{ kind: 'result', channel: 'email' }])
    await known('nowhere')
    world.clock.advance(2 * dayMs)
    await minute()
    expect(await mailsTo(customer)).toHaveLength(1)
    expect(await alarmed()).toEqual([])
  })

  test('of a browser’s notifications is what its page has shown', async () => {
    const customer = await known('pushed')
    await says('pushed', { channel: 'web_push', kind: 'grant', source: 'push_permission' })
    await minute()
    expect(await mailsTo(customer)).toEqual([])
    const entries = await ledgerOf(customer)
    expect(entries.map((one) => one.kind)).toEqual(['grant', 'result_notice_sent'])
    expect(entries[1]?.evidence).toBe('{"shown":"page"}')
  })
})

describe('two years after a consent', () => {
  test('it is confirmed from thirty days before; silence keeps it, and the next two years begin', async () => {
    const customer = await known('faithful')
    const granted = world.clock.now()
    await says('faithful', { channel: 'email', kind: 'grant', source: 'csv' })
    await minute()
    const due = (await dueOf(customer))?.reconfirm
    world.clock.advance(due - 31 * dayMs - world.clock.now())
    await minute()
    expect(await mailsTo(customer)).toEqual([])
    world.clock.advance(dayMs)
    await minute()
    const [mail] = await mailsTo(customer)
    expect(mail?.subject).toBe('[온샵] 광고성 정보 수신동의 확인 안내')
    const day = new Date(granted + 9 * 3_600_000)
    expect(mail?.text).toContain(
      `${day.getUTCFullYear()}년 ${day.getUTCMonth() + 1}월 ${day.getUTCDate()}일 이메일 광고성 정보 수신에 동의하셨습니다.`,
    )
    expect(mail?.text).toContain('별도 조치가 필요 없으며')
    world.clock.advance(60 * dayMs)
    await minute()
    expect(await mailsTo(customer)).toHaveLength(1)
    const after = await dueOf(customer)
    expect(after?.ad_day).toBe(true)
    expect(after?.reconfirm).toBeGreaterThan(due + 690 * dayMs)
  })

  test('a consent that was due long ago is confirmed only where the shop asks for it, within a month', async () => {
    const customer = await known('ancient')
    const at = world.clock.now() - 1_000 * dayMs
    await world.say({
      kind: 'consent',
      name: 'Consent Changed',
      at,
      ids: { user: 'ancient', verified: true },
      body: { properties: { channel: 'email', kind: 'grant', source: 'csv' } },
    })
    for (let day = 0; day < 31; day++) {
      world.clock.advance(dayMs)
      await minute()
    }
    expect(await mailsTo(customer)).toEqual([])
    await world.shops.set(world.shop, 'consent', { reconfirmOverdue: true })
    for (let day = 0; day < 31; day++) {
      world.clock.advance(dayMs)
      await minute()
    }
    await world.shops.set(world.shop, 'consent', null)
    expect(await mailsTo(customer)).toHaveLength(1)
  })

  test('a dormant account is left alone until its owner is back', async () => {
    const customer = await known('sleeper')
    await says('sleeper', { channel: 'email', kind: 'grant', source: 'csv' })
    await world.say({
      kind: 'identify',
      name: 'Identified',
      ids: { user: 'sleeper', verified: true },
      body: { traits: { member_state: 'dormant' } },
    })
    await minute()
    const due = (await dueOf(customer))?.reconfirm
    world.clock.advance(due - 20 * dayMs - world.clock.now())
    await minute()
    expect(await mailsTo(customer)).toEqual([])
    await world.say({ name: 'Signed In', ids: { user: 'sleeper', verified: true } })
    world.clock.advance(30 * dayMs)
    await minute()
    expect(await mailsTo(customer)).toHaveLength(1)
  })
})
