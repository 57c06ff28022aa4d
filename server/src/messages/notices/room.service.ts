import type { Consent } from '../../consent/consent.service.ts'
import { consentSettings } from '../../consent/settings.ts'
import type { Tx } from '../../database/connection.store.ts'
import type { Placed } from '../../events/happening.ts'
import type { LineRoom, RoomTurn, Turn } from '../../events/turn.ts'
import { factsSection, readKnown } from '../../facts/person.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject, type Json } from '../../lib/json.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { MessageIntent, Notice } from '../intent.ts'
import type { Messages } from '../messages.service.ts'
import { confirmationAsked, readAbout } from './about.ts'
import { byDay } from './by-day.ts'
import { askFrom, type Confirmation, confirmations, withinLimits } from './confirm.ts'
import { readAsked, readNotices, readOpenNotices } from './notices.store.ts'
import { standardTexts } from './standard-texts.service.ts'
import { causeOf, type Look, lookAt, type Owed, type Wish } from './wishes.ts'

type Needs = {
  readonly consent: Pick<Consent, 'dueOf' | 'ledgerOf' | 'recordNotices'>
  readonly messages: Pick<Messages, 'decideAll' | 'publish'>
  readonly shops: Pick<Shops, 'shop'>
}

const section = 'notices'
/** How far back a notice on its way can have been made. */
const openForMs = 40 * dayMs

/** What one turn gathers for its end. */
type Work = {
  readonly turn: Turn
  readonly looked: Set<CustomerId>
  readonly sent: Placed[]
  readonly asked: Placed[]
}

/**
 * Tells people what the law wants told: the result of what they said, and every two years that it stands. On the line, so that the
 * word and its notice are one transaction; through the one door like every message. After the campaigns.
 */
export function noticesRoom(needs: Needs): LineRoom<Tx> {
  const contentOf = standardTexts(needs)
  return {
    name: 'notices',
    open: async (_, turn) => {
      const work: Work = { turn, looked: new Set(), sent: [], asked: [] }
      const next = new Map<CustomerId, number>()
      for (const merge of turn.merges) {
        if (dueIn(merge.section(section)) === Infinity) continue
        work.looked.add(merge.to)
        next.set(merge.to, turn.now + minuteMs)
      }
      const soon = (customer: CustomerId) => {
        work.looked.add(customer)
        // What is really next is known at the end of the turn; then the person is only looked up once more.
        next.set(customer, turn.now + minuteMs)
      }
      return {
        nextDue: (customer) =>
          next.get(customer) ?? dueIn(turn.people.get(customer)?.section(section)),
        fire: soon,
        apply: (happening) => take(work, happening, soon),
        discard: (customer) => {
          work.looked.delete(customer)
          next.delete(customer)
        },
        close: (tx) => close(needs, contentOf, { tx, work }),
      } satisfies RoomTurn<Tx>
    },
  }
}

function dueIn(stored: Json | undefined): number {
  return isJsonObject(stored) && typeof stored.at === 'number' ? stored.at : Infinity
}

function take(work: Work, happening: Placed, soon: (customer: CustomerId) => void): void {
  const { kind, name, body, customer } = happening
  if (customer === 0) return
  if (kind === 'consent') soon(customer)
  else if (kind === 'receipt' && name === 'Message Sent' && !body.properties?.campaign_id) {
    work.sent.push(happening)
    soon(customer)
  } else if (kind === 'edit' && name === confirmationAsked) work.asked.push(happening)
}

async function close(
  needs: Needs,
  contentOf: ReturnType<typeof standardTexts>,
  { tx, work }: { readonly tx: Tx; readonly work: Work },
): Promise<void> {
  const { turn, looked, asked } = work
  if (looked.size === 0 && asked.length === 0) return
  await recordSent(needs, tx, work)
  const shop = await needs.shops.shop(turn.shop)
  const looks = await lookAll(needs, { tx, work, shop })
  const tongue = tongueOf(shop)
  const wishes = [...looks].flatMap(([customer, look]) =>
    look.wishes.map((wish) => ({
      customer,
      wish,
      causeKey: causeOf(customer, wish, turn.now),
      grants: [],
    })),
  )
  const intents: MessageIntent[] = []
  for (const one of [...wishes, ...(await questions(tx, work, tongue))]) {
    const { notice, carrier } = one.wish
    const content = await contentOf(shop, { notice, carrier })
    if (content !== undefined) intents.push(intentOf({ ...one, content, shop, now: turn.now }))
  }
  await needs.messages.decideAll(tx, turn, intents)
  for (const [customer, look] of looks)
    turn.people.get(customer)?.remember(section, look.next === Infinity ? {} : { at: look.next })
}

/** What the addresses are asked to confirm, no oftener than an address may be asked. */
async function questions(
  tx: Tx,
  { turn, asked }: Work,
  tongue: ReturnType<typeof tongueOf>,
): Promise<readonly Confirmation[]> {
  const wanted = confirmations(asked, { tongue })
  const addresses = await readAsked(tx, turn.shop, {
    customers: wanted.map((one) => one.customer),
    since: turn.now - dayMs,
  })
  return withinLimits(wanted, addresses, turn.now)
}

/** Notices that reached their provider: the ledger keeps the message as proof. */
async function recordSent(needs: Needs, tx: Tx, { turn, sent }: Work): Promise<void> {
  const told = new Map(sent.map((one) => [Number(one.body.properties?.message_id), one]))
  const rows = await readNotices(tx, turn.shop, [...told.keys()])
  await needs.consent.recordNotices(
    tx,
    turn.shop,
    rows.flatMap((row) => {
      const receipt = told.get(row.id)
      const kind = ledgerKind(row.notice)
      if (!receipt || kind === undefined) return []
      const { channels, upTo } = readAbout(row.kept)
      return [
        {
          customer: receipt.customer,
          position: kind === 'result_notice_sent' ? upTo : receipt.position,
          at: receipt.at,
          kind,
          channels,
          evidence: { message: String(row.id), by: row.channel },
        },
      ]
    }),
  )
}

function ledgerKind(notice: Notice): 'result_notice_sent' | 'reconfirm_sent' | undefined {
  switch (notice) {
    case 'consent_result':
      return 'result_notice_sent'
    case 'consent_reconfirm':
      return 'reconfirm_sent'
    case 'consent_confirm':
      return undefined
  }
}

async function lookAll(
  needs: Needs,
  { tx, work, shop }: { readonly tx: Tx; readonly work: Work; readonly shop: Shop },
): Promise<ReadonlyMap<CustomerId, Look>> {
  const { turn } = work
  const looks = new Map<CustomerId, Look>()
  // Invented shoppers are told nothing.
  if (work.looked.size === 0 || shop.isDemo) return looks
  const customers = [...work.looked]
  const due = await needs.consent.dueOf(tx, turn.shop, customers)
  const owing = [...new Set(due.map((row) => row.customer))]
  const ledger = Map.groupBy(
    await needs.consent.ledgerOf(tx, turn.shop, owing),
    (entry) => `${entry.customer}:${entry.channel}`,
  )
  const open = await readOpenNotices(tx, turn.shop, {
    customers: owing,
    since: turn.now - openForMs,
  })
  for (const customer of customers) {
    const owed = due
      .filter((row) => row.customer === customer)
      .map((row): Owed => ({ ...row, ledger: ledger.get(`${customer}:${row.channel}`) ?? [] }))
    const known = readKnown(turn.people.get(customer)?.section(factsSection))
    const look = lookAt(owed, {
      settings: consentSettings(shop.settings),
      now: turn.now,
      customer,
      tongue: tongueOf(shop),
      isDormant: known.membership?.status?.is === 'dormant',
    })
    const mine = open.filter((row) => row.customer === customer)
    const isOpen = (wish: Wish) =>
      mine.some(
        (row) =>
          row.notice === wish.notice &&
          row.channel === wish.carrier &&
          readAbout(row.kept).upTo >= wish.upTo,
      )
    looks.set(customer, { ...look, wishes: look.wishes.filter((wish) => !isOpen(wish)) })
  }
  await recordShown(needs, tx, { turn, looks })
  return looks
}

/** What the page that asked has shown already needs no message. */
async function recordShown(
  needs: Needs,
  tx: Tx,
  { turn, looks }: { readonly turn: Turn; readonly looks: ReadonlyMap<CustomerId, Look> },
): Promise<void> {
  await needs.consent.recordNotices(
    tx,
    turn.shop,
    [...looks].flatMap(([customer, { shown }]) =>
      shown.channels.length === 0
        ? []
        : [
            {
              customer,
              position: shown.position,
              at: turn.now,
              kind: 'result_notice_sent' as const,
              channels: shown.channels,
              evidence: { shown: 'page' },
            },
          ],
    ),
  )
}

function tongueOf(shop: Shop) {
  return { language: shop.language, zone: shop.timeZone }
}

type Wanted = {
  readonly customer: CustomerId
  readonly wish: Pick<Wish, 'notice' | 'carrier' | 'channels' | 'text' | 'upTo'>
  readonly causeKey: string
  readonly grants: readonly { readonly channel: string; readonly scope: string }[]
}

function intentOf(
  wanted: Wanted & { readonly content: string; readonly shop: Shop; readonly now: number },
): MessageIntent {
  const { customer, wish, causeKey, grants, content, shop, now } = wanted
  return {
    campaign: null,
    version: null,
    step: null,
    enrolment: null,
    notice: wish.notice,
    causeKey,
    customer,
    channel: wish.carrier,
    purpose: 'informational',
    precedence: { class: 'notice', weight: 100 },
    experiment: null,
    content,
    context: {
      notice: {
        sender: shop.sender.legalName || shop.name,
        text: wish.text,
        channels: wish.channels,
        upTo: wish.upTo,
        grants,
      },
    },
    products: [],
    ...startOf(wish, { now, zone: shop.timeZone }),
  }
}

function startOf(
  { notice, carrier }: Wanted['wish'],
  { now, zone }: { readonly now: number; readonly zone: string },
): { readonly notBefore?: number } {
  switch (notice) {
    case 'consent_result':
      return {}
    case 'consent_reconfirm':
      return { notBefore: byDay(now, zone) }
    case 'consent_confirm': {
      const from = askFrom(carrier, now)
      return from === undefined ? {} : { notBefore: from }
    }
  }
}
