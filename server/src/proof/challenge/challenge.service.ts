import { randomBytes } from 'node:crypto'
import type { Flow } from '../../campaigns/campaign.ts'
import type { Campaigns } from '../../campaigns/campaigns.service.ts'
import { metricOf } from '../../campaigns/goal-metric.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs, hourMs, secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { localTime } from '../../lib/zone.ts'
import type { SeenReports } from '../../onsite/seen.service.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { Effects } from '../effects.service.ts'
import { firstProductsOf } from '../first-orders.ts'
import { readCohort } from './cohorts.store.ts'
import { isExposed, isFixedBefore, mayPropose, type Note } from './note.ts'
import { readArrived, readNote, writeNote, writeShare } from './notes.store.ts'
import { challengeMail, challengePage } from './page.ts'
import type { Told } from './told.ts'
import { whatText } from './what.ts'
import { whomText, windowText } from './whom.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
type Campaign = Awaited<ReturnType<Campaigns['get']>>

const shareDays = 30
/** Who opens the page sees it once: what was counted long ago is counted anew first, for so long. */
const waitMs = 5 * secondMs
/** A campaign is held against at most so long a time before it. */
const longestDays = 90

export type ChallengeNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly vault: Pick<Vault, 'sign' | 'verify'>
  readonly shops: Pick<Shops, 'shop' | 'audit'>
  readonly campaigns: Pick<Campaigns, 'get'>
  readonly effects: Pick<Effects, 'effect'>
  readonly seen: SeenReports
  /** What a segment is called; undefined where it is gone. */
  readonly segmentName: (shop: ShopId, segment: number) => Promise<string | undefined>
  /** What products are called. */
  readonly productNames: (
    shop: ShopId,
    products: readonly string[],
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>
  readonly publicUrl: string
}

/**
 * A campaign as seed 2's challenge tells it: my own shopping experience, the hypothesis, the data, the campaign, the result. The
 * hypothesis and its target are fixed when the campaign starts: nobody can fit them to the result, and one that was written
 * later says so. The same page is the proposal before the start and the report after it; a link opens it to strangers for
 * thirty days, without names, addresses or small numbers.
 */
export function challenges(needs: ChallengeNeeds) {
  const { db, shops, clock } = needs
  return {
    get: async (shop: ShopId, id: number) => {
      const campaign = await needs.campaigns.get(shop, id)
      const row = await readNote(db, shop, id)
      const told = await toldOf(needs, shop, campaign)
      const fixed = { proposedAt: row.proposedAt, startedAt: campaign.startedAt }
      return {
        note: row.note,
        ...fixed,
        isFixedBefore: isFixedBefore(fixed),
        mayPropose: mayPropose(fixed),
        exposure: {
          ...told.exposure,
          seen: told.isOnPage,
          isEnough: isExposed(told.exposure),
        },
        mail: challengeMail(told),
        share: shareOf(needs, shop, { campaign: id, ...row }),
      }
    },
    put: (actor: Actor, id: number, note: Note) => put(needs, actor, { campaign: id, note }),
    /** Opens the page to whoever has the link, for thirty days; an older link stops working. */
    share: async (actor: Actor, id: number) => {
      await needs.campaigns.get(actor.shop, id)
      const share = {
        campaign: id,
        nonce: randomBytes(12).toString('base64url'),
        until: clock.now() + shareDays * dayMs,
      }
      await writeShare(db, actor.shop, share)
      await shops.audit(actor, 'challenge.shared', { object: `campaign:${id}` })
      const row = { campaign: id, shareNonce: share.nonce, shareUntil: share.until }
      return shareOf(needs, actor.shop, row)
    },
    unshare: async (actor: Actor, id: number) => {
      await writeShare(db, actor.shop, { campaign: id, nonce: null, until: null })
      await shops.audit(actor, 'challenge.closed', { object: `campaign:${id}` })
    },
    page: async (shop: ShopId, id: number) =>
      challengePage(await toldOf(needs, shop, await needs.campaigns.get(shop, id))),
    /** The page behind a link; undefined when it is wrong, closed or over. */
    shared: async (token: string): Promise<string | undefined> => {
      const found = readToken(needs, token)
      if (!found) return undefined
      const row = await readNote(db, found.shop, found.campaign)
      const isOpen = row.shareNonce === found.nonce && (row.shareUntil ?? 0) > clock.now()
      if (!isOpen) return undefined
      const campaign = await needs.campaigns.get(found.shop, found.campaign)
      return challengePage(await toldOf(needs, found.shop, campaign))
    },
  }
}
export type Challenges = ReturnType<typeof challenges>

async function put(
  { db, clock, shops, campaigns }: ChallengeNeeds,
  actor: Actor,
  { campaign, note }: { readonly campaign: number; readonly note: Note },
) {
  const { startedAt } = await campaigns.get(actor.shop, campaign)
  const { note: before, proposedAt } = await readNote(db, actor.shop, campaign)
  const isSame = note.hypothesis === before.hypothesis && note.target === before.target
  if (!isSame && !mayPropose({ proposedAt, startedAt }))
    throw new Refusal(
      'conflict',
      'The hypothesis and its target were fixed when the campaign started.',
      'hypothesis',
    )
  const written = { campaign, note, proposedAt: isSame ? proposedAt : clock.now() }
  await writeNote(db, actor.shop, written)
  await shops.audit(actor, 'challenge.written', { object: `campaign:${campaign}` })
}

async function toldOf(needs: ChallengeNeeds, shop: ShopId, campaign: Campaign): Promise<Told> {
  const { db, clock } = needs
  const { name, currency, timeZone } = await needs.shops.shop(shop)
  const { startedAt } = campaign
  const row = await readNote(db, shop, campaign.id)
  const on = (at: number | null) => (at === null ? null : minuteText(at, timeZone))
  const flow = campaign.draft
  const arrived = await readArrived(db, shop, campaign.id)
  const audience =
    flow.audience === undefined ? undefined : await needs.segmentName(shop, flow.audience)
  const shown = firstProductsOf(flow)?.products ?? []
  const names = new Map(
    (await needs.productNames(shop, shown)).map(({ id, name }) => [id, name] as const),
  )
  const seen = isOnPage(flow) ? await needs.seen.seen(shop, campaign.id) : null
  const runs = campaign.state === 'live' || campaign.state === 'paused'
  const until = runs ? clock.now() : (arrived.lastAt ?? startedAt ?? 0)
  const effect =
    startedAt === null ? undefined : await needs.effects.effect(shop, campaign.id, { waitMs })
  const result = effect?.state === 'ready' ? effect.result : null
  return {
    shop: { name, currency },
    campaign: { name: campaign.name, isDraft: startedAt === null },
    note: row.note,
    metric: result?.metric ?? metricOf(flow),
    proposedOn: on(row.proposedAt),
    startedOn: on(startedAt),
    isFixedBefore: isFixedBefore({ proposedAt: row.proposedAt, startedAt }),
    whom: whomText(flow, { audience, zone: timeZone }),
    what: whatText(flow, names),
    window: windowText(result?.windowHours ?? flow.goal.windowHours),
    shares: result && result.shares.length > 0 ? result.shares : [flow.holdoutShare],
    isOnPage: seen !== null,
    exposure: {
      days: startedAt === null ? 0 : Math.max(0, Math.floor((until - startedAt) / dayMs)),
      people: seen?.seen ?? arrived.people,
      pressed: seen?.clicked ?? arrived.pressed,
    },
    effect: result,
    before:
      startedAt === null ? null : await cohortsOf(needs, shop, { campaign, startedAt, until }),
    toldOn: on(clock.now()) ?? '',
    countedOn: effect?.state === 'ready' ? on(effect.madeAt) : null,
  }
}

/** `2026-11-22 14:05` on the shop's clocks. */
function minuteText(at: number, zone: string): string {
  return new Date(localTime(at, zone)).toISOString().slice(0, 16).replace('T', ' ')
}

const isOnPage = (flow: Flow) => flow.trigger.kind === 'page'

/** What people did who could have entered: the same in both periods. Undefined where the past does not hold it. */
function likeEvent({ draft, playbook }: Campaign): string | undefined {
  if (playbook === 'first_product_recommendation') return 'Signed Up'
  if (draft.trigger.kind === 'event') return draft.trigger.event
  return draft.trigger.kind === 'page' ? 'Page Viewed' : undefined
}

/**
 * Both periods are as long, end with everybody's window, and lie one after the other. While the campaign is younger than its
 * window, people are followed for half of its time instead, equally long in both.
 */
async function cohortsOf(
  { warehouse, clock }: ChallengeNeeds,
  shop: ShopId,
  asked: { readonly campaign: Campaign; readonly startedAt: number; readonly until: number },
): Promise<Told['before']> {
  const { campaign, startedAt, until } = asked
  const event = likeEvent(campaign)
  if (!event) return null
  const age = clock.now() - startedAt
  const whole = campaign.draft.goal.windowHours * hourMs
  const windowMs = age > whole ? whole : Math.floor(age / 2 / dayMs) * dayMs
  const end = Math.min(until, clock.now() - windowMs)
  const length = Math.min(end - startedAt, longestDays * dayMs)
  if (windowMs <= 0 || length <= 0) return 'early'
  const of = (from: number) =>
    readCohort(warehouse, shop, { event, from, to: from + length, windowMs })
  const [now, past] = await Promise.all([of(startedAt), of(startedAt - length)])
  return { now, past, event, followed: windowText(windowMs / hourMs) }
}

type Shared = {
  readonly campaign: number
  readonly shareNonce: string | null
  readonly shareUntil: number | null
}
const signed = (shop: number, campaign: number, nonce: string) =>
  `challenge:${shop}:${campaign}:${nonce}`

function shareOf(
  { vault, publicUrl, clock }: ChallengeNeeds,
  shop: ShopId,
  { campaign, shareNonce, shareUntil }: Shared,
) {
  if (shareNonce === null || shareUntil === null || shareUntil <= clock.now()) return null
  const signature = vault.sign(signed(shop, campaign, shareNonce))
  return {
    url: `${publicUrl}/r/${shop}.${campaign}.${shareNonce}.${signature}`,
    until: shareUntil,
  }
}

function readToken({ vault }: ChallengeNeeds, token: string) {
  const match = /^(\d{1,9})\.(\d{1,12})\.([\w-]{16})\.([\w-]{20,100})$/.exec(token)
  const [, shop = '', campaign = '', nonce = '', signature = ''] = match ?? []
  if (!match || !vault.verify(signed(Number(shop), Number(campaign), nonce), signature))
    return undefined
  return { shop: Number(shop) as ShopId, campaign: Number(campaign), nonce }
}
