import {
  type ConsentChannel,
  type ConsentScope,
  consentChannels,
  contactChannel,
} from './consent.ts'

/**
 * What somebody refuses who asks to stop every processing for marketing (PIPA, article 37): the use of their data on every channel,
 * and advertising wherever they can be reached or have said something.
 */
export function stopEverything(person: {
  readonly addresses: ReadonlySet<'email' | 'phone'>
  /** Channels of which the ledger knows something. */
  readonly spoken: ReadonlySet<ConsentChannel>
}): readonly { readonly channel: ConsentChannel; readonly scope: ConsentScope }[] {
  const reached = consentChannels.filter(
    // Notifications are told of by e-mail.
    (channel) =>
      person.spoken.has(channel) || person.addresses.has(contactChannel(channel) ?? 'email'),
  )
  return [
    ...reached.map((channel) => ({ channel, scope: 'ad_day' as const })),
    ...consentChannels.map((channel) => ({ channel, scope: 'personal_data_marketing' as const })),
  ]
}

/** Marks such a refusal in the evidence of each of its words. */
export const stopEvidence = { request: 'stop_processing' } as const
