import { prefix } from './store.ts'

const day = 86_400_000
/** Repeated asking after a no is forbidden for 7 days (Electronic Commerce Act, decree article 27-2). */
const restDays = 7

/** What the visitor answered to an ask: closing it is a no. */
export type Answer = 'agreed' | 'refused' | 'not_for_30_days'

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

/**
 * Whether this device may be asked, and what it answered. The text kept is the time the rest ends or `never`, as the server
 * keeps it too. Without storage nobody is asked: the answer could not be remembered.
 */
export function askMemory(shelf: Shelf | undefined, ask: string, now: () => number) {
  const key = `${prefix}ask.${ask}`
  return {
    mayAsk: (): boolean => {
      try {
        const until = shelf?.getItem(key)
        if (shelf === undefined || until === 'never') return false
        return !until || now() >= Number(until)
      } catch {
        return false
      }
    },
    /** The visitor agreed on this device before. */
    agreed: (): boolean => {
      try {
        return shelf?.getItem(key) === 'never'
      } catch {
        return false
      }
    },
    remember: (answer: Answer): void => {
      const rest = answer === 'not_for_30_days' ? 30 : restDays
      try {
        shelf?.setItem(key, answer === 'agreed' ? 'never' : String(now() + rest * day))
      } catch {
        // Full or blocked: nobody is asked again on this page at least.
      }
    },
  }
}
