import type { Condition, Definition } from '../../segments/definition.ts'
import { days, did, every, factNumber, some } from '../../segments/ready/conditions.ts'
import type { PageTrigger } from '../page/page-trigger.ts'

const day = { last: days(1) }

/**
 * Whom a page would have met within a day: who saw a page or did what its message waits for, in the audience. How they moved on
 * it and which pages are left out is not looked at, so a few of them would not have seen it.
 */
export function peopleOfPages(
  { when, visitor, fromView }: Pick<PageTrigger, 'when' | 'visitor' | 'fromView'>,
  audience: Condition | undefined,
): Definition {
  const events = when.flatMap((one) => (one.kind === 'event' ? [one] : []))
  const came = events.map(({ event, filter }) =>
    did(event, 1, { ...day, ...(filter ? { where: filter } : {}) }),
  )
  const saw = did('Page Viewed', fromView, day)
  // Who was here before is met at their first page.
  const back = every(did('Page Viewed', 1, day), factNumber('visits.count', '>=', 2)).where
  const here = events.length > 0 ? some(...came) : fromView > 1 ? some(saw, back) : saw
  return every(here, ...visitorIs[visitor], ...(audience ? [audience] : []))
}

const visitorIs: { readonly [V in PageTrigger['visitor']]: readonly Condition[] } = {
  all: [],
  stranger: [{ kind: 'member', is: 'anonymous' }],
  member: [{ kind: 'member', is: 'member' }],
  new: [factNumber('visits.count', '<=', 1)],
  returning: [factNumber('visits.count', '>=', 2)],
}
