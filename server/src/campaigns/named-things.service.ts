import { isOpen } from '../coupons/coupon.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { ListActs } from '../segments/lists/list-acts.service.ts'
import type { Flow } from './campaign.ts'
import { dayOfText } from './day.ts'
import { stepsOf } from './flow-map.ts'
import type { Step } from './steps/table.ts'
import { longestUntilMs } from './steps/wait-until.ts'

export type NamedThingsNeeds = {
  readonly db: Database
  readonly coupons: Pick<Coupons, 'pools'>
  readonly lists: Pick<ListActs, 'living'>
}

/** A step that cannot do what it says: what it names is gone, or lies too far ahead. */
type NamedProblem = {
  readonly step: number
  readonly code: 'pool_gone' | 'pool_closed' | 'list_gone' | 'wait_too_far'
  readonly ko: string
  readonly en: string
}

const said = {
  pool_gone: {
    ko: '이 단계의 쿠폰이 없어요. 다른 쿠폰을 골라 주세요.',
    en: 'There is no such coupon. Choose another one.',
  },
  pool_closed: {
    ko: '보관하거나 기간이 끝난 쿠폰이라 나눠 줄 수 없어요. 다른 쿠폰을 골라 주세요.',
    en: 'This coupon is archived or over and is given to nobody. Choose another one.',
  },
  list_gone: {
    ko: '이 단계의 명단이 없어요. 다른 명단을 골라 주세요.',
    en: 'There is no such list. Choose another one.',
  },
  wait_too_far: {
    ko: '2년 안의 날짜까지만 기다릴 수 있어요. 날짜를 당겨 주세요.',
    en: 'A wait ends within two years. Choose an earlier day.',
  },
} as const

/** Every step whose coupon or list cannot be used at this time (UTC ms), or whose day lies too far ahead. */
export async function namedProblems(
  { db, coupons, lists }: NamedThingsNeeds,
  shop: ShopId,
  { flow, now }: { readonly flow: Flow; readonly now: number },
): Promise<readonly NamedProblem[]> {
  const steps = stepsOf(flow)
  const [pools, living] = await Promise.all([
    coupons.pools(db, shop, [...new Set(steps.flatMap((step) => poolOf(step) ?? []))]),
    lists.living(db, shop, [
      ...new Set(steps.flatMap((step) => (step.kind === 'list' ? [step.list] : []))),
    ]),
  ])
  const poolBy = new Map(pools.map((pool) => [pool.id, pool]))
  const codeOf = (step: Step): NamedProblem['code'] | undefined => {
    if (step.kind === 'list') return living.has(step.list) ? undefined : 'list_gone'
    if (step.kind === 'wait_until') return isTooFar(step.until, now) ? 'wait_too_far' : undefined
    const id = poolOf(step)
    if (id === undefined) return undefined
    const pool = poolBy.get(id)
    if (!pool) return 'pool_gone'
    return isOpen(pool, now) ? undefined : 'pool_closed'
  }
  return steps.flatMap((step) => {
    const code = codeOf(step)
    return code === undefined ? [] : [{ step: step.id, code, ...said[code] }]
  })
}

function poolOf(step: Step): number | undefined {
  if (step.kind === 'coupon') return step.pool
  return step.kind === 'message' ? step.coupon : undefined
}

function isTooFar(until: Extract<Step, { kind: 'wait_until' }>['until'], now: number): boolean {
  return until.kind === 'date' && (dayOfText(until.date) ?? 0) * dayMs > now + longestUntilMs
}
