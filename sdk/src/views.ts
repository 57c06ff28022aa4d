/** Calls `viewed` after each route change of a single-page app (History API); a changed #hash alone is no new page. */
export function watchViews(window: Window, viewed: () => void): void {
  const address = () => window.location.pathname + window.location.search
  let last = address()
  const look = () => {
    // Frameworks set the title just after the address: look when they are done.
    window.setTimeout(() => {
      if (address() === last) return
      last = address()
      viewed()
    }, 50)
  }
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = window.history[name]
    window.history[name] = function (this: History, ...given: Parameters<History['pushState']>) {
      original.apply(this, given)
      look()
    }
  }
  window.addEventListener('popstate', look)
}
