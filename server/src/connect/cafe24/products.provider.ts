import { z } from 'zod'
import { minuteMs } from '../../lib/duration.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { each, gone, inside, rowsIn } from './answers.driver.ts'
import { Cafe24Product, productOf } from './rows.ts'
import { cafe24Text } from './values.ts'

const productsAtOnce = 100
const categoriesAtOnce = 100
/** Prices taken off by Cafe24's own sales, and stock, which variants have. */
const embed = 'discountprice,variants'
/** A shop's categories change seldom. */
const categoriesMs = 10 * minuteMs

const Category = z.object({
  category_no: z.coerce.number(),
  category_name: z.string(),
  /** Names from the top down, by depth; deeper ones are null. */
  full_category_name: z.record(z.string(), z.string().nullable()).nullish(),
})
type Names = ReadonlyMap<number, string>

/** Products with their category's path, their price on sale and their stock. */
export function cafe24Products() {
  const known = new Map<string, { readonly names: Names; readonly until: number }>()

  async function categories(session: PlatformSession): Promise<Names> {
    const before = known.get(session.name)
    if (before && before.until > session.now()) return before.names
    const names = await allCategories(session)
    known.set(session.name, { names, until: session.now() + categoriesMs })
    return names
  }

  return {
    page: async (session: PlatformSession, asked: PageAsked): Promise<Page> => {
      const { window } = asked
      const changed: Record<string, string> = window
        ? {
            updated_start_date: cafe24Text(window.from),
            updated_end_date: cafe24Text(window.to),
          }
        : {}
      const answer = await session.call({
        method: 'get',
        path: '/admin/products',
        query: {
          limit: `${productsAtOnce}`,
          since_product_no: asked.cursor ?? '0',
          embed,
          ...changed,
        },
      })
      const told = rowsIn(answer, 'products')
      const names = told.length === 0 ? new Map() : await categories(session)
      const read = each(told, (one) => {
        const parsed = Cafe24Product.safeParse(one)
        return parsed.success ? productOf(parsed.data, session.name, names) : undefined
      })
      const last = read.rows.at(-1)
      return { ...read, next: told.length < productsAtOnce || !last ? null : last.id }
    },
    one: async (session: PlatformSession, id: string) => {
      const path = `/admin/products/${encodeURIComponent(id)}`
      const answer = await session.call({ method: 'get', path, query: { embed } })
      const parsed = Cafe24Product.safeParse(inside(answer, 'product'))
      if (answer.status === 404 || !parsed.success) return gone(answer)
      return productOf(parsed.data, session.name, await categories(session))
    },
  }
}

async function allCategories(session: PlatformSession): Promise<Names> {
  const names = new Map<number, string>()
  for (let offset = 0; ; offset += categoriesAtOnce) {
    const answer = await session.call({
      method: 'get',
      path: '/admin/categories',
      query: { limit: `${categoriesAtOnce}`, offset: `${offset}` },
    })
    const told = rowsIn(answer, 'categories')
    for (const one of told) {
      const { data } = Category.safeParse(one)
      if (data) names.set(data.category_no, pathOf(data))
    }
    if (told.length < categoriesAtOnce) return names
  }
}

/** `의류/니트`: a slash in a name would look like another depth. */
function pathOf({
  category_name: name,
  full_category_name: full,
}: z.infer<typeof Category>): string {
  const parts = Object.entries(full ?? {})
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([, part]) => part?.trim() || [])
  return (parts.length > 0 ? parts : [name]).map((part) => part.replaceAll('/', '·')).join('/')
}
