import { z } from 'zod'
import { dayMs, minuteMs } from '../../lib/duration.ts'
import { isJsonObject, type JsonObject } from '../../lib/json.ts'
import type { GoodsDays } from '../goods-days.ts'
import { StepId } from './step-id.ts'
import type { Moment, StepKind } from './step-kind.ts'

/** The longest wait of one step, minutes. */
export const longestWaitMinutes = (400 * dayMs) / minuteMs
/** Goods of one wait that have a span of their own. */
export const waitGoodsLimit = 100
/** Days that a share of an interval is waited for at least. */
const leastGoodsDays = 2

const Span = z.number().int().min(1).max(400)
const Name = z.string().min(1).max(200)

/**
 * Whole days for who bought one of these: products by id, for all others categories by name. With `daily` switched on the intervals
 * of the last daily count are waited for, `times` as long; what is listed only stands in until the first count.
 */
export const WaitByGoods = z.strictObject({
  products: z
    .array(z.strictObject({ id: Name, name: z.string().max(200), days: Span }))
    .max(waitGoodsLimit)
    .readonly(),
  categories: z
    .array(z.strictObject({ name: Name, days: Span }))
    .max(waitGoodsLimit)
    .readonly(),
  daily: z.strictObject({ isOn: z.boolean(), times: z.number().min(0.1).max(10) }).optional(),
})
export type WaitByGoods = z.infer<typeof WaitByGoods>

/**
 * Waits `minutes` from the person's arrival, anew after each of the flow's restart events. With `byGoods` the first product of what
 * let the person in says how long, where it or its category is listed.
 */
export const WaitStep = z.strictObject({
  kind: z.literal('wait'),
  id: StepId,
  minutes: z.number().min(0).max(longestWaitMinutes),
  byGoods: WaitByGoods.optional(),
})
export type WaitStep = z.infer<typeof WaitStep>

export const wait: StepKind<WaitStep> = {
  checked: false,
  enter: (step, moment) => ({ kind: 'wait', until: dueAt(step, moment) }),
  timeUp: () => ({ kind: 'next' }),
  restarted: (step, moment) => ({ kind: 'wait', until: dueAt(step, moment) }),
}

function dueAt({ minutes, byGoods }: WaitStep, { now, enrolment, facts }: Moment): number {
  const days = byGoods && daysOf(byGoods, enrolment.notes.trigger ?? {}, facts.goodsDays)
  return now + (days === undefined ? Math.round(minutes * minuteMs) : days * dayMs)
}

/** By the first product that the event names, its id before its category; a whole number as an id counts as its text. */
function daysOf(
  { products, categories, daily }: WaitByGoods,
  event: JsonObject,
  counted: GoodsDays | undefined,
): number | undefined {
  const named = Array.isArray(event.products) ? event.products[0] : event
  const { product_id: id, category } = isJsonObject(named) ? named : {}
  if (daily?.isOn && counted) {
    const days = counted.product(String(id)) ?? counted.category(String(category)) ?? counted.shop
    return Math.max(leastGoodsDays, Math.ceil(days * daily.times))
  }
  return (
    products.find((one) => one.id === String(id))?.days ??
    categories.find((one) => one.name === category)?.days
  )
}
