import { afterAll, beforeAll, expect, test } from 'vitest'
import { previews } from '../campaigns/preview.service.ts'
import { PoolDraft } from '../coupons/pool-draft.ts'
import { couponPools } from '../coupons/pools.service.ts'
import { hourMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { onsitePages } from './onsite.routes.ts'
import { openPagesWorld, type PagesWorld } from './pages-world.contract.ts'
import { type PreviewedOnPage, previewedOnPage } from './previewed.service.ts'

// A draft on the shop's own page, by its link.

let world: PagesWorld
let previewed: PreviewedOnPage
beforeAll(async () => {
  world = await openPagesWorld()
  const { db, clock, shops, room, coupons, vault: signer } = world
  const { compile } = world.messages
  const drawing = { db, clock, shops, compile, publicUrl: world.publicUrl }
  previewed = previewedOnPage({
    db,
    clock,
    shops,
    campaigns: room,
    previews: previews(drawing),
    coupons,
    signer,
  })
})
afterAll(() => world?.close())

const content = {
  channel: 'onsite',
  form: 'modal',
  asks: 'signup',
  parts: [
    { kind: 'heading', id: 'h1', text: '{{ customer.name | nim }}, 어서 오세요' },
    {
      kind: 'coupon',
      id: 'k1',
      title: '첫 구매 쿠폰',
      label: '받기',
      url: 'https://shop.example/',
    },
    {
      kind: 'form',
      id: 'f1',
      fields: [{ id: 'e', kind: 'email', label: '이메일' }],
      consents: [],
      label: '보내기',
      thanks: '고마워요!',
    },
  ],
}

/** A server that fails the test where it asks the room that counts. */
function pages() {
  const counted = () => {
    throw new Error('a preview was counted')
  }
  const app = onsitePages({
    onsite: { answer: counted },
    press: counted,
    form: counted,
    previews: previewed,
    sight: counted,
    resolveKey: async () => ({ shop: world.shop, scope: 'browser' }),
  })
  return async (path: string, asked: JsonObject) => {
    const answer = await app.request(path, { method: 'POST', body: JSON.stringify(asked) })
    return (await answer.json()) as JsonObject
  }
}

async function drafted() {
  const { id: pool } = await couponPools({
    db: world.db,
    clock: world.clock,
    audit: world.shops.audit,
  }).create(
    world.actor,
    PoolDraft.parse({
      name: '첫 구매',
      discount: { kind: 'amount', amount: 5_000 },
      codes: { kind: 'generated', prefix: 'DG' },
      total: 1,
    }),
  )
  const { id } = await world.room.create(world.actor, { playbook: 'cart_abandonment' })
  const { draft } = await world.room.get(world.shop, id)
  await world.room.change(world.actor, id, {
    draft: {
      ...draft,
      trigger: { kind: 'page' },
      steps: [{ kind: 'message', id: 1, content, coupon: pool }],
    } as never,
  })
  return { id, pool }
}

test('a draft stands on the page as one customer sees it, presses give samples, and nothing is left of it', async () => {
  const { id, pool } = await drafted()
  const customer = await world.member('u-preview', { name: '김하늘' })
  const before = await traces()
  const page = 'https://shop.example/join?a=1'
  const { url, until } = await previewed.link(world.shop, id, { page, customer })
  expect(until - world.clock.now()).toBe(hourMs)
  const preview = new URL(url).searchParams.get('dg_preview') ?? ''
  expect(url.startsWith('https://shop.example/join?a=1&dg_preview=')).toBe(true)
  const ask = pages()
  const asked = { ...world.asked('preview'), page: { url, title: '' }, preview } as JsonObject
  const answer = await ask('/v1/onsite', asked)
  expect(answer).toMatchObject({ show: [{ campaign: id, preview: true }], watch: [] })
  const [shown] = (
    answer as { show: { token: string; view: { name: string; parts: { text?: string }[] } }[] }
  ).show
  expect(shown?.view.name).toBe('[미리보기] 김*늘님, 어서 오세요')
  expect(shown?.view.parts.slice(0, 2)).toMatchObject([
    { kind: 'note', id: 'preview' },
    { text: '김*늘님, 어서 오세요' },
  ])
  const given = { writeKey: 'k', anonymousId: 'preview', token: shown?.token ?? '' }
  for (let press = 0; press < 2; press++)
    expect(await ask('/v1/onsite/coupon', given)).toMatchObject({
      kind: 'issued',
      words: expect.stringContaining('예시 코드'),
    })
  const form = { ...given, part: 'f1', agreed: [] }
  expect(await ask('/v1/onsite/form', { ...form, values: { e: 'no' } })).toMatchObject({
    kind: 'refused',
  })
  expect(await ask('/v1/onsite/form', { ...form, values: { e: 'a@b.kr' } })).toEqual({
    kind: 'taken',
  })
  await world.line.drain(world.shop)
  expect(await traces()).toEqual(before)
  expect(await world.coupons.left(world.db, world.shop, [pool])).toEqual(new Map([[pool, 1]]))
})

test('a link ends after an hour, works in its own shop only, and stands on the shop’s own pages only', async () => {
  const { id } = await drafted()
  const link = (page: string) => previewed.link(world.shop, id, { page })
  for (const page of [
    'https://other.example/',
    'javascript:alert(1)',
    'https://shop.example.evil.kr/',
  ])
    await expect(link(page)).rejects.toMatchObject({ field: 'page' })
  const { url } = await link('https://m.shop.example/p/1')
  const preview = new URL(url).searchParams.get('dg_preview') ?? ''
  const [show] = (await previewed.show(world.shop, preview)).show
  expect(show?.view.form).toBe('modal')
  const said = async (token: string, shop = world.shop) =>
    (await previewed.show(shop, token)).show[0]?.view.name
  expect(await said(`x${preview}`)).toContain('시간이 끝났어요')
  expect(await said(preview, await world.shops.create('다른 상점', false))).toContain(
    '시간이 끝났어요',
  )
  world.clock.advance(hourMs)
  expect(await said(preview)).toContain('시간이 끝났어요')
})

/** How much of everything that a page could leave there is. */
async function traces() {
  const [row] = await world.db`
    select (select count(*) from log where shop = ${world.shop}) as log,
           (select count(*) from customers where shop = ${world.shop}) as customers,
           (select count(*) from coupons where shop = ${world.shop}) as coupons,
           (select count(*) from outbox where shop = ${world.shop}) as outbox`
  return row
}
