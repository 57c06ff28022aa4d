import type { OnsiteAnswer, Shown } from '../../../server/src/onsite/answer.ts'
import type { Link, Shower } from '../asking.ts'
import type { Acts, Spot } from './acts.ts'
import { type Drawn, draw } from './draw.ts'
import { awaitMoments } from './moments.ts'

const day = 86_400_000
/** Silences a page keeps of a campaign: of today until midnight here. */
const restDays = { '7d': 7, '30d': 30, never: 36_500 } as const
/** Seen: half of it for a second. */
const seenMs = 1_000
const remembered = 50

/** Shows what the server decided, counts what was really seen, and waits for the moments it named. */
export function shower(window: Window & typeof globalThis, link: Link): Shower {
  const { document } = window
  const standing = new Set<Drawn>()
  let popups = 0
  let stopWaiting = () => {}

  const memory = (name: string): readonly Record<string, unknown>[] => {
    try {
      return JSON.parse(link.get(name) ?? '[]')
    } catch {
      return []
    }
  }

  function show(shown: Shown): void {
    const { view, properties, token, campaign } = shown
    if (view.form === 'inline' && !placeOf(document, view.selector)) {
      link.track('Promotion Blocked', properties)
      return
    }
    const tell = (name: string, more: object) =>
      link.track(name, { ...properties, promotion_id: String(campaign), ...more })
    const sight = watchSight(window, (spot) => tell('Promotion Viewed', spot))
    const acts: Acts = {
      now: link.now,
      clicked: (spot) => tell('Promotion Clicked', spot),
      placed: sight.watch,
      closed: (how) => {
        sight.stop()
        standing.delete(drawn)
        drawn.leave()
        silence(shown, how, tell)
      },
      coupon: async (part) => {
        tell('Promotion Clicked', { part })
        return (await link.post('/v1/onsite/coupon', { token })) as Awaited<
          ReturnType<Acts['coupon']>
        >
      },
      submit: async (part, values, agreed) =>
        (await link.post('/v1/onsite/form', { token, part, values, agreed })) as Awaited<
          ReturnType<Acts['submit']>
        >,
    }
    const drawn = draw(document, view, acts)
    standing.add(drawn)
    put(document, drawn, shown)
    drawn.enter()
    if (isPopup(shown)) {
      popups++
      link.popup()
    }
    const visit = link.tally().startedAt
    const others = memory('seen').filter((one) => one.campaign !== campaign)
    const seen = [...others, { campaign, at: link.now(), visit }].slice(-remembered)
    link.set('seen', JSON.stringify(seen))
  }

  function silence(
    { view, campaign }: Shown,
    how: Parameters<Acts['closed']>[0],
    tell: (name: string, more: object) => void,
  ): void {
    // Who closes or refuses what asks them to join or to agree is left in peace for a week at least.
    const isAsk = view.asks !== 'nothing'
    const rest = how === 'closed' || how === 'refused' ? (isAsk ? '7d' : undefined) : how
    if (rest === undefined) {
      tell('Promotion Dismissed', { how })
      return
    }
    const until = rest === 'today' ? midnight(link.now()) : link.now() + restDays[rest] * day
    const named = isAsk ? [String(campaign), view.asks] : [String(campaign)]
    const others = memory('rests').filter((one) => !named.includes(String(one.of)))
    const rests = [...others, ...named.map((of) => ({ of, until }))].slice(-remembered)
    link.set('rests', JSON.stringify(rests))
    tell('Promotion Dismissed', { how, rest, asks: view.asks, until })
  }

  return {
    take: ({ show: all, watch }: OnsiteAnswer, isNew: boolean) => {
      if (isNew) stopWaiting = awaitMoments(window, watch, link.fire)
      for (const one of all) show(one)
    },
    leave: () => {
      stopWaiting()
      for (const drawn of standing) drawn.leave()
      standing.clear()
      popups = 0
    },
    busy: () => popups > 0,
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

function put(document: Document, { host }: Drawn, { view }: Shown): void {
  const at = view.form === 'inline' ? placeOf(document, view.selector) : null
  const position = positions[view.place as keyof typeof positions] ?? 'afterend'
  if (at) at.insertAdjacentElement(position, host)
  else document.body.append(host)
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
