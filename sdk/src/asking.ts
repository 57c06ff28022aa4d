import type { OnsiteAnswer } from '../../server/src/onsite/answer.ts'
import type { Identity } from './identity.ts'
import type { Page } from './page.ts'
import type { Store } from './store.ts'
import { type Tally, visitTally } from './tally.ts'

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
  const { page, kept, ids, host, key } = needs
  const tally = visitTally(page, kept)
  let view = ''
  let events: readonly Told[] = []
  let watched: ReadonlyMap<string, readonly number[]> = new Map()
  let shower: Promise<Shower> | undefined
  let open: Shower | undefined
  let signature: string | undefined
  let cancel = () => {}

  const post: Link['post'] = (path, body) =>
    page.ask(
      host + path,
      JSON.stringify({ writeKey: key, anonymousId: ids.anonymousId(), ...body }),
    )

  async function ask(fired?: number): Promise<void> {
    if (!kept.allowed() || page.now() < Number(kept.get('quiet') ?? 0)) return
    const { url, title } = page.where()
    const user = ids.userId()
    const asked = view
    const told = events.length
    const preview = /[?&]dg_preview=([^&#]+)/.exec(url)?.[1]
    const answer = (await post('/v1/onsite', {
      ...(user && { userId: user }),
      ...(signature && { userSignature: signature }),
      view,
      page: { url, title },
      visit: tally.now(),
      events,
      ...(fired && { fired }),
      busy: open?.busy() ?? false,
      seen: listIn(kept, 'seen'),
      rests: listIn(kept, 'rests'),
      ...(preview && { preview: decodeURIComponent(preview) }),
    })) as OnsiteAnswer | undefined
    if (!answer?.show || asked !== view) return
    if (answer.quietSeconds > 0) kept.set('quiet', String(page.now() + answer.quietSeconds * 1000))
    if (fired === undefined) watched = eventsIn(answer)
    if (answer.show.length === 0 && (fired !== undefined || answer.watch.length === 0)) return
    await show(answer, fired === undefined)
    if (fired === undefined) for (const one of events.slice(told)) heard(one.name)
  }

  async function show(answer: OnsiteAnswer, isNew: boolean): Promise<void> {
    try {
      shower ??= needs.load({
        get: kept.get,
        set: kept.set,
        now: page.now,
        track: needs.track,
        fire: (campaign) => void ask(campaign),
        post,
        tally: tally.now,
        popup: tally.popup,
      })
      open = await shower
      open.take(answer, isNew)
    } catch {
      shower = undefined
      // Something on the device keeps the part from loading: that is counted, not fought.
      for (const one of answer.show) needs.track('Promotion Blocked', one.properties)
    }
  }

  const heard = (name: string) => {
    for (const campaign of watched.get(name) ?? []) void ask(campaign)
  }

  return {
    /** A page was opened; what was told of the one before is over. */
    viewed: () => {
      view = page.makeId()
      events = []
      watched = new Map()
      open?.leave()
      tally.viewed()
      cancel()
      cancel = page.later(() => void ask(), gatherMs)
    },
    /** An event of the page is on its way to the server. */
    told: (one: Omit<Told, 'at'>) => {
      tally.moved()
      events = [...events, { ...one, at: page.now() }].slice(-eventsLimit)
      heard(one.name)
    },
    signed: (by: string | undefined) => {
      signature = by ?? signature
    },
  }
}
export type Asking = ReturnType<typeof asking>

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
