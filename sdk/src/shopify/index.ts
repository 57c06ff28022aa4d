import { type PixelEvent, toldOf } from './told.ts'

type Told = PixelEvent & {
  readonly context?: {
    readonly document?: {
      readonly location?: { readonly href?: string }
      readonly referrer?: string
      readonly title?: string
    }
    readonly navigator?: { readonly userAgent?: string; readonly language?: string }
  }
}
/** What a custom pixel is given by Shopify, as the pasted lines hand it on. */
type Pixel = {
  readonly analytics: { subscribe: (name: string, heard: (event: Told) => void) => unknown }
  readonly init?: { readonly data?: { readonly customer?: { readonly id?: string } | null } }
}

/**
 * What a custom pixel of a Shopify shop loads: it tells our API the standard events, each by the visitor's id of Shopify, and who is
 * signed in. It runs in Shopify's sandbox, beside the page: nothing of the page is read or changed.
 */
function begin({ analytics, init }: Pixel, script: HTMLScriptElement): void {
  const { origin, searchParams } = new URL(script.src)
  const writeKey = searchParams.get('key')
  if (!writeKey) return
  const userId = init?.data?.customer?.id?.split('/').pop()
  let isNamed = false

  const send = (batch: readonly unknown[]): void => {
    const body = JSON.stringify({ writeKey, sentAt: new Date().toISOString(), batch })
    // A page that is left must not take its last event along.
    window.fetch(`${origin}/v1/b`, { method: 'POST', body, keepalive: true }).catch(() => {})
  }

  analytics.subscribe('all_standard_events', (event) => {
    const { document: page, navigator: browser } = event.context ?? {}
    const common = {
      anonymousId: event.clientId,
      ...(userId ? { userId } : {}),
      timestamp: event.timestamp,
      context: {
        page: { url: page?.location?.href, referrer: page?.referrer, title: page?.title },
        userAgent: browser?.userAgent,
        locale: browser?.language,
      },
    }
    const named =
      userId && !isNamed ? [{ type: 'identify', messageId: `${event.id}-i`, ...common }] : []
    const told =
      event.name === 'page_viewed'
        ? { type: 'page', properties: common.context.page }
        : asTrack(toldOf(event))
    if (!told) return
    isNamed = true
    send([...named, { ...told, messageId: event.id, ...common }])
  })
}

const asTrack = (told: ReturnType<typeof toldOf>) => told && { type: 'track', ...told }

const pixel = (window as unknown as { readonly danggolPixel?: Pixel }).danggolPixel
const script = document.currentScript
if (pixel && script instanceof HTMLScriptElement) begin(pixel, script)
