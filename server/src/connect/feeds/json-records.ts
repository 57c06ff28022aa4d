/** A record longer than this is no product, characters. */
const recordChars = 1024 * 1024
const wrappers = /"(?:products|items|data|entries|rows)"\s*:\s*\[/

/**
 * Cuts JSON into the texts of its records as it comes in: a list, an object that holds one under a usual name, or a record a line.
 * Throws an Error when a record does not end.
 */
export function jsonRecords() {
  let rest = ''
  let begun = false
  let listed = false
  let depth = 0
  let inText = false
  let escaped = false
  let scanned = 0
  let from = -1

  function begin(): boolean {
    const first = rest.trimStart()[0]
    if (first === undefined) return false
    if (first === '[') {
      rest = rest.slice(rest.indexOf('[') + 1)
      listed = true
      return true
    }
    const firstLine = rest.trimStart().split('\n', 1)[0] ?? ''
    const whole = rest.trimStart().length > firstLine.length
    if (whole && isObject(firstLine)) return true
    const wrapper = wrappers.exec(rest)
    if (wrapper) {
      rest = rest.slice(wrapper.index + wrapper[0].length)
      listed = true
      return true
    }
    if (rest.length > recordChars) throw new Error('there is no list of products in it')
    return false
  }

  function* take(text: string): Generator<string> {
    rest += text
    if (!begun) {
      begun = begin()
      if (!begun) return
    }
    for (; scanned < rest.length; scanned++) {
      const sign = rest[scanned]
      if (inText) {
        if (escaped) escaped = false
        else if (sign === '\\') escaped = true
        else if (sign === '"') inText = false
      } else if (sign === '"') inText = true
      else if (sign === '{') {
        if (depth === 0) from = scanned
        depth++
      } else if (sign === '}') {
        depth--
        if (depth === 0 && from >= 0) {
          yield rest.slice(from, scanned + 1)
          from = -1
        }
      } else if (sign === ']' && depth === 0 && listed) {
        // What follows the list is none of it.
        rest = ''
        scanned = 0
        ended = true
        return
      }
    }
    if (from >= 0 && rest.length - from > recordChars) throw new Error('a product does not end')
    rest = from >= 0 ? rest.slice(from) : ''
    scanned = rest.length
    if (from >= 0) from = 0
  }
  let ended = false

  return {
    take: (text: string): Generator<string> => (ended ? nothing() : take(text)),
    /** Says that there is no more; throws when the last record or the list is not complete. */
    end: function* end(): Generator<string> {
      if (!begun && isObject(rest)) yield rest
      else if (!begun && rest.trim() !== '') throw new Error('there is no list of products in it')
      else if (depth > 0 || (listed && !ended)) throw new Error('it breaks off')
    },
  }
}

function* nothing(): Generator<string> {}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
