/**
 * Changes the tags of HTML that may have an address, and nothing between them. Values are escaped, so every tag is the template's;
 * what looks like an attribute in plain text stays text.
 */
export function eachAddressTag(html: string, change: (tag: string) => string): string {
  const address = /href|src/gi
  let next = -1
  let finished = ''
  let done = 0
  for (const { at, end } of tagsOf(html)) {
    if (next < at) {
      address.lastIndex = at
      next = address.exec(html)?.index ?? -1
      if (next === -1) break
    }
    if (next >= end) continue
    finished += html.slice(done, at) + change(html.slice(at, end))
    done = end
  }
  return finished + html.slice(done)
}

/** Where the tags of HTML begin and end (just behind `>`), in order. */
export function* tagsOf(html: string): Generator<{ readonly at: number; readonly end: number }> {
  for (let at = html.indexOf('<'); at !== -1; ) {
    if (isLetter(html.charCodeAt(at + 1))) {
      const end = tagEnd(html, at)
      yield { at, end }
      at = html.indexOf('<', end)
    } else at = html.indexOf('<', at + 1)
  }
}

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}

const doubleQuote = 0x22
const singleQuote = 0x27
const tagClose = 0x3e

/** Just behind the `>` that ends the tag; one within quotes does not. */
function tagEnd(html: string, start: number): number {
  let quote = 0
  for (let at = start + 1; at < html.length; at++) {
    const code = html.charCodeAt(at)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === doubleQuote || code === singleQuote) quote = code
    else if (code === tagClose) return at + 1
  }
  return html.length
}
