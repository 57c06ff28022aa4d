import { randomBytes } from 'node:crypto'
import type { Handover } from '../../channels/carrier.ts'
import { refusedUrl } from '../../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../../channels/webhook/settings.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs, minuteMs, secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { HaltWatch } from '../../messages/halt.service.ts'
import type { Effects } from '../../proof/effects.service.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { readOrders } from '../home.store.ts'
import type { Suggestions } from '../suggestions.service.ts'
import {
  claimDue,
  type Due,
  forgetMornings,
  insertDue,
  readMornings,
  readRecentCampaigns,
  readSentInPeriod,
  recordMorning,
} from './morning.store.ts'
import { type CausedResult, type MorningFacts, morningOf } from './morning.ts'
import { type MorningDay, morningAt, morningToday } from './morning-day.ts'
import {
  destinationsOf,
  type MorningInput,
  type MorningSettings,
  morningMinute,
  morningSettings,
} from './morning-settings.ts'
import type { MorningPost } from './post.service.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
/** A campaign that messaged nobody for so long is no news. */
const recentDays = 60
/** A message is read once: what was counted long ago is counted anew first. */
const waitMs = 20 * secondMs
const keptDays = 60
const mostTries = 4
const retryMs = 10 * minuteMs

export type MorningNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal'>
  readonly shops: Pick<Shops, 'shop' | 'ids' | 'set' | 'audit'>
  readonly effects: Pick<Effects, 'own'>
  readonly suggestions: Pick<Suggestions, 'first'>
  readonly halted: HaltWatch
  readonly post: MorningPost
  readonly allowPrivate?: boolean
}

/**
 * The message that a shop's team reads with its coffee: at 08:30 by the shop's clocks, on Mondays about the week. It tells what
 * happened and what was sent, what is certain against the hold-out, what went wrong and one thing to do; counts only, nobody's
 * name or address, so that it may be read without signing in. Each morning goes to each place once: a row for both is written
 * before anything leaves, a worker that dies in between leaves it unanswered rather than sent twice, and what certainly did not
 * leave is tried again for half an hour.
 */
export function mornings(needs: MorningNeeds) {
  const { db, clock, shops } = needs
  return {
    get: async (shop: ShopId) => {
      const { settings } = await shops.shop(shop)
      const known = morningSettings(settings.morning)
      return { ...answerOf(known), last: await readMornings(db, shop) }
    },
    put: (actor: Actor, input: MorningInput) => put(needs, actor, input),
    /** The message as it would be written now. */
    preview: async (shop: ShopId) => {
      const { timeZone } = await shops.shop(shop)
      return await written(needs, shop, morningToday(clock.now(), timeZone))
    },
    /** Sends today's message now, to every place at once; what came of each. */
    test: async (actor: Actor) => {
      const shop = await shops.shop(actor.shop)
      const settings = morningSettings(shop.settings.morning)
      const places = settings ? destinationsOf(settings) : []
      if (places.length === 0) throw new Refusal('conflict', 'Say first where the message goes to.')
      const morning = await written(needs, actor.shop, morningToday(clock.now(), shop.timeZone))
      const sent = places.map(async (destination) => {
        const key = `morning.test.${randomBytes(8).toString('hex')}`
        const came = await needs.post(shop, destination, { key, at: clock.now(), morning })
        return { destination, ok: came.kind === 'accepted', detail: detailOf(came) }
      })
      return await Promise.all(sent)
    },
    /** One look at every shop's clock; true when something was sent. */
    turn: async (): Promise<boolean> => {
      let sent = false
      for (const shop of await shops.ids()) sent = (await morningOfShop(needs, shop)) || sent
      return sent
    },
    prune: () =>
      forgetMornings(db, new Date(clock.now() - keptDays * dayMs).toISOString().slice(0, 10)),
  }
}
export type Mornings = ReturnType<typeof mornings>

async function put(
  { clock, shops, vault, allowPrivate }: MorningNeeds,
  actor: Actor,
  input: MorningInput,
) {
  const { settings } = await shops.shop(actor.shop)
  const before = morningSettings(settings.morning)
  for (const [field, url] of [
    ['slack', input.slack ?? ''],
    ['webhook', input.webhook],
  ] as const) {
    const refused = url === '' ? undefined : await refusedUrl(url, allowPrivate)
    if (refused) throw new Refusal('invalid', refused, field)
  }
  if (input.webhook !== '' && !webhookSettings(settings.webhook))
    throw new Refusal('conflict', 'Make the webhook secret in the settings first.', 'webhook')
  const sealedSlack =
    input.slack === undefined
      ? (before?.sealedSlack ?? '')
      : input.slack === ''
        ? ''
        : vault.seal(input.slack)
  const next: MorningSettings = {
    emails: [...new Set(input.emails)],
    sealedSlack,
    webhook: input.webhook,
    since: clock.now(),
  }
  await shops.set(actor.shop, 'morning', destinationsOf(next).length === 0 ? null : next)
  const places = destinationsOf(next).map(({ kind }) => kind)
  await shops.audit(actor, 'morning.changed', {
    object: `shop:${actor.shop}`,
    detail: { places },
  })
  return answerOf(next)
}

function answerOf(settings: MorningSettings | undefined) {
  return {
    emails: settings?.emails ?? [],
    hasSlack: settings !== undefined && settings.sealedSlack !== '',
    webhook: settings?.webhook ?? '',
  }
}

async function morningOfShop(needs: MorningNeeds, id: ShopId): Promise<boolean> {
  const { db, clock } = needs
  const now = clock.now()
  const shop = await needs.shops.shop(id)
  const settings = morningSettings(shop.settings.morning)
  const today = settings && morningAt(now, shop.timeZone)
  const begins = (today?.bounds[3] ?? 0) + morningMinute * minuteMs
  // Switched on after the hour: the first message is tomorrow's.
  if (!settings || !today || settings.since > begins) return false
  const places = destinationsOf(settings)
  await insertDue(
    db,
    id,
    places.map((destination) => ({ day: today.text, destination, at: now })),
  )
  const due = await claimDue(db, id, { day: today.text, now })
  if (due.length === 0) return false
  const morning = await written(needs, id, today)
  for (const one of due) {
    const key = `morning.${id}.${one.day.replaceAll('-', '')}.${one.id}`
    const came = await needs.post(shop, one.destination, { key, at: clock.now(), morning })
    await recordMorning(db, one.id, afterwards(came, one, clock.now()))
  }
  return true
}

function afterwards(came: Handover, { tries }: Due, now: number) {
  const detail = detailOf(came)
  const ended = { nextAt: now, detail }
  switch (came.kind) {
    case 'accepted':
      return { state: 'sent', ...ended } as const
    case 'ambiguous':
      return { state: 'unconfirmed', ...ended } as const
    case 'permanent':
    case 'no_balance':
      return { state: 'failed', ...ended } as const
    case 'temporary':
      return tries < mostTries
        ? ({ state: 'due', nextAt: now + retryMs, detail } as const)
        : ({ state: 'failed', ...ended } as const)
  }
}

const detailOf = (came: Handover): string | null => (came.kind === 'accepted' ? null : came.detail)

async function written(needs: MorningNeeds, id: ShopId, day: MorningDay) {
  const shop = await needs.shops.shop(id)
  return morningOf(await factsOf(needs, id, day), shop.language)
}

async function factsOf(needs: MorningNeeds, id: ShopId, day: MorningDay): Promise<MorningFacts> {
  const { db } = needs
  const { name, currency } = await needs.shops.shop(id)
  const { bounds, kind, from, to } = day
  const [orders, sent, caused, isHalted, suggestion] = await Promise.all([
    readOrders(db, id, { currency, bounds, to: bounds[3] }),
    readSentInPeriod(db, id, bounds),
    causedBy(needs, id, bounds[3]),
    needs.halted(id),
    needs.suggestions.first(id),
  ])
  const ordersIn = (bucket: number) => orders.find((one) => one.bucket === bucket)
  return {
    kind,
    shop: { name, currency },
    from,
    to,
    orders: { now: ordersIn(3)?.orders ?? 0, before: ordersIn(1)?.orders ?? 0 },
    revenue: { now: ordersIn(3)?.revenue ?? 0, before: ordersIn(1)?.revenue ?? 0 },
    sent: { now: sent.sent, before: sent.before },
    cost: sent.cost === null ? null : sent.cost / 10_000,
    ...caused,
    failed: sent.failed,
    unconfirmed: sent.unconfirmed,
    isHalted,
    suggestion,
  }
}

async function causedBy(
  { db, effects }: MorningNeeds,
  shop: ShopId,
  now: number,
): Promise<Pick<MorningFacts, 'caused' | 'mismatched'>> {
  const recent = await readRecentCampaigns(db, shop, now - recentDays * dayMs)
  const caused: CausedResult[] = []
  const mismatched: string[] = []
  for (const { id, name } of recent) {
    const effect = await effects.own(shop, id, waitMs)
    if (effect?.isMismatched) mismatched.push(name)
    if (!effect?.difference) continue
    const { verdict, difference, metric, margin } = effect
    if (verdict === 'helps' || verdict === 'harms')
      caused.push({ name, metric, isMarginKnown: margin !== null, verdict, difference })
  }
  return { caused, mismatched }
}
