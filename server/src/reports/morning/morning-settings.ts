import { z } from 'zod'

/** When the message goes out, by the shop's clocks, in minutes of the day: 08:30. */
export const morningMinute = 8 * 60 + 30
/** A server that was away longer than this lets the morning pass: news at noon helps nobody. */
export const lateMinutes = 3 * 60
const mostAddresses = 10

const Emails = z.array(z.email()).max(mostAddresses)
const Url = z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(2_000)])

/** The shop's settings section `morning`; addresses that anybody could post to are sealed. */
export const MorningSettings = z.object({
  emails: Emails,
  sealedSlack: z.string(),
  webhook: Url,
  /** When it was switched on or changed, UTC ms: mornings before are not made up for. */
  since: z.number(),
})
export type MorningSettings = z.infer<typeof MorningSettings>

/** What the settings page sends; an absent Slack address keeps the stored one, an empty one removes it. */
export const MorningInput = z.object({
  emails: Emails,
  slack: Url.optional(),
  webhook: Url,
})
export type MorningInput = z.infer<typeof MorningInput>

/** The section if it is set and whole. */
export function morningSettings(section: unknown): MorningSettings | undefined {
  const parsed = MorningSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/** Where a morning message goes. */
export type Destination =
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'slack' }
  | { readonly kind: 'webhook'; readonly url: string }

/** Where the message goes, one entry an address; the address of Slack stays sealed until it is posted to. */
export function destinationsOf(settings: MorningSettings): readonly Destination[] {
  return [
    ...settings.emails.map((address) => ({ kind: 'email', address }) as const),
    ...(settings.sealedSlack === '' ? [] : [{ kind: 'slack' } as const]),
    ...(settings.webhook === '' ? [] : [{ kind: 'webhook', url: settings.webhook } as const]),
  ]
}
