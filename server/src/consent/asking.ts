import { dayMs } from '../lib/duration.ts'

/**
 * Asking again for what somebody declined is repeated interference unless they can choose not to be asked for at least 7
 * days (Electronic Commerce Act article 21-2, decree article 27-2). So a `no` rests 7 days at least, a person may make it
 * 30 or for ever, and closing an ask counts as a `no`. Used by popups and by the soft ask before a browser's own question.
 */
export type AskAnswer = 'agreed' | 'refused' | 'closed' | 'not_for_30_days' | 'never'

/** What is remembered of one ask, by device or by person. `until` is UTC ms; null means for ever. */
export type AskMemory = { readonly until: number | null }

/** The shortest rest after a `no`, days. */
export const restDays = 7
const longRestDays = 30

/** Where memories are kept: the browser's storage in the SDK, the person's row on the server. */
export type AskStore = {
  readonly read: (ask: string) => AskMemory | undefined
  readonly write: (ask: string, memory: AskMemory) => void
}

/** What to remember after an answer at `now` (UTC ms). An ask that was agreed to is not made again. */
export function afterAsking(answer: AskAnswer, now: number): AskMemory {
  switch (answer) {
    case 'refused':
    case 'closed':
      return { until: now + restDays * dayMs }
    case 'not_for_30_days':
      return { until: now + longRestDays * dayMs }
    case 'agreed':
    case 'never':
      return { until: null }
  }
}

/**
 * Whether to ask now: not while a memory rests, not what is granted already, and not within 7 days of a refusal that the
 * ledger knows, wherever it was said. A memory that time running backwards put far ahead still ends.
 */
export function mayAsk(
  memory: AskMemory | undefined,
  known: { readonly granted: boolean; readonly refusedAt: number | null },
  now: number,
): boolean {
  if (known.granted) return false
  if (known.refusedAt !== null && now < known.refusedAt + restDays * dayMs) return false
  return memory === undefined || (memory.until !== null && now >= memory.until)
}

/** A memory as text for a browser's storage: the time it ends, or `never`. */
export function askMemoryText(memory: AskMemory): string {
  return memory.until === null ? 'never' : String(memory.until)
}

/** Reads such text; what is not one of ours is no memory. */
export function readAskMemory(text: string | null | undefined): AskMemory | undefined {
  if (text === 'never') return { until: null }
  return text && /^\d{1,15}$/.test(text) ? { until: Number(text) } : undefined
}
