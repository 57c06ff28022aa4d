import type { CustomerId } from '../lib/brand.ts'
import type { Happening } from './happening.ts'
import type { Emitted } from './turn.ts'

/** How many happenings may follow from each other; the next is cut and reported, or two campaigns could wake each other for ever. */
export const chainLimit = 10

/** What the rooms of one turn emit; a person who is set aside takes theirs back. */
export function emissions() {
  const kept: Emitted[] = []
  return {
    emit: (happening: Emitted) => void kept.push(happening),
    mark: () => kept.length,
    /** Forgets what was emitted for the customer since the mark. */
    takeBack: (customer: CustomerId, mark: number) => {
      for (let index = kept.length - 1; index >= mark; index--) {
        if (kept[index]?.customer === customer) kept.splice(index, 1)
      }
    },
    all: (): readonly Emitted[] => kept,
  }
}

/** The happenings to append, and those whose chain was cut. The same cause gives the same message id. */
export function asHappenings(
  emitted: readonly Emitted[],
  now: number,
): { readonly happenings: readonly Happening[]; readonly cut: readonly Emitted[] } {
  const happenings: Happening[] = []
  const cut: Emitted[] = []
  for (const one of emitted) {
    const chain = (one.because?.body.chain ?? 0) + 1
    if (chain > chainLimit) {
      cut.push(one)
      continue
    }
    happenings.push({
      kind: one.kind,
      name: one.name,
      at: one.at,
      receivedAt: now,
      messageId: `${one.name}:${one.customer}:${one.causeKey}`,
      ids: { customer: one.customer, verified: true },
      body: {
        properties: one.properties,
        ...(one.traits ? { traits: one.traits } : {}),
        ...(one.traitSet ? { traitSet: one.traitSet } : {}),
        chain,
      },
    })
  }
  return { happenings, cut }
}
