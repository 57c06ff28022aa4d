import { z } from 'zod'

/** The shop's settings section `webhook`: what calls to its server are signed with. */
export const WebhookSettings = z.object({ sealedSecret: z.string().min(1).max(2_000) })
export type WebhookSettings = z.infer<typeof WebhookSettings>

/** The section if it is set and whole; without it calls go to the test inbox. */
export function webhookSettings(section: unknown): WebhookSettings | undefined {
  const parsed = WebhookSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}
