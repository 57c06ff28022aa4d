import { parseDecimal } from '../lib/decimal.ts'
import { utcOfLocal } from '../lib/zone.ts'
import type { OrderLayout, OrderRow, RefusedRow } from './order-row.ts'

const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
]

/** Stock codes that are no products: postage, carriage, discounts, fees, manual corrections, samples. */
const notGoods = new Set([
  'POST',
  'DOT',
  'M',
  'm',
  'D',
  'C2',
  'S',
  'B',
  'CRUK',
  'PADS',
  'AMAZONFEE',
  'BANK CHARGES',
])

const zone = 'Europe/London'

/**
 * UCI "Online Retail" (Chen, Sain, Guo 2012; CC BY 4.0): one row an invoice line, local UK time, pounds. An invoice number
 * starting with C is a return with negative quantities; rows without a price or with a negative quantity are stock
 * adjustments, no sales.
 */
export const onlineRetail: OrderLayout = {
  name: 'UCI Online Retail',
  currency: 'GBP',
  zone,
  recognises: (header) => columns.every((column) => header.includes(column)),
  read,
}

function read(record: Readonly<Record<string, string>>): OrderRow | RefusedRow {
  const { InvoiceNo: order = '', StockCode: product = '', CustomerID: customer = '' } = record
  if (order === '') return { refused: 'InvoiceNo is empty' }
  if (product === '') return { refused: 'StockCode is empty' }
  const quantity = Number(record.Quantity)
  if (!Number.isInteger(quantity) || quantity === 0)
    return { refused: `Quantity is not a whole number of pieces: ${record.Quantity}` }
  const price = parseDecimal(record.UnitPrice ?? '')
  if (price === undefined) return { refused: `UnitPrice is not a number: ${record.UnitPrice}` }
  const at = timeOf(record.InvoiceDate ?? '')
  if (at === undefined) return { refused: `InvoiceDate is not a date: ${record.InvoiceDate}` }
  const isReturn = order.startsWith('C')
  const whose = customer === '' ? undefined : customer.replace(/\.0$/, '')
  const country = record.Country || undefined
  const refused = noSale({ price, quantity, isReturn })
  if (refused !== undefined)
    return { refused, ...(whose === undefined ? {} : { person: { customer: whose, at, country } }) }
  return {
    order,
    sequence: Number(order.replace(/\D/g, '')) || 0,
    isReturn,
    at,
    customer: whose,
    country,
    product,
    name: (record.Description ?? '').trim() || product,
    category: undefined,
    quantity: Math.abs(quantity),
    price,
    isGoods: !notGoods.has(product),
  }
}

function noSale(row: {
  readonly price: bigint
  readonly quantity: number
  readonly isReturn: boolean
}): string | undefined {
  if (row.price <= 0n) return 'UnitPrice is not above 0: a gift or a stock adjustment, no sale'
  if (!row.isReturn && row.quantity < 0)
    return 'Quantity is negative outside a return: a stock adjustment'
  return row.isReturn && row.quantity > 0 ? 'Quantity is positive in a return' : undefined
}

// `2010-12-01 08:26:00`, or `12/1/2010 8:26` as spreadsheets of it have.
function timeOf(text: string): number | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/.exec(text)
  const [year, month, day, hour, minute, second] = iso
    ? [iso[1], iso[2], iso[3], iso[4], iso[5], iso[6] ?? 0].map(Number)
    : american
      ? [american[3], american[1], american[2], american[4], american[5], 0].map(Number)
      : []
  if (year === undefined || month === undefined) return undefined
  return utcOfLocal(Date.UTC(year, month - 1, day, hour, minute, second), zone)
}
