// What `npm i @danggol/browser` gives a shop that bundles its pages: it puts the script of the shop's own server on the page, so
// that the script and the parts it loads later are always of one version.

type Facts = { readonly [key: string]: unknown }
type Options = {
  /** When it happened, if not now. */
  readonly timestamp?: string | Date
  /** Named by the shop when the same event may be sent by its server too: the same id counts once. */
  readonly messageId?: string
  /** HMAC-SHA256 of the user id, made by the shop's server: turns the claim of an `identify` into a verified one. */
  readonly userSignature?: string
  readonly context?: Facts
}

/** The calls a page makes; before the script has come they wait for it. */
export type Danggol = {
  readonly track: (event: string, properties?: Facts, options?: Options) => void
  readonly identify: (user: string | Facts, traits?: Facts, options?: Options) => void
  readonly page: (name?: string | Facts, properties?: Facts, options?: Options) => void
  readonly alias: (user: string, previous?: string, options?: Options) => void
  readonly group: (group: string, traits?: Facts, options?: Options) => void
  readonly reset: () => void
  readonly consent: (allowed: boolean) => void
}

/** The attributes of the snippet; docs/guide/sdk.md says what each does. */
export type Settings = {
  /** Where Danggol is: `https://crm.example`. */
  readonly host: string
  /** The public browser key. */
  readonly key: string
  readonly consent?: 'wait'
  readonly mode?: 'shared'
  readonly messages?: 'off'
  readonly page?: 'off'
  readonly datalayer?: 'off'
}

const methods = ['track', 'identify', 'page', 'alias', 'group', 'reset', 'consent'] as const

/** Puts the script on the page, once, and answers the calls. Does nothing where there is no page (server rendering). */
export function load({ host, ...settings }: Settings): Danggol {
  const call =
    (method: (typeof methods)[number]) =>
    (...given: readonly unknown[]): void => {
      if (typeof window === 'undefined') return
      const holder = window as unknown as { danggol: { push: (call: readonly unknown[]) => void } }
      holder.danggol.push([method, ...given])
    }
  const calls = Object.fromEntries(methods.map((one) => [one, call(one)])) as unknown as Danggol
  if (typeof window === 'undefined') return calls
  const holder = window as unknown as { danggol?: object }
  if (holder.danggol) return calls
  holder.danggol = Object.assign([], calls)
  const script = document.createElement('script')
  script.async = true
  script.src = `${host.replace(/\/$/, '')}/sdk.js`
  Object.assign(script.dataset, settings)
  document.head.append(script)
  return calls
}
