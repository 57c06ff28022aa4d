import type { Page } from './page.ts'
import { cookieName, type Store } from './store.ts'

/**
 * Who the device says it is. The anonymous id lives in a cookie and in localStorage; where one was cleared the other
 * restores it. Only the shop's own id of a member is remembered, never traits.
 */
export function identity(page: Page, kept: Store) {
  const keepAnonymous = (id: string) => {
    kept.set('id', id)
    if (kept.allowed()) page.cookies.set(cookieName, id)
    return id
  }
  return {
    anonymousId: () => {
      const stored = kept.get('id')
      const cookie = kept.allowed() ? page.cookies.get(cookieName) : undefined
      if (stored && (cookie === stored || !kept.allowed())) return stored
      return keepAnonymous(cookie || stored || page.makeId())
    },
    userId: () => kept.get('user'),
    signIn: (user: string) => kept.set('user', user),
    /** After sign-out the device is a stranger: what comes next must not join the member who left. */
    startOver: () => {
      kept.remove('user')
      kept.remove('visit')
      keepAnonymous(page.makeId())
    },
  }
}
export type Identity = ReturnType<typeof identity>
