/** Is it of this category, or of one below it? Categories are paths joined by `/`. */
export function isWithin(category: string | null, above: string): boolean {
  return category === above || (category?.startsWith(`${above}/`) ?? false)
}
