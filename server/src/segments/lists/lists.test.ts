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

async function openShop() {
  const { db, clock } = world
  const shop = await insertShop(db)
  const order = orders()
  const facts = factsRoom({ orders: order, consent: consent({ db }) })
  const room = openSegments(world, { facts, before: [order.room, facts.room] })
  const audited: string[] = []
  const desk = lists({
    db,
    clock,
    customers: customers({ db, vault: safe }),
    accept: room.door.accept,
    audit: async (_, act) => void audited.push(act),
  })
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
  const upload = (list: number, text: string | Buffer, change: 'added' | 'removed' = 'added') =>
    desk.upload(actor, list, { bytes: Buffer.from(text), change })
  return { shop, room, desk, actor, audited, idOf, upload }
}

test('the people of a file are on the list, and segments that ask for it follow at once', async () => {
  const { shop, room, desk, actor, idOf, upload, audited } = await openShop()
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
  expect(await upload(list.id, file)).toEqual({
    rows: 5,
    matched: 3,
    unmatched: 2,
    people: 3,
    changed: 3,
    header: true,
    columns: [
      { kind: 'user', at: 0, name: '회원아이디', filled: 2, led: 1 },
      { kind: 'email', at: 1, name: '이메일', filled: 2, led: 1 },
      { kind: 'phone', at: 2, name: '휴대폰', filled: 1, led: 1 },
    ],
    refused: [
      { line: 4, value: 'nobody', reason: 'not_found' },
      { line: 5, value: '', reason: 'empty' },
    ],
  })
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
  const { desk, actor, upload } = await openShop()
  const { id } = await desk.create(actor, '이벤트')
  await expect(upload(id, 'a,b\nc,d\n')).rejects.toThrow('No column says who')
  await expect(upload(id, '')).rejects.toThrow('The file is empty')
  await expect(upload(id, 'x\n'.repeat(100_001))).rejects.toMatchObject({ code: 'too-large' })
  await expect(upload(9_999, 'kim\n')).rejects.toMatchObject({ code: 'not-found' })
})

test('a file is tried before it is uploaded: who is found, what is refused and why, and nothing changes', async () => {
  const { shop, desk, actor, upload, audited } = await openShop()
  const list = await desk.create(actor, '초대')
  await upload(list.id, 'kim\n')
  const changes = audited.length
  const file = (text: string, more: { list?: number; change?: 'added' | 'removed' } = {}) =>
    desk.check(actor, { bytes: Buffer.from(text), change: 'added', ...more })
  const people = '이메일\nkim@x.kr\nKIM@x.kr\nkim@\n\n010-12\nnobody@x.kr\n'
  expect(await file(people)).toEqual({
    rows: 5,
    matched: 2,
    unmatched: 3,
    people: 1,
    changed: 1,
    header: true,
    columns: [{ kind: 'email', at: 0, name: '이메일', filled: 5, led: 2 }],
    refused: [
      { line: 4, value: 'kim@', reason: 'unreadable' },
      { line: 6, value: '010-12', reason: 'unreadable' },
      { line: 7, value: 'nobody@x.kr', reason: 'not_found' },
    ],
  })
  // Who is on the list already would not be new on it, and is the one who can be taken off.
  expect(await file(people, { list: list.id })).toMatchObject({ people: 1, changed: 0 })
  expect(await file(people, { list: list.id, change: 'removed' })).toMatchObject({ changed: 1 })
  expect(await file('lee\npark\nlee\n', { list: list.id })).toMatchObject({
    people: 2,
    changed: 2,
    header: false,
    columns: [{ kind: 'user', at: 0, name: null, filled: 3, led: 3 }],
  })
  expect(await desk.get(shop, list.id)).toMatchObject({ members: 1 })
  expect(audited).toHaveLength(changes)
  await expect(file('a,b\nc,d\n')).rejects.toThrow('No column says who')
  await expect(file('kim\n', { list: 9_999 })).rejects.toMatchObject({ code: 'not-found' })
})
