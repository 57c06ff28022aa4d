/** A page of a Cafe24 shop as far as it can be read; everything but the address may be missing. */
export type ShopPage = {
  readonly path: string
  readonly search: string
  /** What a `<meta property="…">` of the page says. */
  readonly meta: (property: string) => string | undefined
  /** What the skin's own scripts left on the page: `iProductNo`, `product_price` … */
  readonly left: (name: string) => unknown
}

/** What a page is, and the event that it tells beside its view. */
export type Recognised = {
  readonly kind:
    | 'main'
    | 'join'
    | 'join_result'
    | 'login'
    | 'search'
    | 'list'
    | 'product'
    | 'cart'
    | 'order_form'
    | 'order_result'
    | 'my'
    | 'other'
  readonly event?: {
    readonly name: string
    readonly properties: { readonly [key: string]: unknown }
  }
}

/**
 * What a page of a Cafe24 shop is, by its address: skins change its looks, the address stays. An order that the page tells of is not
 * told on: the shop's own orders come from Cafe24, and an order that waits for its bank transfer is none yet.
 */
export function recognise(page: ShopPage): Recognised {
  const { path, search } = page
  const asked = new URLSearchParams(search)
  if (path === '/' || /^\/(index|main)\.html$/.test(path)) return { kind: 'main' }
  if (/^\/member\/(join_result|joinresult)/.test(path)) return { kind: 'join_result' }
  if (/^\/member\/(join|agreement)/.test(path)) return { kind: 'join' }
  if (/^\/member\/login/.test(path)) return { kind: 'login' }
  if (/^\/product\/search\.html/.test(path)) return searched(asked)
  const product = productNo(page, asked)
  if (product)
    return {
      kind: 'product',
      event: { name: 'Product Viewed', properties: productOn(page, product) },
    }
  const list =
    /^\/category\/(?:[^/]+\/)?(\d+)/.exec(path)?.[1] ??
    (path === '/product/list.html' ? asked.get('cate_no') : null)
  if (list)
    return { kind: 'list', event: { name: 'Product List Viewed', properties: { list_id: list } } }
  if (/^\/order\/basket\.html/.test(path))
    return { kind: 'cart', event: { name: 'Cart Viewed', properties: {} } }
  if (/^\/order\/order_?form\.html/.test(path))
    return { kind: 'order_form', event: { name: 'Checkout Started', properties: {} } }
  if (/^\/order\/order_?result/.test(path)) return { kind: 'order_result' }
  return { kind: path.startsWith('/myshop/') ? 'my' : 'other' }
}

function searched(asked: URLSearchParams): Recognised {
  const query = asked.get('keyword')?.trim()
  const event = { name: 'Products Searched', properties: { query } }
  return query ? { kind: 'search', event } : { kind: 'search' }
}

/** `/product/<name>/<no>/…`, `/product/detail.html?product_no=<no>`; a skin with other addresses leaves it in `iProductNo`. */
function productNo({ path, left }: ShopPage, asked: URLSearchParams): string | undefined {
  if (!path.startsWith('/product/')) return undefined
  const inPath = /^\/product\/[^/]+\/(\d+)(?:\/|$)/.exec(path)?.[1]
  const inQuery = path === '/product/detail.html' ? asked.get('product_no') : null
  const said = inPath ?? inQuery ?? left('iProductNo')
  return /^\d+$/.test(String(said)) ? String(said) : undefined
}

function productOn({ meta, left }: ShopPage, no: string) {
  const price = Number(
    meta('product:sale_price:amount') ?? meta('product:price:amount') ?? left('product_price'),
  )
  const said = {
    name: meta('og:title') ?? left('product_name'),
    image_url: meta('og:image'),
    ...(price > 0 && { price, currency: meta('product:price:currency') ?? 'KRW' }),
  }
  return { product_id: no, ...said }
}

/** Lines of `CAFE24API.getCartList` as events tell them; undefined for what is none. */
export function cartLines(told: unknown): readonly object[] | undefined {
  const carts = (told as { readonly carts?: unknown } | undefined)?.carts
  if (!Array.isArray(carts)) return undefined
  return carts.flatMap((one: { readonly [key: string]: unknown }) => {
    if (!one?.product_no) return []
    const price = Number(one.product_price)
    return [
      {
        product_id: String(one.product_no),
        quantity: Number(one.quantity) || 1,
        ...(price > 0 && { price }),
      },
    ]
  })
}
