import { expect, test } from 'vitest'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { vocabulary } from './vocabulary.store.ts'

test('one of its questions that takes too long refuses the answer, and ends nothing else', async () => {
  const slow = Promise.withResolvers<readonly never[]>()
  const query = async (sql: string) => {
    if (sql.includes('array join mapKeys')) return await slow.promise
    throw new Error('Timeout exceeded')
  }
  const asked = vocabulary({ query } as unknown as Warehouse, 1 as ShopId, { position: 0 })
  // The others fail while the first is still at work; a failure nobody waits for would end the run here.
  await expect(asked).rejects.toThrow('Timeout exceeded')
  slow.resolve([])
})
