import { z } from 'zod'

/** An AWS region as the SES endpoint is named by it; the pattern keeps anything else out of the host name. */
const Region = z
  .string()
  .trim()
  .regex(/^[a-z]{2}(-[a-z]+){1,2}-\d{1,2}$/, 'a region such as ap-northeast-2')

const Ses = z.object({
  provider: z.literal('ses'),
  region: Region,
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[A-Z0-9]{16,128}$/, 'an access key id such as AKIA...'),
  sealedSecretKey: z.string().max(2_000),
  /** Names the events that SES tells of; without one only what the identity itself tells arrives. */
  configurationSet: z
    .string()
    .trim()
    .regex(/^[\w-]{0,64}$/)
    .default(''),
  /** The SNS topic whose notifications are believed; empty: the first confirmed one is kept here. */
  topic: z
    .string()
    .trim()
    .regex(
      /^(arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256})?$/,
      'an SNS topic such as arn:aws:sns:...',
    )
    .default(''),
})

const Resend = z.object({
  provider: z.literal('resend'),
  sealedKey: z.string().max(2_000),
  /** Signing secret of the webhook (whsec_...); without it no report is believed. */
  sealedWebhookSecret: z.string().max(2_000).default(''),
})

/** The shop's settings section `mail` as it is stored: an account at a mail service. Secrets are sealed. */
export const MailSettings = z.discriminatedUnion('provider', [Ses, Resend])
export type MailSettings = z.infer<typeof MailSettings>
export type SesSettings = z.infer<typeof Ses>
export type ResendSettings = z.infer<typeof Resend>

const Secret = z.string().trim().min(1).max(1_000).optional()

/** What the settings page sends; an absent secret keeps the stored one. */
export const MailSettingsInput = z.discriminatedUnion('provider', [
  Ses.omit({ sealedSecretKey: true }).extend({ secretKey: Secret }),
  Resend.omit({ sealedKey: true, sealedWebhookSecret: true }).extend({
    key: Secret,
    webhookSecret: z
      .string()
      .trim()
      .regex(/^whsec_[A-Za-z0-9+/=]{16,200}$/, 'a signing secret such as whsec_...')
      .optional(),
  }),
])
export type MailSettingsInput = z.infer<typeof MailSettingsInput>

/** The section if it is set and whole; without it mail goes by SMTP, or else into the test inbox. */
export function mailSettings(section: unknown): MailSettings | undefined {
  const parsed = MailSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/**
 * The section to store. A stored secret belongs to one account and is not carried to another; undefined when an account
 * would be left without its secret.
 */
export function storedMail(
  input: MailSettingsInput,
  before: MailSettings | undefined,
  seal: (text: string) => string,
): MailSettings | undefined {
  const kept = (typed: string | undefined, stored: string | undefined) =>
    typed === undefined ? (stored ?? '') : seal(typed)
  if (input.provider === 'ses') {
    const { secretKey, ...rest } = input
    const same = before?.provider === 'ses' && before.accessKeyId === input.accessKeyId
    const sealedSecretKey = kept(secretKey, same ? before.sealedSecretKey : undefined)
    return sealedSecretKey === '' ? undefined : { ...rest, sealedSecretKey }
  }
  const same = before?.provider === 'resend' ? before : undefined
  const sealedKey = kept(input.key, same?.sealedKey)
  if (sealedKey === '') return undefined
  return {
    provider: 'resend',
    sealedKey,
    sealedWebhookSecret: kept(input.webhookSecret, same?.sealedWebhookSecret),
  }
}
