import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consent } from '../../consent/consent.service.ts'
import { firstSendLocked } from '../../consent/first-send.ts'
import { contactKey } from '../../customers/contact.ts'
import { customers } from '../../customers/customers.service.ts'
import { accept } from '../../events/accept.service.ts'
import { did, startWorker } from '../../events/line-world.contract.ts'
import type { CustomerId, ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { shops } from '../../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { consentImports } from './imports.service.ts'
import type { ImportKind } from './row.ts'
import { keepConsentFiles } from './upkeep.jobs.ts'

const secrets = vault(new Uint8Array(32).fill(7))
const signed = { name: '김담당', sentence: '이 파일의 동의를 우리 상점이 직접 받았어요.' }

let world: TestWorld
let shop: ShopId
let other: ShopId
let worker: ReturnType<typeof startWorker>
beforeAll(async () => {
  world = await openTestWorld()
  worker = startWorker(world)
  shop = await insertShop(world.db)
  other = await insertShop(world.db)
})
afterAll(() => world?.close())

/** `during` runs whenever a file is planned, before people are looked up. */
function open(during = async () => {}) {
  const { db, clock } = world
  const people = customers({ db, vault: secrets })
  const behindKeys: typeof people.behindKeys = async (...asked) => {
    await during()
    return await people.behindKeys(...asked)
  }
  const ledger = consent({ db })
  const tenants = shops({ db, clock })
  const files = consentImports({
    db,
    clock,
    vault: secrets,
    customers: { ...people, behindKeys },
    consent: ledger,
    accept: accept({ db, clock }).accept,
    shops: tenants,
    wait: async () => undefined,
  })
  return { ledger, files, tenants }
}

const by = (id: ShopId = shop) => ({ shop: id, name: 'member:1' })

async function look(kind: ImportKind, text: string | Buffer, from = '자사몰 회원가입') {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text)
  const { files } = open()
  const id = await files.lookAt(by(), { bytes, kind, from, fileName: 'file.csv' })
  expect(await files.get(shop, id)).toMatchObject({ state: 'looking' })
  await expect(files.apply(by(), id, signed)).rejects.toThrow('not known yet')
  while (await files.turn()) {}
  const { state, counts } = await files.get(shop, id)
  expect(state).toBe('looked_at')
  return { id, counts: JSON.parse(counts), refused: await files.shownLines(shop, id) }
}

/** Lets the worker do all there is. */
async function work(files = open().files) {
  while (await files.turn()) {}
  await worker.line.drain(shop)
}

async function bring(kind: ImportKind, text: string | Buffer) {
  const { id } = await look(kind, text)
  const { files } = open()
  expect((await files.apply(by(), id, signed)).state).toBe('applying')
  await work(files)
  const done = await files.get(shop, id)
  expect(done).toMatchObject({ state: 'done', problem: null })
  expect(done.done).toBe(done.total)
  return { id, counts: JSON.parse(done.counts) }
}

/** A member with both addresses; answers the customer's id. */
async function member(user: string, phone = '+821000000000'): Promise<CustomerId> {
  await worker.door.accept(shop, [
    did(
      world,
      {
        user,
        verified: true,
        email: contactKey(secrets, 'email', `${user}@customer.example`),
        phone: contactKey(secrets, 'phone', phone),
      },
      { kind: 'identify', name: 'Identified' },
    ),
  ])
  await worker.line.drain(shop)
  const [row] = await world.db<{ customer: CustomerId }[]>`
    select customer from identities where shop = ${shop} and kind = 'user' and value = ${user}`
  return row?.customer as CustomerId
}

async function says(user: string, kind: 'grant' | 'withdraw', channel = 'email') {
  await worker.door.accept(shop, [
    did(
      world,
      { user, verified: true },
      {
        kind: 'consent',
        name: 'Consent Changed',
        body: { properties: { channel, kind, source: 'signup_form' } },
      },
    ),
  ])
  await worker.line.drain(shop)
}

const allows = async (customer: CustomerId, channel: 'email' | 'sms' | 'kakao' = 'email') =>
  (await open().ledger.of(shop, customer)).get(channel)?.adDay ?? false

const isClosed = async (
  kind: 'email' | 'phone',
  value: string,
  channel: 'email' | 'sms' | 'kakao',
) => {
  const hash = secrets.hash(kind, value)
  const closed = await open().ledger.closedSince(world.db, shop, { channel, hashes: [hash] })
  return closed.size > 0
}

const consentsHeader = '아이디,이메일,휴대폰,채널,동의여부,동의일시,출처\n'

describe('a file of consents', () => {
  test('is looked at without changing anything, and applied under a name', async () => {
    const customer = await member('looked')
    const text = `${consentsHeader}looked,,,이메일,동의,2025-06-01 10:00,여름 이벤트\nnobody,,,이메일,동의,2025-06-01,\n`
    const looked = await look('consents', text)
    expect(looked.counts).toMatchObject({ rows: 2, consents: 1, faults: { not_found: 1 } })
    expect(looked.refused).toMatchObject([{ line: 3, fault: 'not_found' }])
    expect(await allows(customer)).toBe(false)
    const { files, tenants } = open()
    await files.apply(by(), looked.id, signed)
    expect(await allows(customer)).toBe(false)
    await work(files)
    expect(await allows(customer)).toBe(true)
    const [entry] = await world.db`
      select source, at, evidence from consent_events where customer = ${customer}`
    expect(entry).toMatchObject({ source: 'csv', at: Date.UTC(2025, 5, 1, 1) })
    expect(JSON.parse(entry?.evidence)).toEqual({
      from: '여름 이벤트',
      import: String(looked.id),
      attested_by: '김담당',
    })
    const [row] = await files.list(shop)
    expect(row).toMatchObject({ state: 'done', attestedBy: '김담당', sentence: signed.sentence })
    const [kept] =
      await world.db`select sealed_file, sealed_refused from consent_imports where id = ${looked.id}`
    expect(kept?.sealed_file).toBeNull()
    expect(kept?.sealed_refused).not.toContain('nobody')
    const [heading, line] = (await files.refusedFile(by(), looked.id)).split('\r\n')
    expect(heading).toMatch(/^\uFEFF줄,까닭,[^,]+/)
    expect(line).toContain('3,그런 고객이 없어요,nobody')
    const audit = await tenants.auditLog(shop, { before: undefined, limit: 10 })
    expect(audit.map((one) => one.act)).toContain('consents.imported')
  })

  test('comes from Excel in CP949, names people by address, and makes customers of addresses nobody has', async () => {
    const customer = await member('excel', '+821011112222')
    const text = `${consentsHeader},,010-1111-2222,"문자, 카카오톡",동의,2025-06-01,\n,new@customer.example,,이메일,동의,2025-06-01,\n`
    const { counts } = await bring('consents', iconv.encode(text, 'cp949'))
    expect(counts).toMatchObject({ consents: 3, newPeople: 1, faults: {} })
    expect(await allows(customer, 'sms')).toBe(true)
    expect(await allows(customer, 'kakao')).toBe(true)
    const [made] = await world.db<{ customer: CustomerId }[]>`
      select customer from contacts where shop = ${shop} and value_hash = ${Buffer.from(secrets.hash('email', 'new@customer.example'), 'base64url')}`
    expect(await allows(made?.customer as CustomerId)).toBe(true)
  })

  test('names whoever has no name, and finds nobody by a number that is lent', async () => {
    const customer = await member('nameless', '+821077770000')
    const header = '이메일,휴대폰,이름,채널,동의여부,동의일시'
    const lines = [
      'nameless@customer.example,,김하늘 님,이메일,동의,2025-06-01',
      'named@customer.example,0504-1234-5678,박바다,이메일,동의,2025-06-01',
      ',0504-1234-5678,최들,문자,동의,2025-06-01',
    ]
    const { counts } = await bring('consents', [header, ...lines].join('\n'))
    expect(counts).toMatchObject({ consents: 2, newPeople: 1, faults: { safe_number: 1 } })
    const names = async () =>
      (
        await world.db<{ name: string }[]>`
          select name from customers where shop = ${shop} and name is not null order by name`
      ).map(({ name }) => name)
    expect(await names()).toEqual(['김하늘', '박바다'])
    const lent = Buffer.from(secrets.hash('phone', '+8250412345678'), 'base64url')
    expect(
      await world.db`select 1 from contacts where shop = ${shop} and value_hash = ${lent}`,
    ).toEqual([])
    // A list of consents does not know a name better than the shop does.
    await bring('consents', `${header}\nnameless@customer.example,,아무개,문자,거부,`)
    expect(await names()).toEqual(['김하늘', '박바다'])
    expect(await allows(customer)).toBe(true)
  })

  test('brought again changes nothing, whatever became of the file meanwhile', async () => {
    const text = `${consentsHeader}again,,,이메일,동의,2025-06-01,\n`
    const customer = await member('again')
    expect((await bring('consents', text)).counts).toMatchObject({ consents: 1, already: 0 })
    world.clock.advance(40 * dayMs)
    expect(
      (await bring('consents', `${text}again,,,이메일,동의,2025-06-01,\n`)).counts,
    ).toMatchObject({
      consents: 0,
      already: 2,
    })
    const { id } = await look('consents', text)
    const { files } = open()
    await files.apply(by(), id, signed)
    await work(files)
    await files.apply(by(), id, { ...signed, name: '다른 사람' })
    expect((await files.list(shop))[0]?.attestedBy).toBe('김담당')
    expect(await world.db`select 1 from consent_events where customer = ${customer}`).toHaveLength(
      1,
    )
    const [due] =
      await world.db`select result_notice_due_at from consents where customer = ${customer}`
    expect(due?.result_notice_due_at).toBeNull()
  })

  test('opens nothing for who refused later, and needs one person behind a shared address', async () => {
    const customer = await member('later', '+821033334444')
    await member('sharing', '+821033334444')
    await says('later', 'withdraw')
    const text = `${consentsHeader}later,,,이메일,동의,2025-06-01,\n,,010-3333-4444,sms,동의,2025-06-01,\n`
    const { counts } = await bring('consents', text)
    expect(counts).toMatchObject({ consents: 1, outweighed: 1, faults: { several_people: 1 } })
    expect(await allows(customer)).toBe(false)
    expect(await isClosed('email', 'later@customer.example', 'email')).toBe(true)
  })
})

test('lines that do nothing run nothing in the spreadsheet that opens them', async () => {
  const { id } = await look(
    'consents',
    `${consentsHeader}=HYPERLINK(1),,,이메일,동의,2025-06-01,\n`,
  )
  const { files } = open()
  expect(await files.refusedFile(by(), id)).toContain(",'=HYPERLINK(1),")
})

describe('the work on a file', () => {
  const header = '이메일,채널,동의여부,동의일시,출처,개인정보마케팅\n'
  const lines = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, index) => `many${from + index}@customer.example,이메일,동의,2025-06-01,,\n`,
    ).join('')

  test('goes on where it broke off, tells how far it is, and counts what the file did once', async () => {
    const { id } = await look('consents', consentsOf(lines(0, 1_200)))
    const killed = open().files
    await killed.apply(by(), id, signed)
    await killed.turn()
    expect(await killed.get(shop, id)).toMatchObject({ state: 'applying', done: 500, total: 1_200 })
    const { files } = open()
    // Another worker holds it until nothing was heard of it for a minute.
    expect(await files.turn()).toBe(false)
    world.clock.advance(60_000)
    await worker.line.drain(shop)
    await files.turn()
    expect(await files.get(shop, id)).toMatchObject({ state: 'applying', done: 1_000 })
    // Who slept through its lease leaves the file to the other.
    await killed.turn()
    await work(files)
    const done = await files.get(shop, id)
    expect(done).toMatchObject({ state: 'done', done: 1_200, total: 1_200 })
    expect(JSON.parse(done.counts)).toMatchObject({ rows: 1_200, consents: 1_200, already: 0 })
    const [counted] = await world.db`
      select count(*)::int as n from consent_events where shop = ${shop} and evidence like ${`%"import":"${id}"%`}`
    expect(counted?.n).toBe(1_200)
  })

  test('stops when it is called off: what was said stays said, and the task is not settled', async () => {
    const { id } = await look('consents', consentsOf(lines(5_000, 5_700)))
    const { files } = open()
    await files.apply(by(), id, signed)
    await files.turn()
    expect(await files.cancel(by(), id)).toMatchObject({ state: 'cancelled', done: 500 })
    await work(files)
    expect(await files.get(shop, id)).toMatchObject({ state: 'cancelled', done: 500 })
    await expect(files.apply(by(), id, signed)).rejects.toMatchObject({ code: 'not-found' })
    expect((await files.list(shop)).find((one) => one.id === id)).toMatchObject({ done: 500 })
    const waiting = await look('consents', consentsOf(lines(6_000, 6_001)))
    await files.cancel(by(), waiting.id)
    expect((await files.list(shop)).some((one) => one.id === waiting.id)).toBe(false)
    await worker.line.drain(shop)
  })

  test('tells how far the preparing is, and says nothing when it is called off meanwhile', async () => {
    const { id } = await look('consents', consentsOf(lines(8_000, 8_003)))
    const told: unknown[] = []
    const { files } = open(async () => {
      const { done, total } = await files.get(shop, id)
      told.push({ done, total })
      await files.cancel(by(), id)
    })
    await files.apply(by(), id, signed)
    await work(files)
    // Reading its lines is 30 of 100.
    expect(told).toEqual([{ done: 30, total: null }])
    expect(await files.get(shop, id)).toMatchObject({ state: 'cancelled', total: null })
    expect(
      await world.db`
        select 1 from consent_events where shop = ${shop} and evidence like ${`%"import":"${id}"%`}`,
    ).toEqual([])
  })

  test('takes a no without a date once, of personal data too, however often it is heard', async () => {
    const customer = await member('undated')
    const text = `${header}undated@customer.example,이메일,거부,,,N\n`
    const { id } = await look('consents', text)
    const killed = open().files
    await killed.apply(by(), id, signed)
    await world.db`
      create or replace function break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`
    await world.db`
      create trigger break_off before update on consent_imports for each row when (new.total is not null and new.done > 0) execute function break_off()`
    await expect(killed.turn()).rejects.toThrow('broken off')
    await world.db`drop trigger break_off on consent_imports`
    world.clock.advance(60_000)
    await work()
    world.clock.advance(dayMs)
    expect((await bring('consents', text)).counts).toMatchObject({ refusals: 0, already: 2 })
    const words = await world.db`
      select scope from consent_events where customer = ${customer} order by scope`
    expect(words.map((one) => one.scope)).toEqual(['ad_day', 'personal_data_marketing'])
  })

  test('that cannot be done says why, and may be tried again', async () => {
    const { id } = await look('consents', consentsOf(lines(0, 1)))
    const { files } = open()
    await files.apply(by(), id, signed)
    await world.db`update consent_imports set sealed_file = ${secrets.seal(Buffer.from('x,y\n1,2\n').toString('base64'))} where id = ${id}`
    await work(files)
    expect(await files.get(shop, id)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('No column says who'),
    })
    expect((await files.apply(by(), id, signed)).state).toBe('applying')
    await work(files)
  })
})

const consentsOf = (lines: string) => `이메일,채널,동의여부,동의일시,출처,개인정보마케팅\n${lines}`

describe('a list of refusals', () => {
  test('wins over every consent that is here, needs no date, and closes addresses nobody has', async () => {
    const customer = await member('listed', '+821055556666')
    await says('listed', 'grant', 'sms')
    const { counts } = await bring('optOut080', '010-5555-6666\n010-7777-8888\n')
    expect(counts).toMatchObject({ refusals: 4, unknownRefused: 1 })
    expect(await allows(customer, 'sms')).toBe(false)
    expect(await isClosed('phone', '+821077778888', 'sms')).toBe(true)
    expect(await isClosed('phone', '+821077778888', 'kakao')).toBe(true)
    expect((await bring('optOut080', '010-5555-6666\n010-7777-8888\n')).counts).toMatchObject({
      refusals: 0,
      already: 4,
    })
    const words = await world.db`
      select source from consent_events where customer = ${customer} and kind = 'withdraw' and channel = 'sms'`
    expect(words).toMatchObject([{ source: 'import_080' }])
    // Somebody who becomes a customer later finds the address closed, until they themselves say yes.
    const later = await member('unknown-before', '+821077778888')
    await bring('consents', `${consentsHeader}unknown-before,,,sms,동의,2025-01-01,\n`)
    expect(await isClosed('phone', '+821077778888', 'sms')).toBe(true)
    world.clock.advance(1)
    await says('unknown-before', 'grant', 'sms')
    expect(await allows(later, 'sms')).toBe(true)
    expect(await isClosed('phone', '+821077778888', 'sms')).toBe(false)
  })

  test('stays when the customer is deleted', async () => {
    const customer = await member('deleted', '+821012340000')
    await says('deleted', 'withdraw', 'sms')
    expect(await isClosed('phone', '+821012340000', 'sms')).toBe(true)
    await worker.door.accept(shop, [
      did(world, { customer, verified: true }, { kind: 'edit', name: 'Customer Erased' }),
    ])
    await worker.line.drain(shop)
    expect(await world.db`select 1 from contacts where customer = ${customer}`).toHaveLength(0)
    expect(await isClosed('phone', '+821012340000', 'sms')).toBe(true)
    const back = await member('came-back', '+821012340000')
    expect(back).not.toBe(customer)
    await bring('consents', `${consentsHeader}came-back,,,sms,동의,2025-01-01,\n`)
    expect(await isClosed('phone', '+821012340000', 'sms')).toBe(true)
  })

  test('of one shop is no other shop’s business', async () => {
    const hashes = [secrets.hash('phone', '+821077778888')]
    const closed = await open().ledger.closedSince(world.db, other, { channel: 'kakao', hashes })
    expect(closed.size).toBe(0)
  })
})

test('an older refusal by a newer list does not move the day back, and only a newer consent opens', async () => {
  const customer = await member('order', '+821099990000')
  await says('order', 'withdraw')
  const refusedAt = world.clock.now()
  const late = did(
    world,
    { user: 'order', verified: true },
    {
      kind: 'consent',
      name: 'Consent Changed',
      at: refusedAt - 1,
      body: { properties: { channel: 'email', kind: 'grant', source: 'signup_form' } },
    },
  )
  await worker.door.accept(shop, [late])
  await worker.line.drain(shop)
  expect(await isClosed('email', 'order@customer.example', 'email')).toBe(true)
  world.clock.advance(dayMs)
  await says('order', 'grant')
  expect(await isClosed('email', 'order@customer.example', 'email')).toBe(false)
  expect(await allows(customer)).toBe(true)
})

test('files nobody applied are forgotten after a day, and their lines after thirty', async () => {
  const looked = await look('consents', `${consentsHeader}nobody,,,이메일,동의,2025-06-01,\n`)
  world.clock.advance(dayMs + 1)
  await keepConsentFiles(world)
  const { files } = open()
  await expect(files.apply(by(), looked.id, signed)).rejects.toThrow('no such import')
  world.clock.advance(30 * dayMs)
  await keepConsentFiles(world)
  const left = await world.db`select 1 from consent_imports where sealed_refused is not null`
  expect(left).toHaveLength(0)
})

test('the first send opens when each list was brought or said by name not to exist', async () => {
  const { files, tenants } = open()
  const isLocked = async (id: ShopId) => {
    world.clock.advance(3_000)
    return firstSendLocked((await tenants.shop(id)).settings)
  }
  expect(await isLocked(other)).toBe(true)
  // Two members at the same instant: neither undoes the other.
  await Promise.all([
    files.attestNone(by(other), 'optOut080', signed),
    files.attestNone(by(other), 'oldTool', signed),
  ])
  expect(await isLocked(other)).toBe(true)
  const id = await files.lookAt(by(other), {
    bytes: Buffer.from('email,channel,date\na@b.co,email,2025-01-01\n'),
    kind: 'consents',
    from: '회원가입',
    fileName: 'consents.csv',
  })
  await work(files)
  expect(await isLocked(other)).toBe(true)
  await files.apply(by(other), id, signed)
  expect(await isLocked(other)).toBe(true)
  await work(files)
  expect(await isLocked(other)).toBe(false)
  const audit = await tenants.auditLog(other, { before: undefined, limit: 10 })
  expect(audit.filter((one) => one.act === 'first-send.attested')).toHaveLength(2)
})
