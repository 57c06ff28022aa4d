import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { catalog } from '../../catalog/catalog.service.ts'
import { productWords } from '../../events/product-words.service.ts'
import { minuteMs } from '../../lib/duration.ts'
import { newTestFolder } from '../../testing/folder.driver.ts'
import { type MessageWorld, openMessageWorld } from '../../testing/message-world.driver.ts'
import { feedWork } from './feed-work.service.ts'
import { feeds } from './feeds.service.ts'

let world: MessageWorld
let server: Server
let room: ReturnType<typeof feeds>
let work: ReturnType<typeof feedWork>
let folder: string
/** What the shop's server answers with. */
let served: { body: Uint8Array | string; etag?: string; status?: number; location?: string }
let asked: { readonly path: string; readonly etag: string | undefined }[] = []
const products = () => catalog({ db: world.db })
const who = () => ({ shop: world.shop, name: 'member:1' })

beforeAll(async () => {
  world = await openMessageWorld()
  const { db, clock, accept } = world
  folder = newTestFolder()
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', etag: request.headers['if-none-match'] })
    if (served.etag && request.headers['if-none-match'] === served.etag)
      return void response.writeHead(304).end()
    response.writeHead(served.status ?? 200, {
      ...(served.etag ? { etag: served.etag } : {}),
      ...(served.location ? { location: served.location } : {}),
    })
    response.end(served.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const shared = { db, clock, folder, allowPrivate: true }
  room = feeds({ ...shared, shops: world.shops })
  work = feedWork({
    ...shared,
    catalog: products(),
    words: productWords({ db, clock, accept: { accept } }),
    wait: async () => undefined,
  })
})
afterAll(async () => {
  server?.close()
  rmSync(folder, { recursive: true, force: true })
  await world?.close()
})
beforeEach(async () => {
  asked = []
  await world.db`delete from feeds`
  await world.db`delete from products`
})

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/ep.txt`
const made = (more: object = {}) =>
  room.create(who(), {
    name: '네이버 EP',
    url: url(),
    everyMinutes: 60,
    mapping: {},
    missingRuns: 2,
    isOn: true,
    ...more,
  })

/** Lets the next planned run come, and answers what became of it. */
async function next(id: number, waitMinutes = 60) {
  while (await work.turn()) await world.line.drain(world.shop)
  await world.line.drain(world.shop)
  const [run] = await room.runs(world.shop, [id])
  world.clock.advance(waitMinutes * minuteMs)
  return run
}

const table = (rows: readonly (readonly [string, string, number])[]) =>
  ['id\ttitle\tprice_pc', ...rows.map((row) => row.join('\t'))].join('\n')
const rowsTo = (count: number) =>
  Array.from({ length: count }, (_, at) => [`p${at}`, `상품 ${at}`, 1_000 + at] as const)
const one = async (id: string) => (await products().find(world.shop, [id]))[0]

test('a feed is fetched, understood and told; fetched again unchanged it tells nothing', async () => {
  served = { body: table(rowsTo(3)), etag: '"1"' }
  const id = await made()
  expect(await next(id)).toMatchObject({ state: 'done', lines: 3, told: 3, refused: 0 })
  expect(await one('p1')).toMatchObject({
    name: '상품 1',
    price: 10_010_000,
    source: `feed:${id}`,
    sellable: true,
  })
  expect(await next(id)).toMatchObject({ state: 'unchanged' })
  expect(asked.map(({ etag }) => etag)).toEqual([undefined, '"1"'])
  served = { body: table([...rowsTo(2), ['p2', '상품 2', 900]]) }
  expect(await next(id)).toMatchObject({ state: 'done', lines: 3, told: 1 })
  expect(await one('p2')).toMatchObject({ price: 9_000_000 })
})

test('a product that goes from the feed is sold until it was missing as often as the shop says, and comes back with the feed', async () => {
  served = { body: table(rowsTo(3)), etag: '"a"' }
  const id = await made()
  await next(id)
  served = { body: table(rowsTo(2)), etag: '"b"' }
  expect(await next(id)).toMatchObject({ gone: 0 })
  expect(await one('p2')).toMatchObject({ sellable: true })
  // The same file once more is the product missing once more.
  expect(await next(id)).toMatchObject({ state: 'unchanged', gone: 1 })
  expect(await one('p2')).toMatchObject({ sellable: false })
  served = { body: table(rowsTo(3)), etag: '"c"' }
  expect(await next(id)).toMatchObject({ told: 1, gone: 0 })
  expect(await one('p2')).toMatchObject({ sellable: true })
})

test('a feed that shrank by more than half waits for a word, and changes nothing until then', async () => {
  served = { body: table(rowsTo(20)) }
  const id = await made({ missingRuns: 1 })
  await next(id)
  served = { body: table([['p0', '상품 0', 5]]) }
  expect(await next(id)).toMatchObject({ state: 'waiting', problem: 'short', lines: 1, told: 0 })
  expect(await one('p0')).toMatchObject({ price: 10_000_000 })
  expect(await one('p19')).toMatchObject({ sellable: true })
  await room.runNow(who(), id, true)
  expect(await next(id)).toMatchObject({ state: 'done', told: 1, gone: 19 })
  expect(await one('p19')).toMatchObject({ sellable: false })
})

test('a broken file changes nothing and says why', async () => {
  const item = '<item><g:id>x1</g:id><title>셔츠</title><g:price>9,900 KRW</g:price></item>'
  served = { body: `<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${item}<item><g:id>x2` }
  const id = await made()
  expect(await next(id)).toMatchObject({ state: 'failed', problem: 'broken', told: 0 })
  expect(await one('x1')).toBeUndefined()
  served = { body: gzipSync(table(rowsTo(2_000))).subarray(0, 4_000) }
  expect(await next(id)).toMatchObject({ state: 'failed', problem: 'broken' })
  served = { body: 'no', status: 500 }
  expect(await next(id)).toMatchObject({ problem: 'unreachable', detail: 'It answered 500.' })
  served = { body: '' }
  expect(await next(id)).toMatchObject({ state: 'failed', problem: 'broken' })
})

test('entities that would grow are not read', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
    <rss><item><id>x</id><title>&b;</title><price>1</price></item></rss>`
  served = { body: bomb }
  const id = await made()
  expect(await next(id)).toMatchObject({ state: 'failed', problem: 'broken' })
  expect((await room.runs(world.shop, [id]))[0]?.detail).toContain('document type')
})

test('Google Merchant XML, zipped, and a CP949 table are read alike', async () => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>온샵</title>
    <item><g:id>d-1</g:id><g:title><![CDATA[원피스 & 벨트]]></g:title><g:link>https://shop.example/d?a=1&amp;b=2</g:link>
      <g:price>59000 KRW</g:price><g:sale_price>49000 KRW</g:sale_price><g:availability>in_stock</g:availability>
      <g:shipping><g:price>3000 KRW</g:price></g:shipping>
      <g:additional_image_link>https://i.example/1.jpg</g:additional_image_link>
      <g:additional_image_link>https://i.example/2.jpg</g:additional_image_link></item>
    </channel></rss>`
  served = { body: zipped('feed.xml', Buffer.from(xml)) }
  const id = await made()
  expect(await next(id)).toMatchObject({ state: 'done', told: 1 })
  expect(await one('d-1')).toMatchObject({
    name: '원피스 & 벨트',
    url: 'https://shop.example/d?a=1&b=2',
    price: 590_000_000,
    currentPrice: 490_000_000,
    images: ['https://i.example/1.jpg', 'https://i.example/2.jpg'],
  })
  served = {
    body: iconv.encode('상품코드,상품명,판매가\r\nk-1,"김치, 포기","12,900원"\r\n', 'cp949'),
  }
  const other = await made({ name: '목록' })
  expect(await next(other)).toMatchObject({ state: 'done', told: 1 })
  expect(await one('k-1')).toMatchObject({
    name: '김치, 포기',
    price: 129_000_000,
    currency: 'KRW',
  })
})

test('lines that say no product are counted, kept and given out; their products are not missing', async () => {
  served = { body: table(rowsTo(3)) }
  const id = await made({ missingRuns: 1 })
  await next(id)
  served = {
    body: [
      'id\ttitle\tprice_pc',
      'p0\t상품 0\t1000',
      'p1\t상품 1\t가격문의',
      '\t없음\t1',
      'p0\t또\t2',
      'p2\t상품 2\t3',
    ].join('\n'),
  }
  expect(await next(id)).toMatchObject({ state: 'done', lines: 2, refused: 3, gone: 0 })
  expect(await one('p0')).toMatchObject({ name: '상품 0' })
  expect(
    (await room.refusalsCsv(world.shop, { feed: id, run: 2, language: 'en' })).split('\r\n'),
  ).toEqual(['line,id,reason', '2,p1,price', '3,,no_id', '4,p0,twice', ''])
})

test('a file brought by hand is looked at, taken, and brought again it makes nothing double', async () => {
  const file = () => new Blob([table(rowsTo(30))]).stream()
  const id = await made({ url: null, everyMinutes: 0 })
  const seen = await room.previewOfFile(file(), {})
  expect(seen).toMatchObject({ kind: 'table', encoding: 'utf8', lines: 30, faults: [] })
  expect(seen.mapping).toContainEqual({ field: 'salePrice', column: 'price_pc' })
  expect(seen.products).toHaveLength(5)
  const column = seen.columns.find(({ name }) => name === 'price_pc')
  expect(column?.samples.length).toBeGreaterThan(0)
  const own = await room.previewOfFile(file(), { benefit: 'price_pc', salePrice: '' })
  expect(own.mapping).toContainEqual({ field: 'benefit', column: 'price_pc' })
  expect(own.mapping.map(({ field }) => field)).not.toContain('salePrice')
  expect(await one('p1')).toBeUndefined()
  await room.upload(who(), id, file())
  expect(await next(id)).toMatchObject({ state: 'done', told: 30 })
  await room.upload(who(), id, file())
  expect(await next(id)).toMatchObject({ state: 'unchanged' })
})

test('a file is looked at by its address before it is taken, a zip archive whole', async () => {
  const long = table(rowsTo(60_000))
  served = { body: long }
  expect(await room.previewOfUrl(url(), {})).toMatchObject({ lines: 500, faults: [] })
  served = { body: zipped('ep.txt', Buffer.from(long)) }
  expect(await room.previewOfUrl(url(), {})).toMatchObject({ lines: 500, format: 'own' })
  expect(await one('p1')).toBeUndefined()
})

test('an address inside is not fetched, neither at once nor by a redirect', async () => {
  served = { body: '', status: 302, location: 'http://169.254.169.254/latest' }
  const guarded = feeds({
    db: world.db,
    clock: world.clock,
    shops: world.shops,
    folder,
  })
  for (const address of [url(), 'http://localhost/x', 'http://[::1]/x', 'http://10.0.0.1/ep'])
    await expect(guarded.previewOfUrl(address, {})).rejects.toThrow('public internet')
  expect(asked).toEqual([])
})

test('a run that another worker took, or that is asked to stop, leaves the rest to the next', async () => {
  served = { body: table(rowsTo(1_200)) }
  const id = await made()
  work.letGo()
  expect(await work.turn()).toBe(false)
  const fresh = feedWork({
    db: world.db,
    clock: world.clock,
    folder,
    allowPrivate: true,
    catalog: products(),
    words: productWords({
      db: world.db,
      clock: world.clock,
      accept: {
        accept: async (shop, happenings) => {
          const done = await world.accept(shop, happenings)
          fresh.letGo()
          world.clock.advance(minuteMs)
          return done
        },
      },
    }),
    wait: async () => undefined,
  })
  await fresh.turn()
  const [broken] = await room.runs(world.shop, [id])
  expect(broken).toMatchObject({ state: 'running' })
  work = feedWork({
    db: world.db,
    clock: world.clock,
    folder,
    allowPrivate: true,
    catalog: products(),
    words: productWords({ db: world.db, clock: world.clock, accept: { accept: world.accept } }),
    wait: async () => undefined,
  })
  expect(await next(id)).toMatchObject({ state: 'done', lines: 1_200, told: 700 })
  expect((await room.runs(world.shop, [id]))[1]).toMatchObject({
    state: 'failed',
    problem: 'stopped',
  })
})

/** A zip archive of one file, as `zip` makes it. */
function zipped(name: string, body: Buffer): Buffer {
  const packed = deflateRawSync(body)
  const title = Buffer.from(name)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(title.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(body.length, 24)
  entry.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length + title.length, 12)
  end.writeUInt32LE(local.length + title.length + packed.length, 16)
  return Buffer.concat([local, title, packed, entry, title, end])
}
