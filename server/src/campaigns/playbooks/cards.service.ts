import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { minuteMs } from '../../lib/duration.ts'
import type { Definition } from '../../segments/definition.ts'
import { repurchaseDays, type ShopFigures } from '../../segments/ready/figures.ts'
import { readySegments } from '../../segments/ready/gallery.ts'
import type { Segments } from '../../segments/segments.service.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { ranOutOfTime } from '../../warehouse/ran-out-of-time.ts'
import { dayOfText, dayText } from '../day.ts'
import { campaignsOfPlaybooks } from '../playbooks.store.ts'
import { answered, type OfferedSeason, offeredSeasons } from './answers.ts'
import type { PlaybookGallery } from './card.ts'
import { type Counted, enteringToday } from './entering.service.ts'
import type { FillNeeds } from './fill.service.ts'
import { gallery } from './gallery.ts'
import { channelsOf, todayOf } from './known.ts'
import { pictureOf } from './picture.ts'
import type { Answers, Language, Made, Playbook } from './playbook.ts'

type CardNeeds = Pick<FillNeeds, 'clock' | 'shops' | 'ready' | 'joinPage'> & {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly segments: Pick<Segments, 'count'>
}

/** How long a count serves everybody who looks. */
const freshMs = minuteMs
/** Shops whose counts are kept. */
const keptShops = 1_000

/** The gallery for a shop: pictures from the flows it would begin, and who would enter today. */
export function playbookCards(needs: CardNeeds) {
  const kept = new Map<
    ShopId,
    { readonly at: number; readonly gallery: Promise<PlaybookGallery> }
  >()
  return {
    /** With `counted` a look at the day's history, at most a minute old. */
    list: async (
      shop: ShopId,
      { counted }: { readonly counted: boolean },
    ): Promise<PlaybookGallery> => {
      if (!counted) return await drawn(needs, shop, false)
      const now = needs.clock.now()
      const known = kept.get(shop)
      if (known && now - known.at < freshMs && now >= known.at) return await known.gallery
      const oldest = kept.keys().next().value
      if (kept.size >= keptShops && oldest !== undefined) kept.delete(oldest)
      const fresh = drawn(needs, shop, true)
      kept.set(shop, { at: now, gallery: fresh })
      // What failed is asked anew by the next one who looks.
      fresh.catch(() => kept.delete(shop))
      return await fresh
    },
  }
}
export type PlaybookCards = ReturnType<typeof playbookCards>

async function drawn(needs: CardNeeds, id: ShopId, counted: boolean): Promise<PlaybookGallery> {
  const now = needs.clock.now()
  const [shop, joinPage, figures, begun] = await Promise.all([
    needs.shops.shop(id),
    needs.joinPage(id),
    needs.ready.figures(id),
    campaignsOfPlaybooks(needs.db, id),
  ])
  const calendar = todayOf(shop, now)
  const seasons = offeredSeasons(calendar)
  const sample = sampleAnswers(calendar.today, seasons)
  const previews = gallery.map((playbook) => {
    const answers = { ...answered(playbook.asks ?? [], sample, calendar), joinPage }
    return preview(playbook, { shop, answers, figures })
  })
  const flows = previews.map((one) => one.counted)
  const counts = counted ? await enteringToday(needs, id, { flows, now }).catch(uncounted) : []
  const drawings = new Map(
    previews.map(({ id, picture }, at) => [id, { picture, count: counts[at] ?? null }]),
  )
  return {
    seasons,
    items: gallery.map((playbook) => {
      const { id, family, name, about, enters } = playbook
      const drawing = drawings.get(id)
      return {
        ...{ id, family, name, about, enters },
        asks: playbook.asks ?? [],
        picture: drawing?.picture ?? { ko: [], en: [] },
        wouldEnterToday: drawing?.count ?? null,
        campaign: begun.get(id)?.campaign ?? null,
        chosen: begun.get(id)?.chosen ?? 0,
      }
    }),
  }
}

/** The cards do not go without their words because the day's history takes too long to count; other faults are faults. */
function uncounted(error: unknown): readonly null[] {
  if (ranOutOfTime(error)) return []
  throw error
}

/** The questions answered so that there is something to draw. */
function sampleAnswers(today: string, seasons: readonly OfferedSeason[]) {
  const day = (ahead: number) => dayText((dayOfText(today) ?? 0) + ahead)
  return {
    event: { title: '○○', from: day(7), to: day(14) },
    season: seasons[0]?.key,
    kakaoChannel: 'https://pf.kakao.com/_example',
  }
}

/** A playbook as the shop would begin it, with nothing made: segments and the pool are numbered for the drawing alone. */
function preview(
  playbook: Playbook,
  of: {
    readonly shop: Shop
    readonly answers: Answers
    readonly figures: ShopFigures
  },
) {
  const { shop, answers, figures } = of
  const wanted = playbook.segments ?? []
  const made: Made = {
    channels: channelsOf(shop),
    segments: Object.fromEntries(wanted.map(({ key }, at) => [key, at + 1])),
    pool: playbook.coupon ? 1 : 'none',
    repurchaseDays: repurchaseDays(figures).value,
    answers,
  }
  const known = wanted.map((one) => {
    if (!('ready' in one))
      return { name: one.nameFor?.(answers) ?? one.name, definition: one.definition(answers) }
    const ready = readySegments.find(({ id }) => id === one.ready)
    return ready && { name: ready.name, definition: ready.definition(figures) }
  })
  const picture = (language: Language) =>
    pictureOf(playbook.flow(language, made), {
      language,
      segments: new Map(
        known.flatMap((one, at): [number, string][] => (one ? [[at + 1, one.name[language]]] : [])),
      ),
      zone: shop.timeZone,
    })
  const segments = new Map(
    known.flatMap((one, at): [number, Definition][] => (one ? [[at + 1, one.definition]] : [])),
  )
  const counted: Counted = { flow: playbook.flow(shop.language, made), segments }
  return { id: playbook.id, picture: { ko: picture('ko'), en: picture('en') }, counted }
}
