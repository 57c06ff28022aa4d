import { browserPage } from './browser.ts'
import { type Client, client, version } from './client.ts'
import { hearDataLayer, layerEvent } from './datalayer.ts'
import type { PushOptions } from './push.ts'
import { watchStay } from './stay.ts'
import { watchViews } from './views.ts'

const methods = ['track', 'identify', 'page', 'alias', 'group', 'reset', 'consent'] as const
type Method = (typeof methods)[number]
type Call = readonly [Method | 'askPush', ...unknown[]]

/** `window.danggol`: the snippet's waiting list before the script has come, the API afterwards. */
type Holder = Window & { danggol?: unknown; dataLayer?: unknown }

function warn(problem: unknown): void {
  console.warn('danggol:', problem)
}

/** Nothing that goes wrong here may reach the shop's page. */
function guarded<A extends readonly unknown[], R>(
  act: (...given: A) => R,
): (...given: A) => R | undefined {
  return (...given) => {
    try {
      return act(...given)
    } catch (problem) {
      warn(problem)
      return undefined
    }
  }
}

/** Asks for notifications; the part of the SDK that can is loaded when it is first needed. */
type AskPush = (options?: PushOptions) => void

function api(danggol: Client, askPush: AskPush) {
  const call = guarded(([method, ...given]: Call) => {
    if (method === 'askPush') askPush(given[0] as PushOptions)
    else if (methods.includes(method))
      (danggol[method] as (...all: readonly unknown[]) => void)(...given)
  })
  return {
    ...(Object.fromEntries(
      methods.map((method) => [method, (...given: readonly unknown[]) => call([method, ...given])]),
    ) as Pick<Client, Method>),
    /** The waiting list's own form: `danggol.push(['track', 'Wish'])`. */
    push: (...calls: readonly Call[]) => {
      for (const each of calls) call(each)
    },
    askPush: guarded(askPush),
    anonymousId: guarded(() => danggol.anonymousId()),
    version,
  }
}

function begin(window: Holder & typeof globalThis, script: HTMLScriptElement): void {
  const set = script.dataset
  const host = (set.host ?? new URL(script.src).origin).replace(/\/$/, '')
  const key = set.key ?? ''
  const danggol = client(browserPage(window), {
    url: `${host}/v1/b`,
    key,
    kiosk: set.mode === 'shared',
    waitForConsent: set.consent === 'wait',
    stay: watchStay(window),
    ...(set.messages !== 'off' && {
      onsite: {
        host,
        load: async (link) => {
          const part: Promise<typeof import('./onsite/index.ts')> = import(`${host}/view.js`)
          return (await part).shower(window, link)
        },
      },
    }),
  })
  const early = Array.isArray(window.danggol) ? (window.danggol as readonly Call[]) : []
  const askPush = (options: PushOptions = {}) => {
    const asked = { host, key, anonymousId: danggol.anonymousId(), options }
    const part: Promise<typeof import('./push.ts')> = import(`${host}/push.js`)
    part.then((loaded) => loaded.askPush(window, asked)).catch(warn)
  }
  const made = api(danggol, askPush)
  window.danggol = made

  danggol.start()
  const view = guarded(() => danggol.page())
  if (set.page !== 'off') {
    view()
    watchViews(window, view)
  }
  made.push(...early)
  // Page code that took hold of the waiting list before the script came reaches the API through it.
  Object.assign(early, made)
  if (set.datalayer !== 'off') {
    hearDataLayer(
      window,
      guarded((entry: unknown) => {
        const heard = layerEvent(entry)
        if (heard) danggol.track(heard.name, heard.params, { context: { source: 'dataLayer' } })
      }),
    )
  }
  window.addEventListener('pagehide', guarded(danggol.leave))
  // Back from the browser's page cache: go on where it stopped.
  window.addEventListener('pageshow', guarded(danggol.start))
  window.document.addEventListener(
    'visibilitychange',
    guarded(() => {
      if (window.document.visibilityState === 'hidden') danggol.flush()
    }),
  )
}

guarded(() => {
  const found = document.currentScript ?? document.querySelector('script[data-key][src*="/sdk"]')
  // A second copy of the snippet finds the API instead of the waiting list and leaves it in peace.
  const holder: Holder & typeof globalThis = window
  const running = holder.danggol && !Array.isArray(holder.danggol)
  if (!(found instanceof HTMLScriptElement) || running) return
  const start = guarded(() => begin(window, found))
  // A page drawn ahead of time is not a visit until somebody looks at it.
  if ((document as Document & { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', start, { once: true })
  } else start()
})()
