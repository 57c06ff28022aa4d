import type { FailureCause } from '../channels/carrier.ts'
import type { Channels } from '../channels/channels.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shops } from '../shops/shops.service.ts'
import { leaseMs, type Ready } from './claim.service.ts'
import { type HandedOver, type Lane, readLost, recordHandovers } from './claim.store.ts'
import { type Attempt, fateOf } from './handover.ts'
import { settleDecisions } from './outbox.store.ts'
import type { Suppression } from './outbox.ts'
import { keyOf } from './parcel.ts'

const lostLimit = 500

/** A message that was handed over and what came of it. */
export type Answered = { readonly one: Ready; readonly attempt: Attempt }

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly channels: Pick<Channels, 'lookUp'>
  readonly consent: Pick<Consent, 'suppress'>
}

/** Records what came of hand-overs of one lane, and closes addresses that are gone or said no. */
export async function recordGroup(
  needs: Pick<Needs, 'db' | 'clock' | 'consent'>,
  { shop, channel }: Lane,
  group: readonly Answered[],
): Promise<void> {
  const now = needs.clock.now()
  const rows = group.map(({ one, attempt }) => {
    const fate = fateOf(attempt, { number: one.row.attempt + 1, now })
    return {
      id: one.row.id,
      attemptId: one.attemptId,
      ...fate,
      providerId: attempt.kind === 'accepted' ? attempt.providerId : null,
      detail: attempt.kind === 'accepted' ? null : attempt.detail,
      bounced: fate.reason === 'hard_bounced',
      hash: one.contact.hash,
      closes: attempt.kind === 'permanent' ? closedBy(attempt.cause) : undefined,
    }
  })
  await needs.db.begin(async (tx) => {
    await recordAll(tx, shop, rows)
    for (const [reason, closed] of Map.groupBy(rows, (row) => row.closes)) {
      if (reason === undefined || channel === 'webhook') continue
      const hashes = closed.map((row) => row.hash)
      await needs.consent.suppress(tx, shop, { channel, hashes, reason, at: now })
    }
  })
}

/** What a provider's refusal says of the address itself. */
function closedBy(cause: FailureCause): Exclude<Suppression, 'admin'> | undefined {
  switch (cause) {
    case 'no_address':
      return 'hard_bounce'
    case 'opted_out':
      return 'opted_out'
    case 'complaint':
      return 'complaint'
    case 'not_on_kakao':
    case 'template_mismatch':
    case 'sender_unregistered':
    case 'outside_window':
    case 'spam_filtered':
    case 'unreachable':
    case 'other':
      return undefined
  }
}

async function recordAll(tx: Tx, shop: ShopId, rows: readonly HandedOver[]): Promise<void> {
  const recorded = await recordHandovers(tx, shop, rows)
  const fates = new Map(rows.map((row) => [row.id, row]))
  await settleDecisions(
    tx,
    shop,
    recorded.flatMap(({ id, ...decision }) => {
      const fate = fates.get(id)
      return fate ? [{ ...decision, outcome: fate.state, reason: fate.reason }] : []
    }),
  )
}

/** Settles messages whose sender died: looked up where the provider can say, else unconfirmed. */
export async function settleLost(needs: Needs): Promise<void> {
  const now = needs.clock.now()
  const lost = await readLost(needs.db, now, lostLimit)
  for (const [shop, rows] of Map.groupBy(lost, (row) => row.shop)) {
    const about = await needs.shops.shop(shop)
    const found = await Promise.all(
      rows.map(async (row) => ({
        row,
        is: await needs.channels.lookUp(about, {
          channel: row.channel,
          provider: row.provider,
          lost: {
            shop,
            message: row.id,
            key: keyOf(shop, row.id, row.attempt),
            at: row.leaseUntil - leaseMs,
          },
        }),
      })),
    )
    const settled = found.map(({ row, is }) => ({
      id: row.id,
      attemptId: row.attemptId,
      providerId: null,
      detail: null,
      at: now,
      bounced: false,
      ...lostFate(is),
    }))
    await needs.db.begin((tx) => recordAll(tx, shop, settled))
  }
}

function lostFate(is: 'taken' | 'not_taken' | 'unknown') {
  switch (is) {
    case 'taken':
      return { state: 'sent', reason: 'sent' } as const
    case 'not_taken':
      return { state: 'queued', reason: 'queued' } as const
    case 'unknown':
      return { state: 'unconfirmed', reason: 'unconfirmed' } as const
  }
}
