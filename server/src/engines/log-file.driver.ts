import { existsSync, statSync, truncateSync } from 'node:fs'

const maxBytes = 10 * 1024 * 1024
const everyMs = 60_000

/** Empties an engine's own log when it grows past 10 MB; the engine goes on appending to it. */
export function keepBounded(file: string) {
  const check = () => {
    if (existsSync(file) && statSync(file).size > maxBytes) truncateSync(file, 0)
  }
  check()
  const timer = setInterval(check, everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
