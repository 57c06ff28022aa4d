import type { Database } from '../database/connection.store.ts'
import type { Contents } from '../messages/contents.service.ts'
import { readKept } from '../messages/kept.ts'
import type { LinkSigner } from '../messages/link.ts'
import { drawOnsite, orderSeed, type ParsedOnsite } from '../messages/onsite/draw.ts'
import type { WaitingMessages } from '../messages/onsite/waiting.service.ts'
import type { Tables } from '../recommendations/tables.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shown } from './answer.ts'
import { placeOf, popupsAVisit } from './choose.ts'
import type { Met } from './meet.service.ts'
import { recommendedFor } from './recommended.ts'
import { type Told, tokenOf, urlKept } from './token.ts'
import type { OnsiteRequest } from './wire.ts'

/** What stands on the page of what had waited, and the places it takes. */
type FromFlows = { readonly show: readonly Shown[]; readonly taken: ReadonlySet<string> }

type WaitingRow = Awaited<ReturnType<WaitingMessages['of']>>[number]

type About = {
  readonly shop: Shop
  readonly met: Met
  readonly tables: Tables
  readonly request: OnsiteRequest
}

/** Shows what flows have left for this person, the heaviest first, by the same rules of the page as everything else. */
export function waitingShown(needs: {
  readonly db: Database
  readonly waiting: Pick<WaitingMessages, 'of' | 'show'>
  readonly contents: Pick<Contents, 'load'>
  readonly signer: LinkSigner
}) {
  return async (about: About): Promise<FromFlows> => {
    const { shop, met, request } = about
    const taken = new Set<string>(
      request.busy || request.visit.popups >= popupsAVisit ? ['popup'] : [],
    )
    const show: Shown[] = []
    if (met.customer === null) return { show, taken }
    const rows = await needs.waiting.of(shop.id, met.customer)
    if (rows.length === 0) return { show, taken }
    const contents = await needs.contents.load(
      needs.db,
      shop.id,
      rows.flatMap(({ contentId }) => contentId ?? []),
    )
    for (const row of rows) {
      const content = contents.get(row.contentId ?? '')
      if (content?.channel !== 'onsite') continue
      const place = placeOf(content.compiled.content)
      if (taken.has(place)) continue
      const drawn = drawWaiting(row, content, about)
      if (drawn === undefined || !(await needs.waiting.show(shop.id, row))) continue
      taken.add(place)
      const { view, seed } = drawn
      show.push({
        campaign: row.campaign,
        token: tokenOf(toldOf(row, about), needs.signer),
        view,
        properties: {
          campaign_id: row.campaign,
          creative: `${row.version}.${row.step}`,
          order: content.compiled.content.order,
          order_seed: seed,
        },
      })
    }
    return { show, taken }
  }
}
export type WaitingShown = ReturnType<typeof waitingShown>

function drawWaiting(row: WaitingRow, content: ParsedOnsite, about: About) {
  const { shop, met, tables, request } = about
  const { now } = met.onlooking.moment
  const { order, recommend } = content.compiled.content
  const seed = orderSeed(order, {
    campaign: row.campaign,
    version: row.version,
    assignmentKey: met.assignmentKey,
    visit: request.visit.startedAt,
    view: request.view,
  })
  const kept = readKept(row.kept)
  // Whoever is not known to be the person is told nothing of them; what cannot be drawn so waits on.
  const context = met.mayName ? kept.context : {}
  const recs = recommend
    ? recommendedFor(recommend, tables, { met, now, seed, language: shop.language })
    : []
  const drawn = drawOnsite(
    content,
    {
      context: { ...context, ...(recommend ? { recs: [...recs] } : {}) },
      customer: { name: met.mayName ? met.name : null },
      facts: met.mayName ? met.facts : undefined,
      coupon: kept.coupon,
      shop,
      at: now,
      unsubscribeUrl: shop.url,
      linkTo: (url) => url,
    },
    seed,
  )
  return drawn.kind === 'ok' ? { view: drawn.view, seed } : undefined
}

function toldOf(row: WaitingRow, { shop, met, request }: About): Told {
  const { now, url } = met.onlooking.moment
  return {
    shop: shop.id,
    campaign: row.campaign,
    version: row.version,
    step: row.step,
    device: request.anonymousId,
    occasion: `m${row.id}`,
    url: url.slice(0, urlKept),
    at: now,
  }
}
