import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../../consent/consent.service.ts'
import { customers } from '../../customers/customers.service.ts'
import { did } from '../../events/line-world.contract.ts'
import { factsRoom } from '../../facts/room.service.ts'
import { orders } from '../../orders/orders.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { defined, membersOf, openSegments } from '../segments-world.contract.ts'
import { lists } from './lists.service.ts'
import { keepUploads, listUploads } from './uploads.service.ts'
import type { UploadRow } from './uploads.store.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const safe = vault(Buffer.alloc(32, 7))
const contact = (kind: 'email' | 'phone', value: string) => ({
  hash: safe.hash(kind, value),
  sealed: safe.seal(value),
  masked: '***',
})

type Change = 'added' | 'removed'
type To = { readonly list?: number; readonly change?: Change }
const said = ({ answer, ...row }: UploadRow) => ({ ...row, ...JSON.parse(answer) })

async function openShop() {
  const { db, clock } = world
  const shop = await insertShop(db)
  const order = orders()
  const facts = factsRoom({ orders: order, consent: consent({ db }) })
  const room = openSegments(world, { facts, before: [order.room, facts.room] })
  const audited: string[] = []
  const needs = {
    db,
    clock,
    vault: safe,
    customers: customers({ db, vault: safe }),
    accept: room.door.accept,
    audit: async (_: unknown, act: string) => void audited.push(act),
  }
  const desk = lists(needs)
  const files = listUploads(needs)
  const actor = { shop, name: 'member:1' }
  const signsIn = (user: string, address: { email?: string; phone?: string }) =>
    did(
      world,
      {
        anonymous: `d-${user}`,
        user,
        verified: true,
        ...(address.email ? { email: contact('email', address.email) } : {}),
        ...(address.phone ? { phone: contact('phone', address.phone) } : {}),
      },
      { kind: 'identify', name: 'Identified' },
    )
  await room.door.accept(shop, [
    signsIn('kim', { email: 'kim@x.kr' }),
    signsIn('lee', { phone: '+821012345678' }),
    signsIn('park', {}),
  ])
  await room.settle(shop)
  const idOf = async (user: string): Promise<number> => {
    const [row] = await db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and kind = 'user' and value = ${user}`
    return row?.customer ?? 0
  }
  /** Looks at a file to its end, as the worker does. */
  const look = async (text: string | Buffer, to: To = {}) => {
    const { list, change = 'added' } = to
    const bytes = Buffer.from(text)
    const { id } = await files.take(actor, { bytes, list, change, fileName: 'people.csv' })
    while (await files.turn()) {}
    return said(await files.get(shop, id))
  }
  const upload = async (list: number, text: string | Buffer, change: Change = 'added') => {
    const { id, state } = await look(text, { list, change })
    if (state === 'looked_at') await files.apply(actor, id)
    while (await files.turn()) {}
    return said(await files.get(shop, id))
  }
  return { shop, room, desk, files, needs, actor, audited, idOf, look, upload }
}

test('the people of a file are on the list, and segments that ask for it follow at once', async () => {
  const { shop, room, desk, files, actor, idOf, upload, audited } = await openShop()
  const list = await desk.create(actor, '봄 행사 초대')
  const segment = await room.segments.create(actor, {
    name: '초대받은 고객',
    description: '',
    definition: defined({
      kind: 'fact',
      path: 'lists',
      is: { type: 'list', op: 'has-any', values: [String(list.id)] },
    }),
  })
  await room.settle(shop)
  const file = iconv.encode(
    '회원아이디,이메일,휴대폰\r\n,KIM@x.kr,\r\n,,010-1234-5678\r\nnobody,,\r\n,,\r\npark,kim@x.kr,\r\n',
    'cp949',
  )
  const done = await upload(list.id, file)
  expect(done).toMatchObject({
    ...{ state: 'done', list: list.id, listName: '봄 행사 초대', done: 5, total: 5, changed: 3 },
    ...{ rows: 5, matched: 3, unmatched: 2, people: 3, changes: 3, header: true },
    columns: [
      { kind: 'user', at: 0, name: '회원아이디', filled: 2, led: 1 },
      { kind: 'email', at: 1, name: '이메일', filled: 2, led: 1 },
      { kind: 'phone', at: 2, name: '휴대폰', filled: 1, led: 1 },
    ],
  })
  expect(await files.refused(shop, done.id)).toEqual([
    { line: 4, value: 'nobody', reason: 'not_found' },
    { line: 5, value: '', reason: 'empty' },
  ])
  expect(await files.refusedFile(actor, done.id, 'ko')).toBe(
    '\uFEFF줄,적힌 값,까닭\r\n4,nobody,그런 고객이 없어요\r\n5,,비어 있어요\r\n',
  )
  await room.settle(shop)
  const everybody = (await Promise.all(['kim', 'lee', 'park'].map(idOf))).sort((a, b) => a - b)
  expect(await membersOf(world, shop, segment.id)).toEqual(everybody)
  expect(await desk.get(shop, list.id)).toMatchObject({ members: 3, name: '봄 행사 초대' })
  // The same file again changes nothing.
  expect(await upload(list.id, file)).toMatchObject({ matched: 3, changed: 0 })
  expect(await upload(list.id, 'park\n', 'removed')).toMatchObject({ changed: 1, header: false })
  await room.settle(shop)
  expect(await membersOf(world, shop, segment.id)).toHaveLength(2)
  expect(audited).toContain('list.members-changed')
  await expect(desk.remove(actor, list.id)).rejects.toThrow(
    `The list '봄 행사 초대' is used by segment ${segment.id} '초대받은 고객'.`,
  )
  await room.segments.remove(actor, segment.id)
  await desk.remove(actor, list.id)
  await expect(desk.get(shop, list.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('customers are put on a list and taken off by their ids, and a survivor stays on it', async () => {
  const { shop, room, desk, actor, idOf } = await openShop()
  const list = await desk.create(actor, '이벤트')
  const [kim, lee] = [await idOf('kim'), await idOf('lee')]
  expect(await desk.change(actor, list.id, { add: [kim, lee, 999_999], remove: [] })).toEqual({
    added: { found: 2, changed: 2 },
    removed: { found: 0, changed: 0 },
  })
  await room.settle(shop)
  await room.door.accept(shop, [
    did(
      world,
      { customer: lee as never, verified: true },
      { kind: 'alias', name: 'Aliased', body: { previousId: `customer:${kim}` } },
    ),
  ])
  await room.settle(shop)
  const page = { list: list.id, after: 0, limit: 10 }
  const [member, ...others] = await desk.members(shop, page)
  expect(others).toEqual([])
  const gone = await desk.change(actor, list.id, { add: [], remove: [member?.customer ?? 0] })
  expect(gone.removed).toEqual({ found: 1, changed: 1 })
  expect(await desk.members(shop, page)).toEqual([])
})

test('a file that says nobody, is broken or too long is refused with the reason', async () => {
  const { desk, files, actor, upload } = await openShop()
  const { id } = await desk.create(actor, '이벤트')
  const failed = await upload(id, 'a,b\nc,d\n')
  expect(failed).toMatchObject({ state: 'failed', problem: 'invalid' })
  await expect(files.apply(actor, failed.id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(upload(id, '')).rejects.toThrow('The file is empty')
  expect(await upload(id, 'x\n'.repeat(100_001))).toMatchObject({ problem: 'too-large' })
  await expect(upload(9_999, 'kim\n')).rejects.toMatchObject({ code: 'not-found' })
})

test('a file is looked at before it is applied: who is found, what is refused and why, and nothing changes', async () => {
  const { shop, desk, files, actor, look, upload, audited } = await openShop()
  const list = await desk.create(actor, '초대')
  await upload(list.id, 'kim\n')
  const changes = audited.length
  const people = '이메일\nkim@x.kr\nKIM@x.kr\nkim@\n\n010-12\nnobody@x.kr\n'
  const fresh = await look(people)
  expect(fresh).toMatchObject({
    ...{ state: 'looked_at', rows: 5, matched: 2, unmatched: 3, people: 1, changes: 1 },
    columns: [{ kind: 'email', at: 0, name: '이메일', filled: 5, led: 2 }],
  })
  expect((await files.refused(shop, fresh.id)).map(({ line, reason }) => [line, reason])).toEqual([
    [4, 'unreadable'],
    [6, 'unreadable'],
    [7, 'not_found'],
  ])
  // Who is on the list already would not be new on it, and is the one who can be taken off: the file kept is looked at anew.
  for (const [change, would] of [
    ['added', 0],
    ['removed', 1],
  ] as const) {
    await files.lookAgain(shop, fresh.id, { list: list.id, change })
    while (await files.turn()) {}
    expect(said(await files.get(shop, fresh.id))).toMatchObject({ people: 1, changes: would })
  }
  expect(await look('lee\npark\nlee\n', { list: list.id })).toMatchObject({
    ...{ people: 2, changes: 2, header: false },
    columns: [{ kind: 'user', at: 0, name: null, filled: 3, led: 3 }],
  })
  expect(await desk.get(shop, list.id)).toMatchObject({ members: 1 })
  expect(audited).toHaveLength(changes)
})

test('a new list is made once, when its file is applied, and whoever the file means is on it', async () => {
  const { shop, desk, files, actor, look } = await openShop()
  const { id } = await look('kim\nlee\n')
  expect(await desk.list(shop)).toEqual([])
  await expect(files.apply(actor, id)).rejects.toMatchObject({ field: 'name' })
  const first = await files.apply(actor, id, '단골')
  expect(await files.apply(actor, id, '단골')).toMatchObject({ list: first.list })
  while (await files.turn()) {}
  expect(await files.get(shop, id)).toMatchObject({ state: 'done', listName: '단골', changed: 2 })
  expect(await desk.list(shop)).toMatchObject([{ name: '단골', members: 2 }])
})

test('an upload that broke off goes on with the next worker, and each person is told of once', async () => {
  const { shop, room, desk, files, needs, actor, look } = await openShop()
  const { id } = await look(`${'nobody\n'.repeat(600)}kim\n${'nobody\n'.repeat(600)}lee\nkim\n`)
  const { list } = await files.apply(actor, id, '이어서')
  await files.turn()
  // Killed between the happening of kim and the row on the list: neither was noted.
  const broken = listUploads({
    ...needs,
    accept: async (...told) => {
      await needs.accept(...told)
      throw new Error('killed')
    },
  })
  world.clock.advance(61_000)
  await expect(broken.turn()).rejects.toThrow('killed')
  expect(await files.get(shop, id)).toMatchObject({ state: 'applying', done: 500, changed: 0 })
  // While the line is far behind, the file waits.
  world.clock.advance(61_000)
  const next = listUploads(needs)
  expect(await next.turn()).toBe(false)
  await room.settle(shop)
  world.clock.advance(2_000)
  while (await next.turn()) {}
  expect(await files.get(shop, id)).toMatchObject({ state: 'done', done: 1_203, changed: 2 })
  expect(await desk.get(shop, list ?? 0)).toMatchObject({ members: 2 })
  await room.settle(shop)
  const told = await world.db`
    select position from log where shop = ${shop} and name = 'List Changed'`
  expect(told).toHaveLength(2)
})

test('a file called off stops, and whom it has changed stays changed', async () => {
  const { shop, desk, files, actor, look, audited } = await openShop()
  const { id } = await look(`kim\n${'nobody\n'.repeat(600)}lee\n`)
  const { list } = await files.apply(actor, id, '그만')
  await files.turn()
  expect(await files.cancel(actor, id)).toMatchObject({ state: 'cancelled', changed: 1 })
  while (await files.turn()) {}
  expect(await desk.get(shop, list ?? 0)).toMatchObject({ members: 1 })
  expect(await files.cancel(actor, id)).toMatchObject({ state: 'cancelled' })
  expect(audited.filter((act) => act === 'list.upload-cancelled')).toHaveLength(1)
  expect(await files.list(shop)).toEqual([])
})

test('a file that nobody took up is forgotten after a day, one that was applied after a month', async () => {
  const { shop, files, needs, look, upload, desk, actor } = await openShop()
  const list = await desk.create(actor, '보관')
  await upload(list.id, 'kim\n')
  await look('lee\n')
  world.clock.advance(25 * 3_600_000)
  await keepUploads(needs)
  expect((await files.list(shop)).map(({ state }) => state)).toEqual(['done'])
  world.clock.advance(30 * 24 * 3_600_000)
  await keepUploads(needs)
  expect(await files.list(shop)).toEqual([])
})
