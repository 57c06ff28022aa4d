/** What the shop reads of Danggol's answers; anything else counts as nothing. */
export type Item = { readonly [key: string]: unknown }

export function itemOf(answer: unknown): Item {
  return typeof answer === 'object' && answer !== null ? { ...answer } : {}
}

/** The items of a page of a list. */
export function itemsOf(answer: unknown): readonly Item[] {
  const { items } = itemOf(answer)
  return Array.isArray(items) ? items.map(itemOf) : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
