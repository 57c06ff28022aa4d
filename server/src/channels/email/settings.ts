import { z } from 'zod'

/** How the connection to the mail server is protected: TLS from the start, STARTTLS required, or not at all. */
export const Security = z.enum(['tls', 'starttls', 'none'])

/** The shop's settings section `smtp` as it is stored; the password is sealed. */
export const SmtpSettings = z.object({
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  security: Security,
  user: z.string().max(320).default(''),
  sealedPassword: z.string().max(2_000).default(''),
  /** Connections held open to the server at once. */
  connections: z.number().int().min(1).max(50).default(8),
})
export type SmtpSettings = z.infer<typeof SmtpSettings>

/**
 * What the settings page sends: `secure` means TLS from the start on port 465 and STARTTLS elsewhere. An absent password
 * keeps the stored one, an empty one removes it.
 */
export const SmtpSettingsInput = SmtpSettings.omit({ sealedPassword: true, security: true }).extend(
  {
    secure: z.boolean(),
    password: z.string().max(1_000).optional(),
  },
)
export type SmtpSettingsInput = z.infer<typeof SmtpSettingsInput>

/** The section if it is set and whole; without it mail goes to the built-in test inbox. */
export function smtpSettings(section: unknown): SmtpSettings | undefined {
  const parsed = SmtpSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}
