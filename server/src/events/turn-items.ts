import { pageOf } from '../catalog/seen-at.ts'
import { InternalWord } from '../customers/internal.ts'
import type { Identified } from '../customers/person.ts'
import { isOwnAct } from './acts.ts'
import type { Placed } from './happening.ts'
import type { Read } from './read-row.ts'

// What a turn's happenings are to the rooms below events.

/** Kinds whose traits are the person's; those of the line itself are set by a step of a campaign. */
const setsTraits: ReadonlySet<Read['kind']> = new Set(['identify', 'edit', 'derived'])

/** A happening as identity and profile see it (customers/identify.service.ts LineItem). */
export function asItem(happening: Read) {
  const { kind, name, at, ids, body, position, receivedAt } = happening
  return {
    kind,
    name,
    at,
    ids,
    position,
    receivedAt,
    previousId: body.previousId,
    traits: setsTraits.has(kind) ? body.traits : undefined,
    traitSet: kind === 'derived' ? body.traitSet : undefined,
    isActivity: isOwnAct(happening),
    internal: internalWord(happening),
  }
}

/** Whether it says that its person is one of the shop's own: an edit of ours does, and a visit from the office's network. */
function internalWord({ kind, body }: Read): InternalWord | undefined {
  if (kind === 'edit') return InternalWord.safeParse(body.properties?.internal).data
  return body.office ? 'office' : undefined
}

/** What the happenings say of products, for the catalogue. */
export function productItems(placed: readonly Placed[]) {
  return placed.flatMap(({ kind, name, position, at, body, importId }) =>
    kind === 'product' || kind === 'event'
      ? [
          {
            position,
            at,
            told: kind === 'product' && !body.browser,
            importId,
            properties: body.properties,
            page: name === 'Product Viewed' ? pageOf(body.context) : undefined,
          },
        ]
      : [],
  )
}

/** The happenings by which later turns and history learn of a turn's merges. */
export function mergeNews(identified: Identified, now: number) {
  return identified.merges.map((merge) => ({
    kind: 'derived' as const,
    name: 'Customer Merged',
    customer: merge.to,
    at: now,
    causeKey: `merge:${merge.from}`,
    properties: { from: merge.from, to: merge.to, position: merge.position },
  }))
}
