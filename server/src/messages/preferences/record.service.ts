import type { Consent } from '../../consent/consent.service.ts'
import { type ConsentChannel, type ConsentSource, contactChannel } from '../../consent/consent.ts'
import type { Wordings } from '../../consent/wordings.service.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import type { Happening } from '../../events/happening.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { confirmationAsked } from '../notices/about.ts'
import type { NoticeLanguage } from '../notices/texts.ts'
import type { Choice } from './choices.ts'
import type { Confirmed } from './confirmed.service.ts'
import { type Found, reachedBy } from './find.service.ts'
import type { Outcome } from './page.ts'
import { choiceName, wordingText } from './words.ts'

export type RecordNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly consent: Pick<Consent, 'suppress' | 'close'>
  readonly wordings: Pick<Wordings, 'keep'>
  readonly accept: Accept['accept']
}

type Evidence = Readonly<Record<string, string>>

/** Closes addresses at once, then lets the log say why: the consent is withdrawn when the line has read it. */
export async function refuse(
  needs: RecordNeeds,
  found: Found,
  said: {
    readonly choices: readonly Choice[]
    readonly source: ConsentSource
    readonly evidence: Evidence
  },
): Promise<void> {
  const now = needs.clock.now()
  const channels = said.choices.flatMap(({ channel, scope }) =>
    scope === 'ad_day' ? [channel] : [],
  )
  await needs.consent.close(found.shop.id, { customer: found.customer, channels, at: now })
  for (const channel of channels) {
    await needs.consent.suppress(needs.db, found.shop.id, {
      channel,
      hashes: wentTo(found, channel),
      reason: 'opted_out',
      at: now,
    })
  }
  const evidence = { ...said.evidence, message: String(found.message) }
  await needs.accept(
    found.shop.id,
    said.choices.map((choice) =>
      word(found, { choice, now, properties: { kind: 'withdraw', source: said.source, evidence } }),
    ),
  )
}

/** The address the message went to, which the person may have left since. */
function wentTo({ channel: by, hash }: Found, channel: ConsentChannel): readonly string[] {
  const own = contactChannel(channel)
  return own !== null && own === contactChannel(by) && hash !== null ? [hash] : []
}

/** Asks the addresses themselves; a channel without an address cannot be agreed to on a page behind a link. */
export async function ask(
  needs: RecordNeeds,
  found: Found,
  wanted: readonly Choice[],
): Promise<Outcome['asked']> {
  const now = needs.clock.now()
  const grants = wanted.filter(({ channel }) => reachedBy(found.addresses, channel) !== undefined)
  if (grants.length === 0) return []
  await needs.accept(found.shop.id, [
    {
      kind: 'edit',
      name: confirmationAsked,
      at: now,
      receivedAt: now,
      messageId: `choice-ask:${found.message}:${Math.floor(now / minuteMs)}`,
      ids: { customer: found.customer, verified: true },
      body: { properties: { grants: grants.map((one) => ({ ...one })) } },
    },
  ])
  return grants.map((choice) => ({ choice, to: shownAddress(found, choice.channel) }))
}

/** Whoever holds the link sees in full words only the address it went to. */
function shownAddress(found: Found, channel: ConsentChannel): string | null {
  const own = reachedBy(found.addresses, channel)
  return own && contactChannel(channel) === contactChannel(found.channel) ? own.masked : null
}

/** The owner of the address agreed: the exact words and the connection are kept as proof. */
export async function agree(
  needs: RecordNeeds,
  end: Confirmed,
  given: { readonly language: NoticeLanguage; readonly evidence: Evidence },
): Promise<void> {
  const now = needs.clock.now()
  const { shop } = end
  const { language } = given
  const happenings: Happening[] = []
  for (const choice of end.grants) {
    const wording = await needs.wordings.keep(shop.id, {
      name: choiceName(choice, language),
      language,
      text: wordingText(choice, shop.name, language),
      by: 'preference_centre',
    })
    const evidence = {
      ...choice.asked,
      ...given.evidence,
      message: String(end.message),
      confirmed_by: end.channel,
    }
    const properties = { kind: 'grant', source: 'preference_centre', wording, evidence } as const
    happenings.push(word({ ...end, message: end.message }, { choice, now, properties }))
  }
  await needs.accept(shop.id, happenings)
}

function word(
  whose: Pick<Found, 'message' | 'customer'>,
  said: {
    readonly choice: Choice
    readonly now: number
    readonly properties: JsonObject & { readonly kind: string }
  },
): Happening {
  const { choice, now, properties } = said
  const { channel, scope } = choice
  // Receivers repeat their POST; a person may come back after agreeing again.
  const minute = Math.floor(now / minuteMs)
  return {
    kind: 'consent',
    name: 'Consent Changed',
    at: now,
    receivedAt: now,
    messageId: `choice:${whose.message}:${channel}:${scope}:${properties.kind}:${minute}`,
    ids: { customer: whose.customer, verified: true },
    body: { properties: { channel, scope, ...properties } },
  }
}
