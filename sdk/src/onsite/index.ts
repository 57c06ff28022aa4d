import type { OnsiteAnswer, Shown } from '../../../server/src/onsite/answer.ts'
import type { Link, Shower } from '../asking.ts'
import { asJson } from '../json.ts'
import type { Acts, Spot } from './acts.ts'
import { draw } from './draw.ts'
import { awaitMoments } from './moments.ts'

const day = 86_400_000
/** Silences a page keeps of a campaign: of today until midnight here. */
const restDays = { '7d': 7, '30d': 30, never: 36_500 } as const
/** Seen: half of it for a second. */
const seenMs = 1_000
const remembered = 50
/** An app may draw the place of an inline message a little after its address changed. */
const placeTries = 12
const placeEveryMs = 250

type Answered<K extends 'coupon' | 'submit'> = Awaited<ReturnType<Acts[K]>>

/** Shows what the server decided, counts what was really seen, and waits for the moments it named. */
export function shower(window: Window & typeof globalThis, link: Link): Shower {
  const { document } = window
  const standing = new Set<() => void>()
  let popups = 0
  let stopWaiting = () => {}

  function show(shown: Shown, triesLeft = placeTries): void {
    const { view, properties, token, campaign, preview } = shown
    const tell = (name: string, more: object) => {
      if (!preview) link.track(name, { ...properties, promotion_id: String(campaign), ...more })
    }
    const at = view.form === 'inline' ? placeOf(document, view.selector) : document.documentElement
    if (!at && triesLeft > 0) {
      const timer = window.setTimeout(() => {
        standing.delete(stop)
        show(shown, triesLeft - 1)
      }, placeEveryMs)
      const stop = () => window.clearTimeout(timer)
      standing.add(stop)
      return
    }
    let leave = () => {}
    try {
      if (!at) throw new Error('no such place')
      const sight = watchSight(window, (spot) => tell('Promotion Viewed', spot))
      const closed: Acts['closed'] = (how) => {
        leave()
        if (!preview) silence(link, shown, { how, tell })
      }
      const acts = { ...asks(link, token, tell), placed: sight.watch, closed }
      const drawn = draw(document, view, acts)
      leave = () => {
        standing.delete(leave)
        sight.stop()
        drawn.leave()
      }
      standing.add(leave)
      put(at, drawn.host, view)
      drawn.enter()
    } catch {
      // The page has no such place, or something on it hinders: that is counted, and the page goes on without.
      leave()
      tell('Promotion Blocked', {})
      return
    }
    if (!preview) remember(shown)
  }

  function remember(shown: Shown): void {
    const { campaign } = shown
    if (isPopup(shown)) {
      popups++
      link.popup()
    }
    const visit = link.tally().startedAt
    const others = memory(link, 'seen').filter((one) => one.campaign !== campaign)
    const seen = [...others, { campaign, at: link.now(), visit }].slice(-remembered)
    link.set('seen', asJson(seen))
  }

  return {
    take: ({ show: all, watch }: OnsiteAnswer, isNew: boolean) => {
      if (isNew) stopWaiting = awaitMoments(window, watch, link.fire)
      for (const one of all) show(one)
    },
    leave: () => {
      stopWaiting()
      for (const end of standing) end()
      standing.clear()
      popups = 0
    },
    busy: () => popups > 0,
  }
}

function memory(link: Link, name: string): readonly Record<string, unknown>[] {
  try {
    return JSON.parse(link.get(name) ?? '[]')
  } catch {
    return []
  }
}

/** Who closes or refuses what asks them to join or to agree is left in peace for a week at least. */
function silence(
  link: Link,
  { view, campaign }: Shown,
  { how, tell }: { readonly how: Parameters<Acts['closed']>[0]; readonly tell: Tell },
): void {
  const isAsk = view.asks !== 'nothing'
  const rest = how === 'closed' || how === 'refused' ? (isAsk ? '7d' : undefined) : how
  if (rest === undefined) {
    tell('Promotion Dismissed', { how })
    return
  }
  const until = rest === 'today' ? midnight(link.now()) : link.now() + restDays[rest] * day
  const named = isAsk ? [String(campaign), view.asks] : [String(campaign)]
  const others = memory(link, 'rests').filter((one) => !named.includes(String(one.of)))
  const rests = [...others, ...named.map((of) => ({ of, until }))].slice(-remembered)
  link.set('rests', asJson(rests))
  tell('Promotion Dismissed', { how, rest, asks: view.asks, until })
}

type Tell = (name: string, more: object) => void

/** What is told to the server when something of a message is used. */
function asks(link: Link, token: string, tell: Tell): Omit<Acts, 'placed' | 'closed'> {
  return {
    now: link.now,
    clicked: (spot) => tell('Promotion Clicked', spot),
    coupon: async (part) => {
      tell('Promotion Clicked', { part })
      return (await link.post('/v1/onsite/coupon', { token })) as Answered<'coupon'>
    },
    submit: async (part, values, agreed) => {
      const sent = { token, part, values, agreed }
      return (await link.post('/v1/onsite/form', sent)) as Answered<'submit'>
    },
  }
}

function isPopup({ view: { form } }: Shown): boolean {
  return form === 'modal' || form === 'slide' || form === 'sheet' || form === 'full'
}

function midnight(now: number): number {
  const date = new Date(now)
  date.setHours(24, 0, 0, 0)
  return date.getTime()
}

function placeOf(document: Document, selector: string | null): Element | null {
  try {
    return selector === null ? null : document.querySelector(selector)
  } catch {
    return null
  }
}

const positions = {
  before: 'beforebegin',
  after: 'afterend',
  first: 'afterbegin',
  last: 'beforeend',
} as const

function put(at: Element, host: HTMLElement, { form, place }: Shown['view']): void {
  const position = positions[place as keyof typeof positions] ?? 'afterend'
  if (form === 'inline') at.insertAdjacentElement(position, host)
  else at.append(host)
}

/** Tells of each spot once it was half in sight for a second. */
function watchSight(window: Window & typeof globalThis, seen: (spot: Spot) => void) {
  const spots = new Map<Element, Spot>()
  const timers = new Map<Element, number>()
  const observer = new window.IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        window.clearTimeout(timers.get(target))
        if (intersectionRatio < 0.5) continue
        const see = () => {
          observer.unobserve(target)
          const spot = spots.get(target)
          if (spot) seen(spot)
        }
        timers.set(target, window.setTimeout(see, seenMs))
      }
    },
    { threshold: [0, 0.5] },
  )
  return {
    watch: (element: Element, spot: Spot) => {
      spots.set(element, spot)
      observer.observe(element)
    },
    stop: () => {
      observer.disconnect()
      for (const timer of timers.values()) window.clearTimeout(timer)
    },
  }
}
