import type { JsonObject } from '../lib/json.ts'

/**
 * Parts of category names that make a product sensitive where the shop did not say otherwise: what it sells there tells of its
 * buyer's body or bed, and must not stand on a locked phone (docs/guide/catalogue.md).
 */
export const usualSensitiveCategories: readonly string[] = [
  '성인',
  '임신',
  '출산',
  '피임',
  '다이어트',
  '의약',
  '건강',
  '탈모',
  'adult',
  'pregnan',
  'contracept',
  'diet',
  'medic',
  'health',
]

/** The shop's parts of names (its `catalog` settings), lower-cased; the usual ones where it never said. */
export function sensitiveCategoriesOf(settings: JsonObject): readonly string[] {
  const catalog = settings.catalog as JsonObject | undefined
  const said = catalog?.sensitiveCategories
  if (!Array.isArray(said)) return usualSensitiveCategories
  return said.filter((one) => typeof one === 'string').map((one: string) => one.toLowerCase())
}
