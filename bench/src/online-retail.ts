import { csvFile } from '../../server/src/connect/file.driver.ts'

/** An order of a known customer: kept lines of products, at the minute of its first line. Prices in pounds, time in UTC ms. */
export type RetailOrder = {
  readonly id: string
  readonly customer: number
  readonly at: number
  readonly lines: readonly {
    readonly product: string
    readonly name: string
    readonly quantity: number
    readonly price: number
  }[]
}

/** Stock codes that are postage, bank charges and the like. */
const notProducts: ReadonlySet<string> = new Set([
  'POST',
  'M',
  'DOT',
  'C2',
  'BANK CHARGES',
  'D',
  'CRUK',
  'PADS',
])

/** The orders of UCI "Online Retail" (Chen, Sain, Guo 2012; CC BY 4.0), without returns, as a gzipped CSV file. */
export async function retailOrders(path: string): Promise<readonly RetailOrder[]> {
  const orders = new Map<
    string,
    { at: number; customer: number; lines: RetailOrder['lines'][number][] }
  >()
  for await (const { record: row } of (await csvFile(path)).records()) {
    const { InvoiceNo: id = '', StockCode: product = '', CustomerID: customer = '' } = row
    const quantity = Number(row.Quantity)
    const price = Number(row.UnitPrice)
    if (id.startsWith('C') || customer === '' || quantity <= 0 || price <= 0) continue
    if (notProducts.has(product)) continue
    const at = Date.parse(`${row.InvoiceDate?.replace(' ', 'T')}Z`)
    const order = orders.get(id) ?? { at, customer: Number(customer), lines: [] }
    order.at = Math.min(order.at, at)
    order.lines.push({ product, name: row.Description?.trim() || product, quantity, price })
    orders.set(id, order)
  }
  return [...orders].map(([id, order]) => ({ id, ...order }))
}
