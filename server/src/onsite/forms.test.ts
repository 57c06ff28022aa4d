import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { messagePages } from '../messages/pages.routes.ts'
import { openPagesWorld, type PagesWorld } from './pages-world.contract.ts'
import { FormSent } from './wire.ts'

// What visitors give back, and what waits for them.

let world: PagesWorld
beforeAll(async () => {
  world = await openPagesWorld()
})
afterAll(() => world?.close())

const signup = {
  kind: 'form',
  id: 'f1',
  fields: [
    { id: 'e', kind: 'email', label: '이메일' },
    { id: 'p', kind: 'phone', label: '휴대폰', required: false },
    { id: 's', kind: 'choice', label: '피부', trait: 'skin_type', options: ['건성', '지성'] },
    { id: 'n', kind: 'text', label: '메모', trait: 'note', required: false },
  ],
  consents: [
    { id: 'c1', channel: 'email', label: '이메일 받기', wording: '온샵이 광고를 보내요.' },
    { id: 'c2', channel: 'sms', night: true, label: '문자 받기', wording: '온샵이 문자를 보내요.' },
  ],
  label: '보내기',
  thanks: '고마워요!',
}

const asksForm = (parts: readonly JsonObject[] = [signup]) => ({
  steps: [
    {
      kind: 'message',
      id: 1,
      content: { channel: 'onsite', form: 'modal', asks: 'signup', parts: [...parts] },
    },
  ],
})

async function shownTo(device: string) {
  const { show } = await world.pages.answer(world.shop, world.asked(device))
  return show[0]?.token ?? ''
}
const fill = (device: string, token: string, more: JsonObject) =>
  world.form(
    world.shop,
    FormSent.parse({ writeKey: 'k', anonymousId: device, token, part: 'f1', ...more }),
  )

test('a form makes traits and claimed contacts, and a ticked box asks the address itself', async () => {
  const id = await world.goLive({}, asksForm())
  const token = await shownTo('form-1')
  const values = { e: ' Haneul@Example.com ', s: '지성' }
  const sent = { values, agreed: ['c1'] }
  expect(await fill('form-1', token, sent)).toEqual({ kind: 'taken' })
  expect(await fill('form-1', token, sent)).toEqual({ kind: 'taken' })
  await world.line.drain(world.shop)
  const [person] = await world.db<{ customer: number; traits: string; verified: boolean }[]>`
    select c.id as customer, c.traits, k.verified from customers c
    join identities i on i.shop = c.shop and i.customer = c.id and i.kind = 'anonymous'
    join contacts k on k.shop = c.shop and k.customer = c.id and k.channel = 'email'
    where c.shop = ${world.shop} and i.value = 'form-1'`
  expect(JSON.parse(person?.traits ?? '{}')).toMatchObject({ skin_type: '지성' })
  expect(person?.verified).toBe(false)
  const customer = (person?.customer ?? 0) as CustomerId
  expect((await world.consent.of(world.shop, customer)).get('email')?.adDay ?? false).toBe(false)
  await world.sender().drain(world.shop)
  const letters = await world.db<{ id: number; text: string }[]>`
    select o.id, i.text from outbox o join inbox i on i.shop = o.shop and i.message = o.id
    where o.shop = ${world.shop} and o.customer = ${customer} and o.notice = 'consent_confirm'`
  expect(letters).toHaveLength(1)
  const link = /https:\/\/danggol\.example(\/u\/[\w.-]+)/.exec(letters[0]?.text ?? '')?.[1] ?? ''
  const letterPages = messagePages({ ...world, publicUrl: 'https://danggol.example' })
  await letterPages.request(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'agree=yes&language=ko',
  })
  await world.line.drain(world.shop)
  expect((await world.consent.of(world.shop, customer)).get('email')?.adDay).toBe(true)
  const [proof] = await world.db<{ evidence: string }[]>`
    select evidence from consent_events
    where shop = ${world.shop} and customer = ${customer} and kind = 'grant'`
  const evidence = JSON.parse(proof?.evidence ?? '{}')
  expect(evidence).toMatchObject({ form: 'onsite_form', form_url: 'https://shop.example/' })
  const kept = await world.wordings.list(world.shop)
  expect(kept.find((one) => one.id === evidence.form_wording)?.text).toBe(
    '이메일 받기\n온샵이 광고를 보내요.',
  )
  await world.stop(id)
})

test('a form that does not fit names the field in the shopper\u2019s language, and tokens of others open nothing', async () => {
  const id = await world.goLive({}, asksForm())
  const token = await shownTo('form-2')
  const refused: readonly (readonly [JsonObject, string])[] = [
    [{ values: {} }, 'e'],
    [{ values: { e: 'a@b', s: '지성' } }, 'e'],
    [{ values: { e: 'a@b.kr,c@d.kr', s: '지성' } }, 'e'],
    [{ values: { e: ['a@b.kr', 'c@d.kr'], s: '지성' } }, 'e'],
    [{ values: { e: 'a@b.kr', s: '<script>' } }, 's'],
    [{ values: { e: 'a@b.kr', s: ['지성', '건성'] } }, 's'],
    [{ values: { e: 'a@b.kr', s: '지성', p: '12' } }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성', p: '02-1234-5678' }, agreed: ['c2'] }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성' }, agreed: ['c2'] }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성', p: '0504-1234-5678' } }, 'p'],
    [{ values: { e: 'a@b.kr', s: '지성', n: 'x'.repeat(301) } }, 'n'],
  ]
  for (const [sent, field] of refused) {
    const answer = await fill('form-2', token, sent)
    expect([sent, answer]).toMatchObject([sent, { kind: 'refused', field }])
    expect(answer.kind === 'refused' && /[가-힣]/.test(answer.message)).toBe(true)
  }
  const fine = { values: { e: 'a@b.kr', s: '지성' } }
  await expect(fill('somebody-else', token, fine)).rejects.toThrow('not known')
  await expect(fill('form-2', `${token}x`, fine)).rejects.toThrow('not known')
  await expect(fill('form-2', token, { ...fine, part: 'p9' })).rejects.toThrow('No such form')
  await world.stop(id)
})

const afterCart = { trigger: { kind: 'event', event: 'Product Added' } }

async function waitingOf(id: number) {
  const [row] = await world.db<{ state: string; reason: string; outcome: string }[]>`
    select o.state, o.reason, d.outcome from outbox o
    join decisions d on d.shop = o.shop and d.id = o.decision
    where o.shop = ${world.shop} and o.campaign = ${id}`
  return row
}

test('what a flow leaves waits for the next page, is shown on one of two tabs, and ends after seven days', async () => {
  const id = await world.goLive({}, afterCart)
  await world.say({ ids: { anonymous: 'waiter', verified: false } })
  await world.say({ ids: { anonymous: 'never-back', verified: false } })
  await world.line.drain(world.shop)
  expect((await waitingOf(id))?.state).toBe('queued')
  const tabs = await Promise.all(
    [1, 2, 3, 4].map(() => world.pages.answer(world.shop, world.asked('waiter'))),
  )
  const shown = tabs.flatMap(({ show }) => show)
  expect(shown).toMatchObject([{ campaign: id, properties: { campaign_id: id } }])
  expect(await world.left().expire()).toBe(0)
  world.clock.advance(8 * dayMs)
  expect(await world.left().expire()).toBe(1)
  const rows = await world.db`
    select o.state, o.reason, d.outcome from outbox o
    join decisions d on d.shop = o.shop and d.id = o.decision
    where o.shop = ${world.shop} and o.campaign = ${id} order by o.state`
  expect(rows).toEqual([
    { state: 'failed', reason: 'no_visit', outcome: 'failed' },
    { state: 'sent', reason: 'sent', outcome: 'sent' },
  ])
  expect((await world.pages.answer(world.shop, world.asked('never-back'))).show).toEqual([])
  await world.stop(id)
})

test('what waits for a page is not shown once its campaign has stopped', async () => {
  const id = await world.goLive({}, afterCart)
  // Pages are looked at for what waits while any flow could leave something.
  const other = await world.goLive({}, { trigger: { kind: 'event', event: 'Signed Up' } })
  await world.say({ ids: { anonymous: 'stopped', verified: false } })
  await world.line.drain(world.shop)
  await world.stop(id)
  await world.line.drain(world.shop)
  expect((await world.pages.answer(world.shop, world.asked('stopped'))).show).toEqual([])
  expect((await waitingOf(id))?.state).toBe('refused')
  await world.stop(other)
})
