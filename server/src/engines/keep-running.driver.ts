import type { ChildProcess } from 'node:child_process'
import type { EngineLog } from './engine-log.ts'

const restartFirstMs = 100
const restartMostMs = 5_000

/**
 * Starts an engine again whenever it ends by itself, as often as it takes, each failed try followed by a longer wait. `current`
 * is the one that runs; after `letGo` none is started any more, and it is the caller's to end.
 */
export function keepRunning<Running extends { readonly child: ChildProcess }>(
  first: Running,
  engine: {
    readonly name: string
    readonly log: EngineLog
    readonly again: () => Promise<Running>
  },
) {
  const { name, log } = engine
  let running = first
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  const watch = () => {
    running.child.once('exit', (code, signal) => {
      if (stopping) return
      log('error', `${name} ended unexpectedly (${signal ?? `code ${code}`}); starting it again`)
      restarting = again()
    })
  }
  const again = async () => {
    for (let waitMs = restartFirstMs; !stopping; waitMs = Math.min(waitMs * 2, restartMostMs)) {
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      if (stopping) return
      try {
        running = await engine.again()
        log('info', `${name} is back`)
        watch()
        return
      } catch (error) {
        log('error', `${name} does not start: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  watch()
  return {
    current: () => running,
    async letGo(): Promise<Running> {
      stopping = true
      await restarting
      return running
    },
  }
}
