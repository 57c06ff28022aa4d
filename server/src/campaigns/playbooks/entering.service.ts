import type { ShopId } from '../../lib/brand.ts'
import type { Definition } from '../../segments/definition.ts'
import { days, every } from '../../segments/ready/conditions.ts'
import type { Segments } from '../../segments/segments.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { Flow } from '../campaign.ts'
import { peopleSinceYesterday } from '../playbooks.store.ts'
import { eventOfTrigger } from '../trigger.ts'
import { peopleOfPages } from './page-people.ts'

type Needs = {
  readonly warehouse: Warehouse
  readonly segments: Pick<Segments, 'count'>
}

/** A flow, and the definitions of the segments it names. */
export type Counted = { readonly flow: Flow; readonly segments: ReadonlyMap<number, Definition> }

/**
 * How many people each flow would have taken in within a day up to now, in their order: who did the event and did not leave again,
 * who is in the audience of a schedule, who is in the segment whose entering begins it, whom a page would have met. null: nobody can say.
 */
export async function enteringToday(
  needs: Needs,
  shop: ShopId,
  { flows, now }: { readonly flows: readonly Counted[]; readonly now: number },
): Promise<readonly (number | null)[]> {
  const definitions = flows.map(definitionOf)
  const asked = definitions.flatMap((one) => one ?? [])
  const [counts, events] = await Promise.all([
    asked.length === 0 ? [] : needs.segments.count(shop, asked).then((one) => one.counts),
    Promise.all(
      flows.map(async ({ flow }, at) => {
        if (definitions[at] || flow.trigger.kind !== 'event') return null
        return await peopleSinceYesterday(needs.warehouse, shop, {
          event: eventOfTrigger(flow.trigger),
          exits: exitsOf(flow),
          now,
        })
      }),
    ),
  ])
  let next = 0
  return flows.map((_, at) => (definitions[at] ? (counts[next++] ?? null) : (events[at] ?? null)))
}

/** Who is counted by a definition; undefined where the event alone lets people in. */
function definitionOf({ flow, segments }: Counted): Definition | undefined {
  const { trigger } = flow
  const audience = flow.audience === undefined ? undefined : segments.get(flow.audience)
  switch (trigger.kind) {
    case 'event': {
      if (!audience) return undefined
      const { event, filter } = trigger
      return every(audience.where, {
        kind: 'event',
        event,
        ...(filter ? { where: filter } : {}),
        window: { kind: 'rolling', span: days(1) },
        measure: { of: 'count', is: { op: '>=', value: 1 } },
      })
    }
    case 'segment':
      return segments.get(trigger.segment)
    case 'page':
      return peopleOfPages(trigger, audience?.where)
    default:
      return audience
  }
}

/** What lets out again; an order that lets in does not count against itself. */
function exitsOf({ trigger, goal, exits }: Flow): readonly string[] {
  const names = [goal.event, ...exits.flatMap((one) => (one.kind === 'event' ? [one.event] : []))]
  return names.filter((name) => name !== eventOfTrigger(trigger))
}
