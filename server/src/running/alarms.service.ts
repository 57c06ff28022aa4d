import { randomBytes } from 'node:crypto'
import type { Handover } from '../channels/carrier.ts'
import { refusedUrl } from '../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../channels/webhook/settings.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Destination } from '../reports/morning/morning-settings.ts'
import type { MorningPost } from '../reports/morning/post.service.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { after, alarmOf, nextRound } from './alarm.ts'
import { type AlarmInput, alarmPlaces, alarmSettings } from './alarm-settings.ts'
import { type CheckName, checkNames, type Finding } from './checks.ts'
import {
  claimTrouble,
  endRound,
  forgetTrouble,
  type KeptTrouble,
  keepTrouble,
  keepWaiting,
  readTroubles,
} from './troubles.store.ts'

type Actor = { readonly shop: ShopId; readonly name: string }

/** What did not leave is tried again after so long, and so often in a round. */
const againMs = 5 * minuteMs
const mostTries = 4

type AlarmsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal'>
  readonly shops: Pick<Shops, 'shop' | 'ids' | 'set' | 'audit'>
  readonly findings: (shop: ShopId) => Promise<readonly Finding[]>
  readonly post: MorningPost
  readonly allowPrivate?: boolean
}

/**
 * Tells a shop's people when something keeps it from working: once when it begins, again after a day, and when it is over.
 * A worker that dies while it tells tells again: twice is better than never.
 */
export function alarms(needs: AlarmsNeeds) {
  const { db, shops } = needs
  return {
    get: async (shop: ShopId) => answerOf((await shops.shop(shop)).settings.alarms),
    put: (actor: Actor, input: AlarmInput) => put(needs, actor, input),
    /** Tells every place now that alarms arrive there; what came of each. */
    test: (actor: Actor) => tryPlaces(needs, actor.shop),
    troubles: (shop: ShopId) => readTroubles(db, shop),
    /** One look at every shop that wants to be told; true when something was told. */
    turn: async (): Promise<boolean> => {
      let told = false
      for (const id of await shops.ids()) {
        const shop = await shops.shop(id)
        const settings = alarmSettings(shop.settings.alarms)
        if (settings) told = (await look(needs, shop, alarmPlaces(settings))) || told
      }
      return told
    },
  }
}
export type Alarms = ReturnType<typeof alarms>

async function look(
  needs: AlarmsNeeds,
  shop: Shop,
  places: readonly Destination[],
): Promise<boolean> {
  const { db, clock } = needs
  const findings = await needs.findings(shop.id)
  const kept = new Map((await readTroubles(db, shop.id)).map((one) => [one.check, one]))
  for (const finding of findings) {
    const before = kept.get(finding.check)
    const known = before && { ...before, isHeard: isHeard(before, places.length) }
    const trouble = after(known, finding, clock.now())
    if (trouble) await keepTrouble(db, shop.id, trouble)
    else if (before) await forgetTrouble(db, shop.id, finding.check)
  }
  let told = false
  for (const trouble of await readTroubles(db, shop.id)) {
    if (trouble.nextAt <= clock.now()) told = (await tell(needs, { shop, places }, trouble)) || told
  }
  return told
}

/** Whether any of so many places was told of it. */
function isHeard({ isOver, rounds, waiting }: KeptTrouble, places: number): boolean {
  return isOver || rounds > 0 || (waiting !== null && waiting.length < places)
}

async function tell(
  needs: AlarmsNeeds,
  { shop, places }: { readonly shop: Shop; readonly places: readonly Destination[] },
  trouble: KeptTrouble,
): Promise<boolean> {
  const { db, clock } = needs
  const { check } = trouble
  const now = clock.now()
  if (!(await claimTrouble(db, shop.id, { check, seen: trouble.nextAt, until: now + againMs })))
    return false
  const waiting: Destination[] = []
  for (const place of trouble.waiting ?? places) {
    const key = `alarm.${shop.id}.${check}.${trouble.since}.${trouble.rounds}.${Number(trouble.isOver)}`
    const came = await needs.post(shop, place, {
      key,
      at: now,
      morning: alarmOf(trouble, shop, now),
    })
    if (came.kind === 'temporary') waiting.push(place)
  }
  if (waiting.length > 0 && trouble.tries + 1 < mostTries) {
    await keepWaiting(db, shop.id, { check, waiting })
    return true
  }
  const nextAt = nextRound(trouble, now)
  if (nextAt === undefined) await forgetTrouble(db, shop.id, check)
  else await endRound(db, shop.id, { check, nextAt })
  return true
}

async function tryPlaces(needs: AlarmsNeeds, id: ShopId) {
  const shop = await needs.shops.shop(id)
  const settings = alarmSettings(shop.settings.alarms)
  const places = settings ? alarmPlaces(settings) : []
  if (places.length === 0) throw new Refusal('conflict', 'Say first where alarms go to.')
  const isKorean = shop.language === 'ko'
  const morning = {
    subject: `[${shop.name}] ${isKorean ? '알림이 잘 도착하는지 확인해요' : 'A test of the alarms'}`,
    parts: [
      {
        title: isKorean ? '시험이에요' : 'Only a test',
        lines: [isKorean ? '문제가 생기면 이렇게 알려드려요.' : 'This is how trouble is told.'],
      },
    ],
  }
  const sent = places.map(async (destination) => {
    const key = `alarm.test.${randomBytes(8).toString('hex')}`
    const came: Handover = await needs.post(shop, destination, {
      key,
      at: needs.clock.now(),
      morning,
    })
    const detail = came.kind === 'accepted' ? null : came.detail
    return { destination, ok: came.kind === 'accepted', detail }
  })
  return await Promise.all(sent)
}

async function put(needs: AlarmsNeeds, actor: Actor, input: AlarmInput) {
  const { shops, vault, allowPrivate } = needs
  const { settings } = await shops.shop(actor.shop)
  const before = alarmSettings(settings.alarms)
  for (const [field, url] of [
    ['slack', input.slack ?? ''],
    ['webhook', input.webhook],
  ] as const) {
    const refused = url === '' ? undefined : await refusedUrl(url, allowPrivate)
    if (refused) throw new Refusal('invalid', refused, field)
  }
  if (input.webhook !== '' && !webhookSettings(settings.webhook))
    throw new Refusal('conflict', 'Make the webhook secret in the settings first.', 'webhook')
  const kept = before?.sealedSlack ?? ''
  const sealedSlack =
    input.slack === undefined ? kept : input.slack === '' ? '' : vault.seal(input.slack)
  const next = { emails: [...new Set(input.emails)], sealedSlack, webhook: input.webhook }
  const places = alarmPlaces(next)
  await shops.set(actor.shop, 'alarms', places.length === 0 ? null : next)
  // What was known of places that are told no longer is not told to those that are new.
  if (places.length === 0)
    for (const check of checkNames)
      await forgetTrouble(needs.db, actor.shop, check satisfies CheckName)
  const detail = { places: places.map(({ kind }) => kind) }
  await shops.audit(actor, 'alarms.changed', { object: `shop:${actor.shop}`, detail })
  return answerOf(next)
}

function answerOf(section: unknown) {
  const settings = alarmSettings(section)
  return {
    emails: settings?.emails ?? [],
    hasSlack: settings !== undefined && settings.sealedSlack !== '',
    webhook: settings?.webhook ?? '',
  }
}
