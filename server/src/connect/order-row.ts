import type { Decimal } from '../lib/decimal.ts'

/** One line of an order file as a layout understood it. */
export type OrderRow = {
  readonly order: string
  /** Natural order among orders of the same time. */
  readonly sequence: number
  /** A cancellation or return: `quantity` came back. */
  readonly isReturn: boolean
  /** UTC ms. */
  readonly at: number
  /** The shop's own id of the member; undefined for guests. */
  readonly customer: string | undefined
  readonly country: string | undefined
  readonly product: string
  readonly name: string
  readonly category: string | undefined
  /** Positive whole number of pieces. */
  readonly quantity: number
  /** Price of one, ten-thousandths of the currency unit. */
  readonly price: Decimal
  /** False for shipping, fees, manual corrections. */
  readonly isGoods: boolean
}

/** A customer whom a line names, whatever else is wrong with it. */
export type KnownPerson = Pick<OrderRow, 'at' | 'country'> & { readonly customer: string }

/** A layout of order files that is recognised by its header. */
export type OrderLayout = {
  readonly name: string
  readonly currency: string
  readonly zone: string
  readonly recognises: (header: readonly string[]) => boolean
  /** The row, or in a sentence why it is none. */
  readonly read: (record: Readonly<Record<string, string>>) => OrderRow | RefusedRow
}

export type RefusedRow = { readonly refused: string; readonly person?: KnownPerson }
