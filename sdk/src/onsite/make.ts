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

/** A button that sends no form of the page. */
export function press(
  into: Node,
  given: { readonly text: string; readonly is?: string; readonly name?: string },
  act: () => void,
): HTMLButtonElement {
  const button = make(into, 'button', given)
  button.type = 'button'
  if (given.name) button.setAttribute('aria-label', given.name)
  button.addEventListener('click', act)
  return button
}

/** An address of the web; anything else (`javascript:`, `data:`) is undefined, whoever wrote it. */
export function web(address: string | null | undefined): string | undefined {
  return address && /^https?:\/\//i.test(address) ? address : undefined
}

/** A link that tells when it is followed; undefined where the address is none of the web. */
export function link(
  into: Node,
  given: { readonly to: string | null | undefined; readonly text?: string; readonly is?: string },
  followed: () => void,
): HTMLAnchorElement | undefined {
  const to = web(given.to)
  if (!to) return undefined
  const element = make(into, 'a', given)
  element.href = to
  element.addEventListener('click', followed)
  return element
}

/** A picture that may not come: then its place goes too. */
export function picture(into: Node, src: string | null, alt: string): HTMLImageElement | undefined {
  const from = web(src)
  if (!from) return undefined
  const image = make(into, 'img')
  image.alt = alt
  image.decoding = 'async'
  image.addEventListener('error', () => image.remove())
  image.src = from
  return image
}
