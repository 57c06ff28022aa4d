import type { Said } from '../recommended.ts'
import type { ShelfProduct } from '../tables.ts'
import { interests, type Looking, nameOf, type Way } from '../way.ts'

/** What each likeness weighs; together 1. */
const weights = { category: 0.35, brand: 0.2, price: 0.2, looks: 0.25 } as const
/** Products that likeness is measured from: the one being looked at, and the newest. */
const seedsLimit = 3

/** Like what is looked at: category, brand, price, and the people who look at both. */
export const similar: Way = {
  name: { ko: '비슷한 상품', en: 'Similar' },
  about: {
    ko: '보고 있는 상품과 분류·브랜드·가격이 비슷하고 같은 고객이 함께 본 상품이에요.',
    en: 'Alike in category, brand and price to what is looked at, and looked at by the same people.',
  },
  offer: (looking) => {
    const found = new Map<string, { score: number; seed: ShelfProduct; other: ShelfProduct }>()
    for (const id of [...new Set(interests(looking))].slice(0, seedsLimit)) {
      const seed = looking.tables.product(id)
      if (!seed) continue
      const looks = new Map(
        looking.tables.list('viewed', id).map((one) => [one.product, one.score]),
      )
      const mates = seed.category === null ? [] : looking.tables.inCategory(seed.category)
      for (const other of new Set([...mates, ...looks.keys()])) {
        const product = looking.tables.product(other)
        if (!product || other === id) continue
        const score = likeness(seed, product) + weights.looks * Math.min(1, looks.get(other) ?? 0)
        const known = found.get(other)
        if (!known || score > known.score) found.set(other, { score, seed, other: product })
      }
    }
    return [...found.values()].map(({ score, seed, other }) => ({
      product: other.id,
      score,
      say: () => ({
        line: { ko: '비슷한 상품', en: 'Similar' },
        why: whyAlike(looking, seed, other),
      }),
    }))
  },
}

function likeness(a: ShelfProduct, b: ShelfProduct): number {
  const sameCategory = a.category !== null && a.category === b.category
  const sameBrand = a.brand !== null && a.brand === b.brand
  return (
    (sameCategory ? weights.category : 0) +
    (sameBrand ? weights.brand : 0) +
    weights.price * closeness(a, b)
  )
}

/** 1 for the same price, 0 from twice or half of it on. */
function closeness(a: ShelfProduct, b: ShelfProduct): number {
  const [one, other] = [paid(a), paid(b)]
  if (!one || !other) return 0
  return Math.max(0, 1 - Math.abs(Math.log2(one / other)))
}

function paid({ price, salePrice }: ShelfProduct): number | null {
  return salePrice ?? price
}

function whyAlike(looking: Looking, seed: ShelfProduct, other: ShelfProduct): Said {
  const sameCategory = seed.category !== null && seed.category === other.category
  const sameBrand = seed.brand !== null && seed.brand === other.brand
  const [one, two] = [paid(seed), paid(other)]
  const apart = one && two ? Math.round((two / one - 1) * 100) : undefined
  const ko = [
    ...(sameCategory ? [`분류(${seed.category})가 같아요`] : []),
    ...(sameBrand ? [`브랜드(${seed.brand})가 같아요`] : []),
    ...(apart === undefined
      ? []
      : [
          apart === 0
            ? '가격이 같아요'
            : `가격은 ${Math.abs(apart)}% ${apart > 0 ? '높아요' : '낮아요'}`,
        ]),
  ]
  const en = [
    ...(sameCategory ? [`same category (${seed.category})`] : []),
    ...(sameBrand ? [`same brand (${seed.brand})`] : []),
    ...(apart === undefined
      ? []
      : [apart === 0 ? 'same price' : `${Math.abs(apart)}% ${apart > 0 ? 'dearer' : 'cheaper'}`]),
  ]
  const name = nameOf(looking, seed.id)
  return {
    ko: `‘${name}’ 상품과 비교하면: ${ko.join(', ') || '같은 고객이 함께 봤어요'}.`,
    en: `Compared with “${name}”: ${en.join(', ') || 'looked at by the same people'}.`,
  }
}
