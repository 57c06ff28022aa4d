import type { Watch } from '../../../server/src/onsite/answer.ts'

/**
 * Waits for the moments that the server named and calls `fire` once for each campaign; answers what ends the waiting. Events
 * are heard elsewhere, where the page tells of them.
 */
export function awaitMoments(
  window: Window,
  watch: readonly Watch[],
  fire: (campaign: number) => void,
): () => void {
  const ends: (() => void)[] = []
  for (const { campaign, when } of watch) {
    let open = true
    const come = () => {
      if (open) fire(campaign)
      open = false
    }
    for (const one of when) {
      if (one.kind === 'seconds') ends.push(after(window, one.seconds, come))
      if (one.kind === 'inactive') ends.push(idle(window, one.seconds, come))
      if (one.kind === 'scroll') ends.push(scrolled(window, one.percent, come))
      if (one.kind === 'exit') ends.push(leaving(window, come))
    }
  }
  return () => {
    for (const end of ends) end()
  }
}

/** Seconds that the page was looked at: a tab in the background does not age. */
function after(window: Window, seconds: number, come: () => void): () => void {
  let left = seconds
  const timer = window.setInterval(() => {
    if (window.document.visibilityState === 'visible') left -= 1
    if (left > 0) return
    window.clearInterval(timer)
    come()
  }, 1_000)
  return () => window.clearInterval(timer)
}

function scrolled(window: Window, percent: number, come: () => void): () => void {
  const look = () => {
    const { scrollHeight } = window.document.documentElement
    const seen = (window.scrollY + window.innerHeight) / scrollHeight
    if (seen * 100 >= percent) come()
  }
  return on(window, ['scroll'], look)
}

/** The pointer goes out at the top; a finger scrolls quickly back up after it had gone down. */
function leaving(window: Window, come: () => void): () => void {
  let last = { y: window.scrollY, at: window.performance.now() }
  const back = () => {
    const now = { y: window.scrollY, at: window.performance.now() }
    const speed = (last.y - now.y) / Math.max(1, now.at - last.at)
    if (window.matchMedia('(pointer:coarse)').matches && speed > 1.5 && last.y > 300) come()
    last = now
  }
  const out = (event: Event) => {
    const { clientY, relatedTarget } = event as MouseEvent
    if (clientY <= 0 && relatedTarget === null) come()
  }
  const ends = [on(window, ['scroll'], back), on(window.document, ['mouseout'], out)]
  return () => {
    for (const end of ends) end()
  }
}

function idle(window: Window, seconds: number, come: () => void): () => void {
  let timer = 0
  const begin = () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(come, seconds * 1_000)
  }
  begin()
  const end = on(window, ['scroll', 'keydown', 'pointermove', 'pointerdown'], begin)
  return () => {
    window.clearTimeout(timer)
    end()
  }
}

function on(target: EventTarget, names: readonly string[], act: (event: Event) => void) {
  for (const name of names) target.addEventListener(name, act, { passive: true })
  return () => {
    for (const name of names) target.removeEventListener(name, act)
  }
}
