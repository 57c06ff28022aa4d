import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process that can be told from a later one that was given the same number. */
export type ProcessMark = { readonly pid: number; readonly startedAt: string }

export function markOf(pid: number): ProcessMark | undefined {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether exactly this process still lives. */
export function lives(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.startedAt
}

/** The command line of a process, arguments parted by spaces; undefined when it is gone. */
export function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return undefined
  }
}

function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() ||
        undefined
      )
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name (field 2) may hold spaces and brackets; fields are counted from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Waits until `isDone`, looking every `everyMs`; false when `withinMs` are over. Real time: engines are real processes. */
export async function until(
  isDone: () => boolean,
  withinMs: number,
  everyMs = 15,
): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (!isDone()) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}

/** Ends a process politely, then less so: each signal is given its time in turn. */
export async function end(
  mark: ProcessMark,
  steps: readonly { readonly signal: NodeJS.Signals; readonly waitMs: number }[],
): Promise<void> {
  for (const step of steps) {
    if (!lives(mark)) return
    try {
      process.kill(mark.pid, step.signal)
    } catch {
      return
    }
    if (await until(() => !lives(mark), step.waitMs)) return
  }
}
