/** A GA4 event as the page pushed it: name and parameters untouched; the server translates them. */
export type LayerEvent = {
  readonly name: string
  readonly params: { readonly [key: string]: unknown }
}

// Tag manager's own news, and page_view, which the SDK sends by itself.
const ignored = /^(gtm\.|page_view$|optimize\.)/

/**
 * Reads one dataLayer entry in either form: `{ event, ecommerce: { items } }` (Tag Manager) or gtag's
 * `arguments` (`['event', name, params]`). Undefined for everything that is no event: `{ ecommerce: null }`, config, functions.
 */
export function layerEvent(entry: unknown): LayerEvent | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const given = entry as { readonly [key: string]: unknown }
  const list = given['0'] === 'event'
  const name = list ? given['1'] : given.event
  if (typeof name !== 'string' || !name || ignored.test(name)) return undefined
  if (list) return { name, params: { ...(given['2'] as object | undefined) } }
  // What Tag Manager added for itself stays behind.
  const params = Object.entries(given).filter(
    ([key]) => !/^(event|eventCallback|eventTimeout|gtm\..*)$/.test(key),
  )
  return { name, params: Object.fromEntries(params) }
}

/** Hears every entry of the page's dataLayer: first those already there, then each push, after whoever owns it. */
export function hearDataLayer(
  holder: { dataLayer?: unknown },
  hear: (entry: unknown) => void,
): void {
  const layer: unknown[] = Array.isArray(holder.dataLayer) ? holder.dataLayer : []
  holder.dataLayer = layer
  for (const entry of layer.slice()) hear(entry)
  const pushed = layer.push
  layer.push = function (this: unknown, ...entries: unknown[]) {
    const length = pushed.apply(layer, entries)
    for (const entry of entries) hear(entry)
    return length
  }
}
