import { z } from 'zod'

const TextSection = z.object({
  optOutNumber: z.string().trim().max(40).default(''),
  senderNumber: z.string().trim().max(40).default(''),
})

/** The 080 number of the shop's settings section `text`, as written there; empty while there is none. */
export function optOutNumberOf(settings: { readonly [section: string]: unknown }): string {
  const parsed = TextSection.safeParse(settings.text ?? {})
  return parsed.success ? parsed.data.optOutNumber : ''
}

/** The registered number text messages are sent from, digits only; empty while none was chosen. */
export function senderNumberOf(settings: { readonly [section: string]: unknown }): string {
  const parsed = TextSection.safeParse(settings.text ?? {})
  return parsed.success ? parsed.data.senderNumber.replace(/\D/g, '') : ''
}
