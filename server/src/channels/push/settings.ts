import { z } from 'zod'

/** The shop's settings section `push`: its VAPID keys (RFC 8292). Made by us; a new pair would lose every subscription. */
export const PushSettings = z.object({
  publicKey: z.string().min(80).max(100),
  sealedPrivateKey: z.string().min(1).max(2_000),
  /** Whom push services may write to: `mailto:` or an https address. */
  subject: z
    .string()
    .regex(/^(mailto:|https:\/\/)/)
    .max(400),
})
export type PushSettings = z.infer<typeof PushSettings>

/** The section if it is set and whole. */
export function pushSettings(section: unknown): PushSettings | undefined {
  const parsed = PushSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/** What a browser gives when it subscribes. */
export const Subscription = z.object({
  endpoint: z.url().max(1_000),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{80,100}=*$/),
    auth: z.string().regex(/^[\w-]{20,30}=*$/),
  }),
})
export type Subscription = z.infer<typeof Subscription>
