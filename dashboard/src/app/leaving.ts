import { createContext, type RefObject, useContext, useEffect } from 'react'
import type { AroundNavHandler } from 'wouter'

/** Asked before the page is left for another; it goes when `go` is called. */
type Ask = (go: () => void) => void

/** Who wants to be asked, if anybody. */
export const LeavingContext = createContext<RefObject<Ask | undefined>>({ current: undefined })

/** Lets whoever holds something unsaved be asked first; a session that ended, and another view of the same page, ask nobody. */
export function askingFirst(asked: RefObject<Ask | undefined>): AroundNavHandler {
  return (navigate, to, options) => {
    const path = to.split('?')[0]
    const ask = asked.current
    if (!ask || path === '/sign-in' || path === location.pathname) navigate(to, options)
    else ask(() => navigate(to, options))
  }
}

/** While `holds`, leaving by a link asks first, and so does the browser when its tab is closed. */
export function useLeaving(holds: boolean, ask: Ask): void {
  const asked = useContext(LeavingContext)
  useEffect(() => {
    if (!holds) return
    asked.current = ask
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => {
      asked.current = undefined
      removeEventListener('beforeunload', warn)
    }
  }, [asked, holds, ask])
}
