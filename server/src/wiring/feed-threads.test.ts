import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { products, type ReadProduct } from '../connect/feeds/feed-tell.service.ts'
import { newTestFolder } from '../testing/folder.driver.ts'
import { productsInThread } from './feed-threads.ts'

let folder = ''
beforeAll(() => {
  folder = newTestFolder()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const feed = { mapping: '{}' }
function written(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
async function all(of: AsyncGenerator<ReadProduct>): Promise<readonly ReadProduct[]> {
  const found: ReadProduct[] = []
  for await (const one of of) found.push(one)
  return found
}

test('a thread reads what the server itself would read, in its order', async () => {
  const lines = Array.from({ length: 1_203 }, (_, at) => `p${at}\t상품 ${at}\t${at * 100}`)
  const path = written('ep.txt', ['id\ttitle\tprice_pc', ...lines, '\t이름만\t1'].join('\n'))
  const read = await all(productsInThread(feed, path))
  expect(read).toHaveLength(1_204)
  expect(read).toEqual(await all(products(feed, path)))
})

test('a file that breaks on the way is refused in the words of whoever read it', async () => {
  const path = written('broken.json', '[{"id":"p1","title":"쌀"},{"id":')
  const said = async (of: AsyncGenerator<ReadProduct>) =>
    await all(of).catch(({ code, message, field }) => ({ code, message, field }))
  const there = await said(productsInThread(feed, path))
  expect(there).toMatchObject({ code: 'invalid', field: 'file' })
  expect(there).toEqual(await said(products(feed, path)))
})

test('whoever has read enough leaves, and another may read the same file', async () => {
  const path = written('many.csv', `id,title\n${'a,b\n'.repeat(5_000)}`)
  for await (const { line } of productsInThread(feed, path)) if (line === 700) break
  expect(await all(productsInThread(feed, path))).toHaveLength(5_000)
})
