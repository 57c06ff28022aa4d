import type { Recipe, StrategyName } from '../../../server/src/recommendations/recipe.ts'

/** Where a way goes on when it has too little, unless somebody says otherwise. */
const goesOn: { readonly [S in StrategyName]: Recipe['fallback'] } = {
  best_first_products: ['popular'],
  viewed_together: ['similar', 'popular'],
  bought_together: ['viewed_together', 'popular'],
  next_after: ['bought_together', 'popular'],
  similar: ['popular'],
  recently_viewed: ['popular'],
  new_arrivals: [],
  on_sale: [],
  popular: [],
  popular_in_segment: ['popular'],
  searched: ['popular'],
  repurchase: ['next_after'],
  chosen: [],
}

/** A recipe to begin with. */
export function usualRecipe(strategy: StrategyName = 'bought_together'): Recipe {
  return {
    strategy,
    products: [],
    segment: null,
    filters: {
      inStock: true,
      notBought: false,
      onSale: false,
      priceFrom: null,
      priceTo: null,
      onlyCategories: [],
      excludeCategories: [],
      favouriteCategory: false,
    },
    fallback: [...goesOn[strategy]],
    limit: 4,
    perCategory: null,
    atLeast: 1,
  }
}
