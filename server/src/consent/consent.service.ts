import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { recordable } from './change.ts'
import {
  appendLedger,
  eraseConsents,
  type LedgerOf,
  type LedgerRow,
  listLedger,
  moveLedger,
  type ProjectedRow,
  readLedger,
  readStates,
  saveProjections,
} from './consent.store.ts'
import type { ConsentChannel, ConsentState } from './consent.ts'
import { readAlarms, readDue } from './due.store.ts'
import { projectConsents } from './project.ts'
import {
  closeAddresses,
  closedOf,
  closedSince,
  followOptOuts,
  suppress,
} from './suppression.store.ts'

/** A `Consent Changed` happening as the line hands it over. */
export type ConsentItem = {
  readonly customer: CustomerId
  readonly position: number
  readonly at: number
  readonly properties: unknown
  readonly verified: boolean
  /** Danggol itself named the customer. */
  readonly ours: boolean
}

/** A notice that was handed over, about these channels of a person. */
export type SentNotice = {
  readonly customer: CustomerId
  /** Of a result that of the last word it tells of. */
  readonly position: number
  readonly at: number
  readonly kind: 'result_notice_sent' | 'reconfirm_sent'
  readonly channels: readonly ConsentChannel[]
  readonly evidence: Readonly<Record<string, string>>
}

export type StatesOfPerson = ReadonlyMap<ConsentChannel, ConsentState>

/** The consent ledger and its projection. Everything that changes it comes through the line. */
export function consent(needs: { readonly db: Database }) {
  return {
    /** Records what may be recorded, in the line's transaction; answers whose consents changed. */
    applyConsents: async (
      tx: Tx,
      shop: ShopId,
      items: readonly ConsentItem[],
    ): Promise<readonly CustomerId[]> => {
      const rows = items.flatMap((item) => {
        const change = item.customer === 0 ? undefined : recordable(item.properties, item)
        return change
          ? [{ customer: item.customer, position: item.position, at: item.at, change }]
          : []
      })
      if (rows.length === 0) return []
      await appendLedger(tx, shop, rows)
      const people = [...new Set(rows.map((row) => row.customer))]
      const projected = await reproject(tx, shop, people)
      await followOptOuts(tx, shop, advertisingWords(rows, projected))
      return people
    },
    /** People merged away hand their ledger to the survivor; a refusal by either outlives an older grant by the other. */
    moveMerged: async (
      tx: Tx,
      shop: ShopId,
      merges: readonly { readonly from: CustomerId; readonly to: CustomerId }[],
    ): Promise<readonly CustomerId[]> => {
      if (merges.length === 0) return []
      const moved = [
        ...new Set(await moveLedger(tx, shop, merges)),
      ] as unknown as readonly CustomerId[]
      await reproject(tx, shop, moved)
      return moved
    },
    /** A notice about a channel reached its provider: the ledger keeps which message that was, and what is due moves on. */
    recordNotices: async (tx: Tx, shop: ShopId, notices: readonly SentNotice[]): Promise<void> => {
      if (notices.length === 0) return
      await appendLedger(
        tx,
        shop,
        notices.flatMap(({ customer, position, at, kind, channels, evidence }) =>
          channels.map((channel) => ({
            customer,
            position,
            at,
            change: {
              channel,
              kind,
              scope: 'ad_day' as const,
              source: 'notice' as const,
              evidence,
            },
          })),
        ),
      )
      await reproject(tx, shop, [...new Set(notices.map((one) => one.customer))])
    },
    /** What is due of these people, for the notices. */
    dueOf: readDue,
    /** What people said, for whoever tells them the result. */
    ledgerOf: readLedger,
    /** Obligations whose last day is near or past. */
    alarms: (shop: ShopId, upTo: Parameters<typeof readAlarms>[2]) =>
      readAlarms(needs.db, shop, upTo),
    statesOf,
    erase: eraseConsents,
    list: (shop: ShopId, page: Parameters<typeof listLedger>[2]) =>
      listLedger(needs.db, shop, page),
    closedSince,
    suppress,
    close: closing(needs.db),
    /** The states of one person, for pages. */
    of: async (shop: ShopId, customer: CustomerId): Promise<StatesOfPerson> =>
      (await statesOf(needs.db, shop, [customer])).get(customer) ?? new Map(),
    /** What one person agreed to by channel, and why the address is closed to it whatever was agreed to; null while it is open. */
    shown: async (shop: ShopId, customer: CustomerId) => {
      const [states, closed] = await Promise.all([
        statesOf(needs.db, shop, [customer]),
        closedOf(needs.db, shop, customer),
      ])
      return [...(states.get(customer) ?? [])].map(([channel, state]) => ({
        ...{ channel, ...state },
        closed: closed.get(channel) ?? null,
      }))
    },
  }
}
export type Consent = ReturnType<typeof consent>

async function statesOf(
  db: Database | Tx,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<ReadonlyMap<CustomerId, StatesOfPerson>> {
  const states = new Map<CustomerId, Map<ConsentChannel, ConsentState>>()
  for (const { customer, channel, ...state } of await readStates(db, shop, customers)) {
    const id = customer as CustomerId
    const person = states.get(id) ?? new Map<ConsentChannel, ConsentState>()
    states.set(id, person.set(channel, state))
  }
  return states
}

/** Closes what a person who refuses can be reached by, before the line has read the refusal. */
const closing =
  (db: Database) =>
  (
    shop: ShopId,
    refused: {
      readonly customer: number
      readonly channels: readonly ConsentChannel[]
      /** UTC ms */
      readonly at: number
    },
  ): Promise<void> => {
    const { customer, channels, at } = refused
    return closeAddresses(
      db,
      shop,
      channels.map((channel) => ({ customer, channel, at })),
    )
  }

async function reproject(
  tx: Tx,
  shop: ShopId,
  customers: readonly CustomerId[],
): Promise<readonly ProjectedRow[]> {
  const ledgers = new Map<string, LedgerOf[]>()
  for (const entry of await readLedger(tx, shop, customers)) {
    const key = `${entry.customer}:${entry.channel}`
    const ledger = ledgers.get(key) ?? []
    ledger.push(entry)
    ledgers.set(key, ledger)
  }
  const rows = [...ledgers.values()].flatMap((ledger) => {
    const [first] = ledger
    return first
      ? [{ customer: first.customer, channel: first.channel, ...projectConsents(ledger) }]
      : []
  })
  await saveProjections(tx, shop, rows)
  return rows
}

/** For each person and channel whose advertising consent was spoken of: whether the channel stands open now. */
function advertisingWords(rows: readonly LedgerRow[], projected: readonly ProjectedRow[]) {
  const spoken = new Set(
    rows
      .filter((row) => isAboutAdvertising(row.change))
      .map((row) => `${row.customer}:${row.change.channel}`),
  )
  return projected
    .filter((row) => spoken.has(`${row.customer}:${row.channel}`))
    .map((row) => ({
      customer: row.customer,
      channel: row.channel,
      open: row.adDay,
      at: (row.adDay ? row.grantedAt : row.refusedAt) ?? 0,
    }))
}

function isAboutAdvertising(change: LedgerRow['change']): boolean {
  return change.scope === 'ad_day'
}
