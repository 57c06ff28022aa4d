/** Old libraries give these a `toJSON` that turns a list into a text. */
const meddledWith: readonly object[] = [Array.prototype, String.prototype, Number.prototype]

/** JSON as the standard says it, also on a page whose libraries changed how lists and texts are written. */
export function asJson(value: unknown): string {
  const found = meddledWith.filter((one) => 'toJSON' in one) as { toJSON?: unknown }[]
  const kept = found.map(({ toJSON }) => toJSON)
  try {
    for (const one of found) one.toJSON = undefined
    return JSON.stringify(value)
  } finally {
    found.forEach((one, at) => {
      one.toJSON = kept[at]
    })
  }
}
