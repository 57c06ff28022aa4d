/** After so long without a touch, a key or a scroll nobody is taken to be reading. */
const idleMs = 30_000

/** How a page was used since it was last told: seconds somebody was at it, and how far down it was seen. */
export type Stay = { readonly engaged_seconds: number; readonly scroll_percent: number }

/** Counts the time a page is looked at and how deep. `take` answers what was not told yet; nothing under a second. */
export function watchStay(window: Window): (isOver: boolean) => Stay | undefined {
  const { document } = window
  let engagedMs = 0
  let last = Date.now()
  let isSeen = document.visibilityState === 'visible'
  let deepest = 0
  const tick = () => {
    const now = Date.now()
    if (isSeen) engagedMs += Math.min(Math.max(0, now - last), idleMs)
    last = now
    isSeen = document.visibilityState === 'visible'
  }
  const scrolled = () => {
    deepest = Math.max(deepest, window.scrollY)
    tick()
  }
  const passive = { passive: true, capture: true } as const
  window.addEventListener('scroll', scrolled, { passive: true })
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'visibilitychange'])
    window.addEventListener(name, tick, passive)
  return (isOver) => {
    tick()
    const seconds = Math.round(engagedMs / 1_000)
    const { scrollHeight } = document.documentElement
    const share = (deepest + window.innerHeight) / Math.max(1, scrollHeight)
    if (isOver) deepest = 0
    if (seconds >= 1 || isOver) engagedMs = 0
    return seconds < 1
      ? undefined
      : { engaged_seconds: seconds, scroll_percent: Math.min(100, Math.round(share * 100)) }
  }
}
