/** One e-mail ready to be handed over. */
export type Mail = {
  readonly shop: number
  /** Outbox id; null for a test send. The same id is never taken twice by the test inbox. */
  readonly message: number | null
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  /** Message-ID without its angle brackets. */
  readonly messageId: string
  /** UTC ms, for the Date header. */
  readonly at: number
}

/**
 * What came of handing a mail over.
 * - accepted    the next server has taken it (that is all SMTP can say; it may still bounce)
 * - temporary   it was certainly not taken and may be tried again
 * - permanent   it was certainly not taken and never will be; `bounced` when the address does not exist
 * - ambiguous   the connection was lost after the text had begun to leave: it may have been taken
 */
export type Handover =
  | { readonly kind: 'accepted'; readonly providerId: string }
  | { readonly kind: 'temporary'; readonly detail: string }
  | { readonly kind: 'permanent'; readonly detail: string; readonly bounced: boolean }
  | { readonly kind: 'ambiguous'; readonly detail: string }

/** Hands mails over; any number may be under way, the provider bounds what really happens at once. */
export type EmailProvider = {
  readonly name: 'smtp' | 'inbox'
  readonly send: (mail: Mail) => Promise<Handover>
  /** What became of a handover nobody saw the end of. SMTP cannot say. */
  readonly lookUp: (shop: number, message: number) => Promise<'taken' | 'not_taken' | 'unknown'>
  readonly close: () => Promise<void>
}
