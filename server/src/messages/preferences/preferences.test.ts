import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consent } from '../../consent/consent.service.ts'
import { contactKey } from '../../customers/contact.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import { linkPath } from '../link.ts'
import { noticesRoom } from '../notices/room.service.ts'
import { messagePages } from '../pages.routes.ts'

let world: MessageWorld
let pages: ReturnType<typeof messagePages>
beforeAll(async () => {
  world = await openMessageWorld({
    rooms: ({ db, shops, messages }) => [
      noticesRoom({ consent: consent({ db }), messages, shops }),
    ],
  })
  pages = messagePages({ ...world, publicUrl: 'https://danggol.example' })
})
afterAll(() => world?.close())
beforeEach(() => world.clock.advance(dayMs))

async function settle() {
  await world.line.drain(world.shop)
  await world.sender().drain(world.shop)
  await world.receipts.drain()
  await world.line.drain(world.shop)
}

/** A member who agreed to e-mail, and the link in the notice of it. */
async function reader(user: string) {
  await world.say({
    kind: 'identify',
    name: 'Identified',
    ids: {
      user,
      verified: true,
      email: contactKey(world.vault, 'email', `${user}@customer.example`),
      phone: contactKey(world.vault, 'phone', '+821012345678'),
    },
    body: { traits: { name: '김하늘' } },
  })
  await world.consented(user, 'grant')
  await settle()
  const [row] = await world.db<{ customer: CustomerId; id: number }[]>`
    select customer, id from outbox where notice = 'consent_result' order by id desc limit 1`
  const { customer = 0 as CustomerId, id = 0 } = row ?? {}
  const target = { kind: 'optout', shop: world.shop, message: id, customer } as const
  return { customer, link: linkPath(target, world.vault) }
}

const post = (path: string, body: string) =>
  pages.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Test/1' },
    body,
  })
const statesOf = async (customer: CustomerId) => {
  await settle()
  const states = await world.consent.of(world.shop, customer)
  return Object.fromEntries(
    [...states].map(([channel, one]) => [
      channel,
      [one.adDay && 'day', one.adNight && 'night', one.personalDataMarketing && 'personal']
        .filter(Boolean)
        .join(' '),
    ]),
  )
}
const lastLetter = async (customer: CustomerId) => {
  const [row] = await world.db<{ id: number; text: string; channel: string }[]>`
    select o.id, i.text, o.channel from outbox o join inbox i on i.shop = o.shop and i.message = o.id
    where o.customer = ${customer} and o.notice = 'consent_confirm' order by o.id desc limit 1`
  return {
    ...row,
    path: /https:\/\/danggol\.example(\/u\/[\w.-]+)/.exec(row?.text ?? '')?.[1] ?? '',
  }
}

test('the page shows what stands by channel, ticks nothing beforehand, and shows no other address than the one written to', async () => {
  const { link } = await reader('looker')
  const page = await (await pages.request(link)).text()
  expect(page).toContain('value="email.ad_day" checked')
  expect(page).toContain('value="sms.ad_day">')
  expect(page).toContain('value="kakao.ad_night">')
  expect(page).toContain('value="personal">')
  expect(page).not.toContain('email.ad_night')
  expect(page).toContain('l***@customer.example')
  expect(page).not.toContain('5678')
  const english = await (await pages.request(`${link}?language=en`)).text()
  expect(english).toContain('Choose how we reach you')
})

describe('whoever holds the link', () => {
  test('refuses in one step, one channel or all, and sees the result with sender and day', async () => {
    const { customer, link } = await reader('refuser')
    const answer = await (await post(link, 'save=yes&language=ko')).text()
    expect(answer).toContain('이메일 광고성 정보 수신을 거부(동의 철회)하셨고')
    expect(answer).toContain('온샵 주식회사')
    expect(answer).toMatch(/2026년 \d+월 \d+일/)
    expect(await statesOf(customer)).toMatchObject({ email: '' })
    const [entry] = await world.db`
      select source, evidence from consent_events where customer = ${customer} and kind = 'withdraw'`
    expect(entry?.source).toBe('preference_centre')
    expect(JSON.parse(entry?.evidence)).toMatchObject({ user_agent: 'Test/1' })
    const again = await (await post(link, 'save=yes&all=no&language=en')).text()
    expect(again).toContain('Nothing was changed.')
  })

  test('is not asked again after refusing: the page says so, and the address itself may undo it', async () => {
    const { customer, link } = await reader('undoer')
    expect(await (await pages.request(link)).text()).toContain('그만 받으시겠어요?')
    const answer = await (await post(link, 'confirm=yes&language=ko')).text()
    expect(answer).toContain('되돌리기')
    await settle()
    const page = await (await pages.request(link)).text()
    expect(page).toContain('광고 메일을 받지 않고 계세요.')
    expect(page).toContain('거부하신 때')
    expect(page).not.toContain('그만 받으시겠어요?')
    expect(await (await pages.request(`${link}?language=en`)).text()).toContain(
      'You receive no advertising e-mail.',
    )
    world.clock.advance(60_000)
    const undo = await (await post(link, 'save=yes&undo=yes&choice=email.ad_day')).text()
    expect(undo).toContain('u***@customer.example로 확인 안내를 보내드려요')
    expect(await statesOf(customer)).toEqual({ email: '' })
    const { path } = await lastLetter(customer)
    await post(path, 'agree=yes&language=ko')
    expect(await statesOf(customer)).toEqual({ email: 'day' })
    expect(await (await pages.request(link)).text()).toContain('그만 받으시겠어요?')
  })

  test('stops every use for marketing with one button, whatever was agreed to', async () => {
    const { customer, link } = await reader('stopper')
    expect(await (await pages.request(link)).text()).toContain('마케팅 이용 모두 멈추기')
    const answer = await (await post(link, 'save=yes&stop=yes&language=ko')).text()
    for (const what of ['이메일 광고성 정보 수신', '카카오톡 광고성', '개인정보의 마케팅 이용'])
      expect(answer).toContain(what)
    expect(await statesOf(customer)).toEqual({
      email: '',
      sms: '',
      kakao: '',
      web_push: '',
      app_push: '',
      phone: '',
    })
    const words = await world.db`
      select evidence from consent_events where customer = ${customer} and kind = 'withdraw'`
    expect(words).toHaveLength(12)
    expect(JSON.parse(words[0]?.evidence)).toMatchObject({ request: 'stop_processing' })
    // A file that says of an older day that they agreed opens nothing.
    await world.say({
      kind: 'consent',
      name: 'Consent Changed',
      at: world.clock.now() - dayMs,
      ids: { user: 'stopper', verified: true },
      body: { properties: { channel: 'kakao', kind: 'grant', source: 'csv' } },
    })
    expect(await statesOf(customer)).toMatchObject({ kakao: '' })
  })

  test('grants nothing: the address itself is asked, and only its link finishes', async () => {
    const { customer, link } = await reader('granter')
    const answer = await (
      await post(
        link,
        'save=yes&choice=email.ad_day&choice=sms.ad_day&choice=sms.ad_night&language=ko',
      )
    ).text()
    expect(answer).toContain('등록하신 연락처로 확인 안내를 보내드려요')
    expect(await statesOf(customer)).toEqual({ email: 'day' })
    const letter = await lastLetter(customer)
    expect(letter.channel).toBe('sms')
    expect(letter.text).toContain('문자 광고성 정보 수신')
    const seen = await pages.request(letter.path)
    expect(await seen.text()).toContain('아래 내용에 동의하시겠어요?')
    expect(await statesOf(customer)).toEqual({ email: 'day' })
    const agreed = await post(letter.path, 'agree=yes&language=ko')
    expect(await agreed.text()).toContain('문자 광고성 정보 수신에 동의하셨고')
    expect(await statesOf(customer)).toEqual({ email: 'day', sms: 'day night' })
    const [entry] = await world.db`
      select wording, evidence from consent_events where customer = ${customer} and channel = 'sms' and scope = 'ad_day' and kind = 'grant'`
    expect(JSON.parse(entry?.evidence)).toMatchObject({ confirmed_by: 'sms', user_agent: 'Test/1' })
    const texts = await world.wordings.list(world.shop)
    expect(texts.find((one) => one.id === entry?.wording)?.text).toContain(
      '온샵에서 문자로 보내는 광고성 정보',
    )
  })

  test('cannot fill a mailbox: one question an hour', async () => {
    const { customer, link } = await reader('nagged')
    for (const box of ['personal', 'personal&choice=sms.ad_day', 'personal&choice=kakao.ad_day']) {
      await post(link, `save=yes&choice=email.ad_day&choice=${box}&language=ko`)
      world.clock.advance(2 * 60_000)
      await settle()
    }
    const letters = await world.db`
      select channel from outbox where customer = ${customer} and notice = 'consent_confirm'`
    expect(letters.map((one) => one.channel).sort()).toEqual(['email', 'sms'])
  })

  test('cannot fill the mailbox of an address that several people share, hour by hour either', async () => {
    const links = [(await reader('one')).link, (await reader('another')).link]
    const textsSince = world.clock.now()
    for (let hour = 0; hour < 6; hour++) {
      for (const link of links)
        await post(link, 'save=yes&choice=email.ad_day&choice=sms.ad_day&language=ko')
      await settle()
      world.clock.advance(hourMs)
    }
    const texts = await world.db`
      select created_at from outbox where channel = 'sms' and notice = 'consent_confirm' and created_at >= ${textsSince}`
    expect(texts).toHaveLength(3)
    world.clock.advance(18 * hourMs)
  })

  test('waits for the morning by text, and its link is open from then on', async () => {
    const { customer, link } = await reader('owl')
    // 10 in the morning in Seoul, as every test begins.
    world.clock.advance(13 * hourMs)
    await post(link, 'save=yes&choice=email.ad_day&choice=sms.ad_day')
    await settle()
    const waiting = async () =>
      (
        await world.db`select state, not_before from outbox
        where customer = ${customer} and channel = 'sms' and notice = 'consent_confirm'`
      )[0]
    expect(await waiting()).toMatchObject({ state: 'queued' })
    world.clock.advance(9 * hourMs + 1)
    await settle()
    expect((await waiting())?.state).toBe('sent')
    const { path } = await lastLetter(customer)
    world.clock.advance(20 * hourMs)
    expect((await post(path, 'agree=yes&language=ko')).status).toBe(200)
    await settle()
    world.clock.advance(6 * hourMs)
  })
})

describe('the link of a confirmation', () => {
  test('ends after a day, and belongs to the address it went to', async () => {
    const { customer, link } = await reader('late')
    await post(link, 'save=yes&choice=email.ad_day&choice=kakao.ad_day')
    await settle()
    const { path } = await lastLetter(customer)
    world.clock.advance(24 * hourMs + 1)
    expect((await post(path, 'agree=yes')).status).toBe(410)
    expect(await statesOf(customer)).toEqual({ email: 'day' })
    await post(link, 'save=yes&choice=email.ad_day&choice=kakao.ad_day')
    await settle()
    const second = await lastLetter(customer)
    await world.say({
      kind: 'identify',
      name: 'Identified',
      ids: {
        user: 'late',
        verified: true,
        phone: contactKey(world.vault, 'phone', '+821099998888'),
      },
      body: { traits: {} },
    })
    await settle()
    expect((await post(second.path, 'agree=yes')).status).toBe(404)
    // The last sign alone holds bits that nobody reads.
    expect((await post(link.replace(/....$/, '____'), 'save=yes')).status).toBe(404)
  })

  test('is not the link of the choices, and neither opens the other’s page', async () => {
    const { customer, link } = await reader('mixed')
    expect((await post(link, 'agree=yes')).status).toBe(400)
    const forged = linkPath(
      { kind: 'confirm', shop: world.shop, message: 1, customer },
      world.vault,
    )
    expect((await post(forged, 'agree=yes')).status).toBe(404)
  })
})
