import type { Page } from './page.ts'
import type { Store } from './store.ts'

const visitMs = 30 * 60_000

export type Tally = {
  readonly startedAt: number
  readonly views: number
  readonly popups: number
  readonly returning: boolean
}

/** The visit as this device counts it, over all its tabs; it ends after 30 minutes without a page view or an event. */
export function visitTally(page: Page, kept: Store) {
  const read = () => {
    const [startedAt = 0, lastAt = 0, views = 0, popups = 0, visits = 0] = (kept.get('v') ?? '')
      .split(' ')
      .map(Number)
    return page.now() - lastAt < visitMs
      ? { startedAt, views, popups, visits }
      : { startedAt: page.now(), views: 0, popups: 0, visits: visits + 1 }
  }
  const write = (add: { readonly views?: number; readonly popups?: number }) => {
    const { startedAt, views, popups, visits } = read()
    const counted = [views + (add.views ?? 0), popups + (add.popups ?? 0)]
    kept.set('v', [startedAt, page.now(), ...counted, visits].join(' '))
  }
  return {
    viewed: () => write({ views: 1 }),
    popup: () => write({ popups: 1 }),
    moved: () => write({}),
    now: (): Tally => {
      const { startedAt, views, popups, visits } = read()
      return { startedAt, views: Math.max(1, views), popups, returning: visits > 1 }
    },
  }
}
export type VisitTally = ReturnType<typeof visitTally>
