import { z } from 'zod'

const Price = z.number().min(0).max(10_000).default(0)

/** What one text message costs, in won, as it stands in the settings section `text`; 0 while nobody has said. */
const TextPrices = z.object({ smsWon: Price, lmsWon: Price, mmsWon: Price })

/** The unit prices of the section; undefined where it has none that can be read. */
export function textPrices(
  section: unknown,
): { readonly sms: number; readonly lms: number; readonly mms: number } | undefined {
  const parsed = TextPrices.safeParse(section)
  if (!parsed.success) return undefined
  const { smsWon: sms, lmsWon: lms, mmsWon: mms } = parsed.data
  return { sms, lms, mms }
}
