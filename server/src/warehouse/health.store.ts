import type { Warehouse } from './connection.store.ts'

export type Health = { readonly ok: boolean; readonly message: string }

const answerMs = 2_000

/** Whether ClickHouse answers a query within two seconds. */
export async function warehouseHealth(warehouse: Warehouse): Promise<Health> {
  try {
    await warehouse.query(
      'select 1',
      {},
      { maxMs: answerMs, signal: AbortSignal.timeout(answerMs) },
    )
    return { ok: true, message: 'answers' }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
