/** After how many days things are bought again, by the last daily count; the shop's own span stands in for what is not known. */
export type GoodsDays = {
  readonly product: (id: string) => number | undefined
  readonly category: (name: string) => number | undefined
  readonly shop: number
}

/** One span of a count; the shop's has the key ''. */
export type GoodsSpan = {
  readonly kind: 'product' | 'category' | 'shop'
  readonly key: string
  readonly days: number
}

/** A count to look up in; undefined where nothing was counted yet. */
export function goodsDaysOf(spans: readonly GoodsSpan[]): GoodsDays | undefined {
  const shop = spans.find(({ kind }) => kind === 'shop')?.days
  if (shop === undefined) return undefined
  const of = (wanted: GoodsSpan['kind']) =>
    new Map(spans.flatMap(({ kind, key, days }) => (kind === wanted ? [[key, days] as const] : [])))
  const [products, categories] = [of('product'), of('category')]
  return { product: (id) => products.get(id), category: (name) => categories.get(name), shop }
}
