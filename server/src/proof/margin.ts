import { z } from 'zod'
import type { JsonObject } from '../lib/json.ts'

/** The shop's section `proof`. `margin`: what is left of a price once the goods are paid, 0 to 1; profit is told from it. */
export const ProofSettings = z.object({ margin: z.number().min(0).max(1).nullable().default(null) })
export type ProofSettings = z.infer<typeof ProofSettings>

/** The margin the shop said; null until then. */
export function marginOf(settings: JsonObject): number | null {
  const read = ProofSettings.safeParse(settings.proof ?? {})
  return read.success ? read.data.margin : null
}
