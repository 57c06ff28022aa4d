import { z } from 'zod'

const TextSection = z.object({
  optOutNumber: z.string().trim().max(40).default(''),
  senderNumber: z.string().trim().max(40).default(''),
})

/** A number to refuse by without cost begins with 080; written `080-123-4567`. Empty when it is none. */
export function asOptOutNumber(text: string): string {
  const digits = text.replace(/[\s-]/g, '')
  const parts = /^(080)(\d{3,4})(\d{4})$/.exec(digits)
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : ''
}

/** The 080 number of the shop's settings section `text`; empty while there is none, or none that costs the caller nothing. */
export function optOutNumberOf(settings: { readonly [section: string]: unknown }): string {
  const parsed = TextSection.safeParse(settings.text ?? {})
  return parsed.success ? asOptOutNumber(parsed.data.optOutNumber) : ''
}

/** The registered number text messages are sent from, digits only; empty while none was chosen. */
export function senderNumberOf(settings: { readonly [section: string]: unknown }): string {
  const parsed = TextSection.safeParse(settings.text ?? {})
  return parsed.success ? parsed.data.senderNumber.replace(/\D/g, '') : ''
}
