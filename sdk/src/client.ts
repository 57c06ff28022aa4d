import { asking, type Link, previewOn, type Shower } from './asking.ts'
import { type Identity, identity } from './identity.ts'
import { asJson } from './json.ts'
import type { Page, Where } from './page.ts'
import { queue } from './queue.ts'
import type { Stay } from './stay.ts'
import { prefix, type Store, store } from './store.ts'
import { visitOrigin } from './visit.ts'

/** Of this SDK; each event carries it. */
export const version = '0.1.0'

/** Facts about people, products and pages: anything JSON can hold. */
export type Properties = { readonly [key: string]: unknown }

export type Options = {
  /** When it happened, if not now. */
  readonly timestamp?: string | Date
  /** Named by the shop when the same event may be sent by its server too: the same id counts once. */
  readonly messageId?: string
  /** HMAC-SHA256 of the user id, made by the shop's server: turns the claim of an `identify` into a verified one. */
  readonly userSignature?: string
  /** More context, merged over the SDK's own. */
  readonly context?: Properties
}

export type Settings = {
  /** Where events go: `https://danggol.example/v1/b`. */
  readonly url: string
  /** The public browser key. */
  readonly key: string
  /** Several people use this device one after another (`data-mode="shared"`). */
  readonly kiosk: boolean
  /** Nothing is stored or sent before `consent(true)` (`data-consent="wait"`). */
  readonly waitForConsent: boolean
  /** Where messages on the page are asked for, and how the part that shows them is loaded; absent: the page shows none. */
  readonly onsite?: {
    readonly host: string
    readonly load: (link: Link) => Promise<Shower>
  }
  /** How this page was used since it was last asked; absent: not counted. */
  readonly stay?: (isOver: boolean) => Stay | undefined
}

/** An event as the server gets it: what it says, and where on which device it was said. */
function messageOf(
  about: {
    readonly page: Page
    readonly kept: Store
    readonly ids: Identity
    readonly kiosk: boolean
    readonly where: Where
  },
  fields: Properties,
  options: Options,
) {
  const { page, ids } = about
  const { campaign, referrer } = visitOrigin(page, about.kept)
  const user = ids.userId()
  return {
    messageId: options.messageId ?? page.makeId(),
    timestamp: new Date(options.timestamp ?? page.now()).toISOString(),
    anonymousId: ids.anonymousId(),
    ...(user && { userId: user }),
    ...fields,
    context: {
      library: { name: '@danggol/browser', version },
      page: about.where,
      ...page.device(),
      ...(campaign && { campaign }),
      ...(referrer && { referrer: { url: referrer } }),
      ...(about.kiosk && { kiosk: true }),
      ...(options.userSignature && { userSignature: options.userSignature }),
      ...options.context,
    },
  }
}

/** Inside a single-page app document.referrer never changes: the page before is the one viewed last. */
function whereNow(page: Page, here: Where | undefined): Where {
  const now = page.where()
  return here && here.url !== now.url ? { ...now, referrer: here.url } : (here ?? now)
}

/** The page somebody is on, and the one product it said that it shows: '' where it named several. */
type OnPage = { readonly here: Where | undefined; readonly product: string | undefined }

/** The page is left or goes out of sight: how long somebody was at it, and how far down they saw. */
function stayOf(settings: Settings, on: OnPage, isOver: boolean) {
  const { here, product } = on
  const stay = settings.stay?.(isOver)
  if (!stay || !here) return undefined
  const { url, path } = here
  // Inside a single-page app the address is already the next one.
  const context = { page: here }
  return [
    {
      event: 'Page Left',
      properties: { url, path, ...(product && { product_id: product }), ...stay },
    },
    { context },
  ] as const
}

const looks = /^(Product Viewed|view_item)$/

/** The one product of a page, or '' once it showed another; in Segment's words or in GA4's, whose items come bare or as `ecommerce`. */
function alone(before: string | undefined, { product_id, items, ecommerce }: Properties): string {
  const list = items ?? (ecommerce as Properties | undefined)?.items
  const [first, more] = Array.isArray(list) ? list : []
  const shown = String(product_id ?? (more ? '' : first?.item_id) ?? '')
  return (before ?? shown) === shown ? shown : ''
}

/** The public API, over the few things of a browser in `page`. Methods may throw; `index.ts` guards the shop's page from it. */
export function client(page: Page, settings: Settings) {
  // A decision taken earlier stands; it is the one thing read before consent.
  const decided = page.storage.get(`${prefix}consent`)
  let declined = decided === 'no'
  const kept = store(page, decided ? !declined : !settings.waitForConsent)
  const ids = identity(page, kept)
  const waiting = queue({ page, kept, url: settings.url, key: settings.key })
  let on: OnPage = { here: undefined, product: undefined }
  const track = (event: string, properties: object) => send('track', { event, properties })
  const onsite = settings.onsite
    ? asking({ page, kept, ids, key: settings.key, ...settings.onsite, track })
    : undefined

  function send(type: string, fields: Properties, options: Options = {}): string | undefined {
    if (declined || previewOn(page)) return undefined
    const about = { page, kept, ids, kiosk: settings.kiosk, where: whereNow(page, on.here) }
    const message = messageOf(about, { type, ...fields }, options)
    waiting.add(asJson(message))
    return message.messageId
  }

  const tellStay = (isOver: boolean) => {
    const told = stayOf(settings, on, isOver)
    if (told) send('track', ...told)
  }

  return {
    track: (event: string, properties: Properties = {}, options?: Options) => {
      if (looks.test(event)) on = { ...on, product: alone(on.product, properties) }
      const id = send('track', { event, properties }, options)
      if (id) onsite?.told({ id, name: event, properties })
    },
    /** Who this is: `identify('member-7', { name })`, or traits alone: `identify({ skin: 'dry' })`. */
    identify: (user: string | Properties, traits: Properties = {}, options?: Options) => {
      const isMember = typeof user !== 'object'
      if (isMember) ids.signIn(String(user))
      if (isMember) onsite?.signed(options?.userSignature)
      send('identify', { traits: isMember ? traits : user }, options)
    },
    /** A page view with Segment's page properties; sent by itself on load and on each route change. */
    page: (name?: string | Properties, properties: Properties = {}, options?: Options) => {
      tellStay(true)
      const now = page.where()
      const here = { ...now, referrer: on.here ? on.here.url : now.referrer }
      on = { here, product: undefined }
      const named = typeof name === 'string'
      const all = { ...here, ...(named ? properties : name) }
      const id = send('page', { ...(named && { name }), properties: all }, options)
      if (id || previewOn(page)) onsite?.viewed()
      if (id) onsite?.told({ id, name: 'Page Viewed', properties: all })
    },
    alias: (user: string, previous?: string, options?: Options) => {
      send('alias', { userId: user, previousId: previous ?? ids.anonymousId() }, options)
    },
    group: (group: string, traits: Properties = {}, options?: Options) => {
      send('group', { groupId: group, traits }, options)
    },
    /** The member signed out. Says so as the member, then starts a new stranger. */
    reset: () => {
      send('track', { event: 'Signed Out', properties: {} })
      onsite?.over()
      ids.startOver()
      waiting.flush()
    },
    /** The visitor's choice where the snippet says `data-consent="wait"`, or a later change of mind. */
    consent: (allowed: boolean) => {
      declined = !allowed
      const isNew = allowed && !kept.allowed()
      if (!allowed) {
        waiting.clear()
        onsite?.over()
        kept.forget()
        page.storage.set(`${prefix}consent`, 'no')
        return
      }
      kept.allow()
      kept.set('consent', 'yes')
      ids.anonymousId()
      waiting.start()
      if (isNew) onsite?.agreed()
    },
    anonymousId: () => ids.anonymousId(),
    start: () => waiting.start(),
    flush: () => {
      tellStay(false)
      waiting.flush()
    },
    leave: () => {
      tellStay(false)
      waiting.leave()
    },
  }
}
export type Client = ReturnType<typeof client>
