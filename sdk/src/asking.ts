import type { OnsiteAnswer } from '../../server/src/onsite/answer.ts'
import type { Identity } from './identity.ts'
import { asJson } from './json.ts'
import type { Page } from './page.ts'
import type { Store } from './store.ts'
import { type Tally, type VisitTally, visitTally } from './tally.ts'

/** What happened on this page is told again with each question: the server may not have it yet. */
const eventsLimit = 20
/** Events that a page tells right after its view go along with the first question. */
const gatherMs = 60

type Told = {
  readonly id: string
  readonly name: string
  readonly properties: object
  readonly at: number
}

/** What the part that shows messages may do; it is loaded only when there is something to show or to wait for. */
export type Link = {
  readonly get: (key: string) => string | undefined
  readonly set: (key: string, value: string) => void
  readonly now: () => number
  readonly track: (name: string, properties: object) => void
  /** A moment the server waits for has come. */
  readonly fire: (campaign: number) => void
  /** Posts and answers the JSON; undefined when there was none. */
  readonly post: (path: string, body: object) => Promise<unknown>
  readonly tally: () => Tally
  readonly popup: () => void
}
export type Shower = {
  /** Shows and waits; `isNew`: the page was just opened. */
  readonly take: (answer: OnsiteAnswer, isNew: boolean) => void
  /** The visitor goes on to another page of a single-page app. */
  readonly leave: () => void
  /** A popup stands on the page or stood in this view. */
  readonly busy: () => boolean
}

/** Asks the server what this page may show. Nothing is asked before the visitor agreed to be remembered. */
export function asking(needs: {
  readonly page: Page
  readonly kept: Store
  readonly ids: Identity
  readonly host: string
  readonly key: string
  readonly track: Link['track']
  readonly load: (link: Link) => Promise<Shower>
}) {
  const { page, kept, ids, host, key, track, load } = needs
  const tally = visitTally(page, kept)
  let view = ''
  let events: readonly Told[] = []
  let watched: ReadonlyMap<string, readonly number[]> = new Map()
  let shown = new Set<number>()
  let shower: Promise<Shower> | undefined
  let open: Shower | undefined
  let signature: string | undefined
  let cancel = () => {}
  const { run, clear } = inTurn(ask)

  const post: Link['post'] = (path, body) =>
    page.ask(host + path, asJson({ writeKey: key, anonymousId: nameOn(page, ids), ...body }))

  async function ask(fired?: number): Promise<void> {
    const asked = view
    const about = view ? visitorOn(needs) : undefined
    if (!about) return
    const told = events.length
    const answer = (await post('/v1/onsite', {
      ...about,
      ...(signature && { userSignature: signature }),
      view,
      visit: tally.now(),
      events,
      ...(fired && { fired }),
      busy: open?.busy() ?? false,
    })) as OnsiteAnswer | undefined
    if (!answer?.show || asked !== view) return
    if (answer.quietSeconds > 0) kept.set('quiet', String(page.now() + answer.quietSeconds * 1000))
    if (fired === undefined) watched = eventsIn(answer)
    if (answer.show.length === 0 && (fired !== undefined || answer.watch.length === 0)) return
    await show(answer, fired === undefined)
    if (fired === undefined) for (const one of events.slice(told)) heard(one.name)
  }

  async function show(answer: OnsiteAnswer, isNew: boolean): Promise<void> {
    const asked = view
    try {
      shower ??= load({ ...remembering(needs, tally), track, fire: run, post })
      open = await shower
      if (asked !== view) return
      open.take(answer, isNew)
      for (const { campaign } of answer.show) shown.add(campaign)
    } catch {
      shower = undefined
      // Something on the device keeps the part from loading: that is counted, not fought.
      for (const one of answer.show) track('Promotion Blocked', one.properties)
    }
  }

  const heard = (name: string) => {
    for (const campaign of watched.get(name) ?? []) if (!shown.has(campaign)) run(campaign)
  }
  const over = () => {
    cancel()
    clear()
    events = []
    watched = new Map()
    shown = new Set()
    open?.leave()
  }

  return {
    /** A page was opened; what was told of the one before is over. */
    viewed: () => {
      over()
      view = page.makeId()
      if (!previewOn(page)) tally.viewed()
      cancel = page.later(run, gatherMs)
    },
    /** An event of the page is on its way to the server. */
    told: (one: Omit<Told, 'at'>) => {
      tally.moved()
      events = [...events, { ...one, at: page.now() }].slice(-eventsLimit)
      heard(one.name)
    },
    /** The visitor agreed to be remembered: the page they are on may ask at last. */
    agreed: () => {
      cancel()
      run()
    },
    /** Signed out, or no longer to be remembered: what stands here may speak of who it was. */
    over: () => {
      view = ''
      signature = undefined
      over()
    },
    signed: (by: string | undefined) => {
      signature = by ?? signature
    },
  }
}
export type Asking = ReturnType<typeof asking>

/**
 * Questions one at a time, so that the second of two moments at once knows of the popup that the first brought. One that still
 * waits is not asked again: it will tell of what happens until then.
 */
function inTurn(ask: (fired?: number) => Promise<void>) {
  let turn = Promise.resolve()
  let waiting = new Set<number | undefined>()
  return {
    run: (fired?: number) => {
      if (waiting.has(fired)) return
      const mine = waiting.add(fired)
      const act = async () => {
        mine.delete(fired)
        if (mine === waiting) await ask(fired)
      }
      turn = turn.then(act).catch(() => {})
    },
    /** What waits for the page before is asked no more. */
    clear: () => {
      waiting = new Set()
      turn = Promise.resolve()
    },
  }
}

/** The link to a draft that the address of the page carries: whoever opened it looks at the draft and counts for nothing. */
export function previewOn(page: Page): string | undefined {
  return /[?&]dg_preview=([^&#]+)/.exec(page.where().url)?.[1]
}

/** Who looks at a draft is nobody: no name is made for them or left on the device. */
function nameOn(page: Page, ids: Identity): string {
  return previewOn(page) ? 'preview' : ids.anonymousId()
}

/** What the part that shows messages may read and keep on the device. */
function remembering(
  { page, kept }: { readonly page: Page; readonly kept: Store },
  { now: tally, popup }: VisitTally,
) {
  return { get: kept.get, set: kept.set, now: page.now, tally, popup }
}

/** What the device knows of the visitor and where they are; undefined while nothing may be asked. */
function visitorOn({
  page,
  kept,
  ids,
}: {
  readonly page: Page
  readonly kept: Store
  readonly ids: Identity
}) {
  const { url, title } = page.where()
  const preview = previewOn(page)
  if (preview) return { page: { url, title }, preview }
  const isQuiet = page.now() < Number(kept.get('quiet') ?? 0)
  if (!kept.allowed() || isQuiet) return undefined
  const user = ids.userId()
  return {
    ...(user && { userId: user }),
    page: { url, title },
    seen: listIn(kept, 'seen'),
    rests: listIn(kept, 'rests'),
  }
}

/** A list the part that shows messages keeps on the device. */
function listIn(kept: Store, name: string): unknown {
  try {
    return JSON.parse(kept.get(name) ?? '[]')
  } catch {
    return []
  }
}

/** Which campaigns wait for which events. */
function eventsIn({ watch }: OnsiteAnswer): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const { campaign, when } of watch)
    for (const one of when)
      if (one.kind === 'event') found.set(one.event, [...(found.get(one.event) ?? []), campaign])
  return found
}
