import { z } from 'zod'
import { Security } from './settings.ts'

/** The shop's settings section `mailbox`: where mails that came back arrive, read over IMAP. The password is sealed. */
export const MailboxSettings = z.object({
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  security: Security,
  user: z.string().trim().min(1).max(320),
  sealedPassword: z.string().min(1).max(2_000),
  folder: z.string().trim().min(1).max(200).default('INBOX'),
})
export type MailboxSettings = z.infer<typeof MailboxSettings>

/** What the settings page sends; `secure` means TLS from the start on port 993, STARTTLS elsewhere. */
export const MailboxInput = MailboxSettings.omit({ sealedPassword: true, security: true }).extend({
  secure: z.boolean(),
  password: z.string().min(1).max(1_000).optional(),
})
export type MailboxInput = z.infer<typeof MailboxInput>

/** How far a mailbox was read, kept in the section `mailboxRead`, and what went wrong the last time. */
export const MailboxRead = z.object({
  /** Names the folder's numbering; another one begins anew (RFC 9051, 2.3.1.1). */
  uidValidity: z.string().max(40),
  /** The last mail looked at. */
  uid: z.number().int().min(0),
  /** UTC ms of the last look. */
  at: z.number().int(),
  /** Mails that came back and were recognised, ever. */
  found: z.number().int().min(0).default(0),
  error: z.string().max(500).nullable().default(null),
})
export type MailboxRead = z.infer<typeof MailboxRead>

/** The section if it is set and whole. */
export function mailboxSettings(section: unknown): MailboxSettings | undefined {
  const parsed = MailboxSettings.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/** How far the mailbox was read; undefined when it never was. */
export function mailboxRead(section: unknown): MailboxRead | undefined {
  const parsed = MailboxRead.safeParse(section)
  return parsed.success ? parsed.data : undefined
}

/** The section to store; undefined without a password. A stored one is not shown to another server or user. */
export function storedMailbox(
  { password, secure, ...rest }: MailboxInput,
  before: MailboxSettings | undefined,
  seal: (text: string) => string,
): MailboxSettings | undefined {
  const isSame = before?.host === rest.host && before.user === rest.user
  const sealedPassword =
    password === undefined ? (isSame ? before.sealedPassword : '') : seal(password)
  if (sealedPassword === '') return undefined
  return {
    ...rest,
    sealedPassword,
    security: secure ? (rest.port === 993 ? 'tls' : 'starttls') : 'none',
  }
}
