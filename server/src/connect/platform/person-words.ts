/** A name as it is said: Korean family names stand first, without a space. null: none. */
export function personName(
  first: string | null | undefined,
  last: string | null | undefined,
): string | null {
  const [given, family] = [first?.trim() ?? '', last?.trim() ?? '']
  const isKorean = /\p{Script=Hangul}/u.test(family + given)
  const name = isKorean ? family + given : `${given} ${family}`.trim()
  return name === '' ? null : name
}

/** What is written, or null where nothing is. */
export function written(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}
