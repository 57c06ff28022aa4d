import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '../catalog/catalog.service.ts'
import { consent } from '../consent/consent.service.ts'
import { customers } from '../customers/customers.service.ts'
import { accept } from '../events/accept.service.ts'
import { line } from '../events/line.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { orders } from '../orders/orders.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { imports } from './imports.service.ts'

const retail = join(import.meta.dirname, '../../../../shared/data/online-retail.csv.gz')
const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'

let world: TestWorld
let folder: string
beforeAll(async () => {
  world = await openTestWorld()
  folder = mkdtempSync(join(tmpdir(), 'danggol-import-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await world.close()
})

function open() {
  const { db, clock } = world
  const door = accept({ db, clock })
  const lane = line({
    db,
    clock,
    customers: customers({ db }),
    consent: consent({ db }),
    catalog: catalog({ db }),
    rooms: [orders().room],
    appendInTransaction: door.appendInTransaction,
  })
  return {
    door,
    lane,
    desk: imports({ db, accept: door, clock, folder, wait: async () => undefined }),
  }
}

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, [header, ...lines].join('\n'))
  return path
}

async function totalsOf(shop: ShopId) {
  const [row] = await world.db<
    { orders: number; buyers: number; gross: string; refunded: string }[]
  >`
    select count(*)::int as orders, count(distinct customer)::int as buyers, sum(gross)::text as gross, sum(refunded)::text as refunded
    from orders where shop = ${shop} and customer is not null and paid_at is not null`
  return row
}

describe('an order file', () => {
  const lines = [
    '1,A,Lamp,2,2011-07-01 12:00:00,2.5,c1,Korea',
    '1,B,"Mug, blue",1,2011-07-01 12:00:00,10,c1,Korea',
    '2,A,Lamp,1,2011-07-02 12:00:00,2.5,c2,Korea',
    'C3,A,Lamp,-1,2011-07-03 12:00:00,2.5,c1,Korea',
    '4,A,=cmd(),1,2011-07-03 12:00:00,0,c1,Korea',
  ]

  test('becomes orders and refunds of customers, and says what it refused', async () => {
    const shop = await insertShop(world.db, { currency: 'GBP' })
    const { desk, lane } = open()
    const shares: number[] = []
    const done = await desk.orders(shop, fileOf('a.csv', lines), ({ share }) => shares.push(share))
    await lane.drain(shop)
    expect(done).toMatchObject({
      rows: 5,
      refused: 1,
      totals: { orders: 2, customers: 2, amount: '17.5' },
      wasDone: false,
    })
    expect(await totalsOf(shop)).toEqual({
      orders: 2,
      buyers: 2,
      gross: '175000',
      refunded: '25000',
    })
    expect(shares.at(-1)).toBe(1)
    const refused = await import('node:fs').then((fs) => fs.readFileSync(done.refusedFile, 'utf8'))
    expect(refused).toContain('6,"UnitPrice is not above 0')
    expect(refused).toContain(",'=cmd(),")
  })

  test('given twice, even after a stop in the middle, counts once', async () => {
    const shop = await insertShop(world.db, { currency: 'GBP' })
    const path = fileOf('b.csv', lines)
    const first = open()
    await first.desk.orders(shop, path, () => undefined)
    // As after a kill between the commit and the note of it.
    await world.db`update imports set state = 'running', done = 1 where shop = ${shop}`
    const again = open()
    await again.desk.orders(shop, path, () => undefined)
    expect((await again.desk.orders(shop, path, () => undefined)).wasDone).toBe(true)
    await again.lane.drain(shop)
    expect(await totalsOf(shop)).toEqual({
      orders: 2,
      buyers: 2,
      gross: '175000',
      refunded: '25000',
    })
  })

  test.each([
    ['nothing.csv', undefined, 'There is no file'],
    ['other.csv', 'a,b\n1,2\n', 'of no layout known'],
    ['empty.csv', header, 'no lines below its header'],
    ['broken.csv.gz', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'broken'],
  ])('that cannot be read says so: %s', async (name, content, sentence) => {
    const shop = await insertShop(world.db)
    const path = join(folder, name)
    if (content !== undefined) writeFileSync(path, content)
    await expect(open().desk.orders(shop, path, () => undefined)).rejects.toThrow(sentence)
  })
})

describe('UCI Online Retail, whole', () => {
  test.skipIf(!existsSync(retail))(
    'comes out at its published figures',
    { timeout: 240_000 },
    async () => {
      const shop = await insertShop(world.db, { currency: 'GBP', timeZone: 'Europe/London' })
      const { desk, lane } = open()
      const done = await desk.orders(shop, retail, () => undefined)
      await lane.drain(shop)
      expect(done).toMatchObject({
        rows: 541_909,
        totals: {
          customers: 4_372,
          buyers: 4_338,
          orders: 18_532,
          products: 3_665,
          amount: '8911407.904',
        },
      })
      expect(await totalsOf(shop)).toMatchObject({
        orders: 18_532,
        buyers: 4_338,
        gross: '89114079040',
      })
      const [people] = await world.db<
        { count: number }[]
      >`select count(*)::int from customers where shop = ${shop}`
      expect(people?.count).toBe(4_372)
    },
  )
})
