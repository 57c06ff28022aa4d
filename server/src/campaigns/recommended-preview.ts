import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { ParsedMessage } from '../messages/draw.ts'
import { recsOf } from '../messages/recommended.ts'
import type { Recipe } from '../recommendations/recipe.ts'
import type { Recommended } from '../recommendations/recommended.ts'
import type { Shop } from '../shops/shop.ts'

/** What a recipe gives a customer now, or undefined: somebody of whom nothing is known. */
export type RecsForPreview = (
  shop: ShopId,
  recipe: Recipe,
  customer: number | undefined,
) => Promise<readonly Recommended[]>

/** What a message would recommend, as its templates see it; for nobody in particular, what the shop would show anybody. */
export async function recsShown(
  { recommend }: { readonly recommend?: RecsForPreview },
  about: {
    readonly shop: Shop
    readonly content: Pick<ParsedMessage, 'recommend'>
    readonly customer?: number | undefined
  },
): Promise<JsonObject> {
  const recipe = about.content.recommend
  if (!recipe || !recommend) return {}
  const shown = about.customer === undefined ? forAnybody(recipe) : recipe
  return recsOf(await recommend(about.shop.id, shown, about.customer), about.shop.language)
}

function forAnybody(recipe: Recipe): Recipe {
  const filters = { ...recipe.filters, favouriteCategory: false }
  return { ...recipe, filters, fallback: [...recipe.fallback, 'popular'], atLeast: 0 }
}
