import { z } from 'zod'
import type { JsonObject } from '../lib/json.ts'

/**
 * What must be settled before a shop's first message leaves: refusals that another tool or the toll-free number took bind
 * the shop (Article 50(2) of the Network Act), and consents that are not here do not exist.
 */
export const firstSendTasks = ['optOut080', 'oldTool', 'consents'] as const
export type FirstSendTask = (typeof firstSendTasks)[number]

/** How one task was settled: by a file, or by somebody who says by name that there is nothing to bring. */
const Settled = z.object({
  how: z.enum(['imported', 'none']),
  /** Who says so, as they wrote their name. */
  by: z.string(),
  /** The sentence they put their name under. */
  sentence: z.string(),
  /** UTC ms */
  at: z.number(),
  /** Id of the import, when there was a file. */
  import: z.number().nullable().default(null),
})
type Settled = z.infer<typeof Settled>

/** The shop's settings section `firstSend`. */
export type FirstSend = { readonly [Task in FirstSendTask]: Settled | null }

/** What is settled of the shop's settings; what does not fit its schema counts as open. */
export function firstSendOf(settings: JsonObject): FirstSend {
  const section = z.record(z.string(), z.unknown()).safeParse(settings.firstSend).data ?? {}
  const settled = (task: FirstSendTask) => Settled.safeParse(section[task]).data ?? null
  return {
    optOut080: settled('optOut080'),
    oldTool: settled('oldTool'),
    consents: settled('consents'),
  }
}

/**
 * Whether a shop (its whole settings) may not send through a real provider yet: test sends and the built-in test inbox
 * only. It ends when the toll-free number's list, the refusals of the tool before and the consents were each imported or
 * said by name not to exist.
 */
export function firstSendLocked(settings: JsonObject): boolean {
  const settled = firstSendOf(settings)
  return firstSendTasks.some((task) => settled[task] === null)
}
