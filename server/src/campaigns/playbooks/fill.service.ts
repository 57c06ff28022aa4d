import type { CouponPools } from '../../coupons/pools.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { dueAfter } from '../../orders/repurchase-interval.ts'
import { sameDefinition } from '../../segments/definition.ts'
import { repurchaseDays } from '../../segments/ready/figures.ts'
import type { Ready } from '../../segments/ready/ready.service.ts'
import { segmentsLimit } from '../../segments/segment.ts'
import type { Segments } from '../../segments/segments.service.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flow } from '../campaign.ts'
import { type WaitByGoods, waitGoodsLimit } from '../steps/wait.ts'
import { answered, type GivenAnswers } from './answers.ts'
import { type PlaybookId, runnable } from './gallery.ts'
import { channelsOf, todayOf } from './known.ts'
import type { Answers, Made, Playbook } from './playbook.ts'

type Who = { readonly shop: ShopId; readonly name: string }

export type FillNeeds = {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly segments: Pick<Segments, 'create' | 'list'>
  readonly ready: Pick<Ready, 'list' | 'figures' | 'intervals'>
  readonly pools: Pick<CouponPools, 'list' | 'create'>
  /** What the path of the page after joining holds; '': there is none. */
  readonly joinPage: (shop: ShopId) => Promise<string>
}

/** The draft of a playbook for one shop. */
export type Fill = (
  actor: Who,
  asked: { readonly playbook: PlaybookId; readonly answers: GivenAnswers },
) => Promise<Flow>

/** Fills playbooks in: segments and coupons are made for the shop, or found where they were made before. */
export function filling(needs: FillNeeds): Fill {
  return async (actor, asked) => {
    const playbook: Playbook = runnable[asked.playbook]
    const shop = await needs.shops.shop(actor.shop)
    const today = todayOf(shop, needs.clock.now())
    const answers = {
      ...answered(playbook.asks ?? [], asked.answers, today),
      joinPage: await needs.joinPage(actor.shop),
    }
    const figures = await needs.ready.figures(actor.shop)
    const made: Made = {
      channels: channelsOf(shop),
      repurchaseDays: repurchaseDays(figures).value,
      repurchaseOf: playbook.waitsByGoods && (await goodsOf(needs, actor.shop)),
      segments: await segmentsFor(needs, actor, { playbook, shop, answers }),
      pool: await poolFor(needs, actor, { playbook, shop }),
      answers,
    }
    return playbook.flow(shop.language, made)
  }
}

/** Days by product and category, as the page of repurchase intervals tells them; undefined where none is known. */
async function goodsOf({ ready }: FillNeeds, shop: ShopId): Promise<WaitByGoods | undefined> {
  const known = await ready.intervals(shop, waitGoodsLimit)
  const products = known.products.map(({ key, name, ...product }) => ({
    ...{ id: key, name },
    days: dueAfter({ product }).days,
  }))
  const categories = known.categories.map(({ key, name: _, ...category }) => ({
    ...{ name: key, days: dueAfter({ category }).days },
  }))
  return products.length + categories.length === 0 ? undefined : { products, categories }
}

async function segmentsFor(
  needs: FillNeeds,
  actor: Who,
  of: { readonly playbook: Playbook; readonly shop: Shop; readonly answers: Answers },
): Promise<Made['segments']> {
  const { segments: wanted = [] } = of.playbook
  if (wanted.length === 0) return {}
  const { language } = of.shop
  const [ready, own] = await Promise.all([
    needs.ready.list(actor.shop, { counted: false }),
    needs.segments.list(actor.shop, { before: undefined, limit: segmentsLimit }),
  ])
  const made: { [key: string]: number } = {}
  for (const one of wanted) {
    const offered = 'ready' in one ? ready.find(({ id }) => id === one.ready) : undefined
    if (offered && offered.made !== null) {
      made[one.key] = offered.made
      continue
    }
    const input = offered
      ? {
          name: offered.name[language],
          description: offered.purpose[language],
          definition: offered.definition,
          ready: offered.id,
        }
      : 'ready' in one
        ? undefined
        : {
            name: (one.nameFor?.(of.answers) ?? one.name)[language],
            description: one.purpose[language],
            definition: one.definition(of.answers),
          }
    if (!input) continue
    const before = own.find(
      ({ name, definition }) => name === input.name && sameDefinition(definition, input.definition),
    )
    made[one.key] = before?.id ?? (await needs.segments.create(actor, input)).id
  }
  return made
}

/** Where it cannot be made the draft stays without one: a message that speaks of a coupon and has none cannot go live. */
async function poolFor(
  { pools }: FillNeeds,
  actor: Who,
  { playbook, shop }: { readonly playbook: Playbook; readonly shop: Shop },
): Promise<Made['pool']> {
  const draft = playbook.coupon?.(shop.language, shop.currency)
  if (!draft) return 'none'
  const there = (await pools.list(actor.shop, false)).find(({ name }) => name === draft.name)
  if (there) return there.id
  try {
    return (await pools.create(actor, draft)).id
  } catch (error) {
    if (error instanceof Refusal) return 'unmade'
    throw error
  }
}
