import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { readRows } from '../platform/read-rows.ts'
import { changedPage, listIn, objectIn, pageRows } from './pages.provider.ts'
import { hasVariations, productOf, WooProduct, WooVariation } from './rows.ts'

/** A page of the products that changed, each with its variations' prices and stock. */
export async function productsOf(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const where = { path: '/products', lists: ['any'] }
  const { told, rest } = await changedPage(session, asked, where)
  const variations = new Map<string, readonly WooVariation[]>()
  for (const one of told) {
    const read = WooProduct.safeParse(one)
    if (read.success) variations.set(read.data.id, await variationsOf(session, read.data))
  }
  const row = (read: WooProduct) => productOf(read, variations.get(read.id) ?? [])
  return { ...readRows(told, { schema: WooProduct, idKey: 'id', row }), ...rest }
}

export async function oneProduct(session: PlatformSession, id: string) {
  const read = objectIn(await session.call({ method: 'get', path: `/products/${id}` }), WooProduct)
  return read && productOf(read, await variationsOf(session, read))
}

/** A product may have more variations than a page: all of them are read, for the cheapest may stand last. */
async function variationsOf(
  session: PlatformSession,
  product: WooProduct,
): Promise<readonly WooVariation[]> {
  if (!hasVariations(product)) return []
  const path = `/products/${product.id}/variations`
  const found: WooVariation[] = []
  for (let page = 1; ; page++) {
    const query = { per_page: `${pageRows}`, page: `${page}` }
    const answer = await session.call({ method: 'get', path, query })
    if (answer.status === 404) return found
    const told = listIn(answer)
    found.push(...told.map((one) => WooVariation.parse(one)))
    if (told.length < pageRows) return found
  }
}
