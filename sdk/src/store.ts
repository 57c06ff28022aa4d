import type { Page } from './page.ts'

/** Everything the SDK remembers begins with this, so that it can be found and forgotten. */
export const prefix = 'dg.'
/** The first-party cookie with the device's id; the shop's server may read it to send `anonymousId`. */
export const cookieName = 'dg_id'

/** What the SDK remembers of a device. Before `allow` nothing is read or written outside this page's memory. */
export function store(page: Page, allowedAtStart: boolean) {
  const held = new Map<string, string>()
  let allowed = allowedAtStart

  const get = (key: string) =>
    held.get(key) ?? (allowed ? page.storage.get(prefix + key) : undefined)
  const set = (key: string, value: string) => {
    held.set(key, value)
    if (!allowed) return
    page.storage.set(prefix + key, value)
    // Kept in memory only where storage is blocked or full: another tab may change what is stored.
    if (page.storage.get(prefix + key) === value) held.delete(key)
  }
  const remove = (key: string) => {
    held.delete(key)
    if (allowed) page.storage.remove(prefix + key)
  }

  return {
    allowed: () => allowed,
    get,
    set,
    remove,
    /** Keys kept by this and other pages of the shop that start with `start`. */
    keys: (start: string) =>
      allowed
        ? page.storage
            .keys()
            .filter((key) => key.startsWith(prefix + start))
            .map((key) => key.slice(prefix.length))
        : [],
    /** The visitor agreed: what was held in memory is kept from now on. */
    allow: () => {
      allowed = true
      for (const [key, value] of held) set(key, value)
    },
    /** The visitor declined: every trace on the device goes. */
    forget: () => {
      for (const key of page.storage.keys()) if (key.startsWith(prefix)) page.storage.remove(key)
      page.cookies.remove(cookieName)
      held.clear()
      allowed = false
    },
  }
}
export type Store = ReturnType<typeof store>
