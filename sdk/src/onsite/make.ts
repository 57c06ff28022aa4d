/** Makes an element with text, which is never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  into: Node,
  tag: K,
  given: { readonly text?: string; readonly is?: string } = {},
): HTMLElementTagNameMap[K] {
  // `ownerDocument` is null of a document itself, which nothing is put into.
  const element = (into.ownerDocument as Document).createElement(tag)
  if (given.text !== undefined) element.textContent = given.text
  if (given.is) element.className = given.is
  return into.appendChild(element)
}

/** A picture that may not come: then its place goes too. */
export function picture(into: Node, src: string, alt: string): HTMLImageElement {
  const image = make(into, 'img')
  image.alt = alt
  image.decoding = 'async'
  image.addEventListener('error', () => image.remove())
  image.src = src
  return image
}
