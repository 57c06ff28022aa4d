/**
 * Work that runs while there is some and sleeps while there is none. `turn` answers whether it moved anything; a wake
 * that comes during a turn is not lost. Errors are told and the loop goes on after a sleep.
 */
export function loop(work: {
  readonly turn: () => Promise<boolean>
  /** Longest sleep when nobody wakes it; a function is asked before each sleep. */
  readonly idleMs: number | (() => number)
  /** A turn begins at least this long after the one before it began, so that what comes meanwhile shares it. */
  readonly gapMs?: number
  readonly onError?: (error: unknown) => void
}) {
  let running: Promise<void> | undefined
  let stopping = false
  let woken = false
  let endSleep: (() => void) | undefined

  const idleMs = () => (typeof work.idleMs === 'number' ? work.idleMs : work.idleMs())

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false
      const beganAt = performance.now()
      const moved = await work.turn().catch((error: unknown) => {
        work.onError?.(error)
        return false
      })
      if (!moved && !woken && !stopping) await sleep(idleMs())
      const restMs = beganAt + (work.gapMs ?? 0) - performance.now()
      if (restMs > 0 && !stopping) await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  }

  async function sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      endSleep = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    endSleep = undefined
  }

  function wake(): void {
    woken = true
    endSleep?.()
  }

  return {
    start: (): void => {
      stopping = false
      running ??= run()
    },
    wake,
    /** Begins no further turn and waits for the one under way. */
    stop: async (): Promise<void> => {
      stopping = true
      wake()
      await running
      running = undefined
    },
  }
}
export type Loop = ReturnType<typeof loop>
