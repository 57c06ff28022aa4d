import { z } from 'zod'
import type { PlatformSession } from '../platform/call.ts'
import type { PlatformCoupon, PlatformGift } from '../platform/offers.ts'
import type { Page, PageAsked } from '../platform/platform.ts'
import { rowsIn } from './answers.driver.ts'
import { type Cafe24Coupon, cafe24CouponsOf } from './coupons.provider.ts'
import { cafe24Text, cafe24Time, isOurs } from './values.ts'

const issuesAtOnce = 500
/** Coupons in one look: each is a call at least, and a mall of years has many that nobody is given any more. */
const couponsAtOnce = 300

const No = z.union([z.string(), z.number()]).transform(String)
const Issue = z.object({
  issue_no: No,
  member_id: z.string().min(1),
  issued_date: z.string(),
  expiration_date: z.string().nullish(),
})

/** Where a look stands: the coupons that are left, the newest first, and the last piece of the first of them. */
const GiftCursor = z.object({
  left: z.array(z.object({ id: z.string(), name: z.string() })),
  since: z.string(),
})
type GiftCursor = z.infer<typeof GiftCursor>

/**
 * A page of the coupons that members were given since the window began, a coupon after the other. Ours are left out: what we gave is known.
 * Days are asked for, not times: a piece that is told again is known.
 */
export async function cafe24Gifts(session: PlatformSession, asked: PageAsked): Promise<Page> {
  const { window } = asked
  if (!window) throw new Error('Coupons are looked at in a window.')
  const at: GiftCursor = asked.cursor
    ? GiftCursor.parse(JSON.parse(asked.cursor))
    : { left: await givable(session, window.from), since: '0' }
  const [coupon, ...rest] = at.left
  if (!coupon) return { rows: [], next: null }
  const answer = await session.call({
    method: 'get',
    path: `/admin/coupons/${encodeURIComponent(coupon.id)}/issues`,
    query: {
      issued_start_date: cafe24Text(window.from).slice(0, 10),
      issued_end_date: cafe24Text(window.to).slice(0, 10),
      since_issue_no: at.since,
      limit: `${issuesAtOnce}`,
    },
  })
  const told = rowsIn(answer, 'issues')
  const issues = told.flatMap((one) => Issue.safeParse(one).data ?? [])
  const rows = issues.flatMap((one): readonly PlatformGift[] => {
    const givenAt = cafe24Time(one.issued_date)
    if (givenAt === null) return []
    const id = `${coupon.id}:${one.issue_no}`
    const endsAt = cafe24Time(one.expiration_date)
    const own = { id, memberId: one.member_id, coupon, givenAt, endsAt }
    return [{ resource: 'coupons', ...own, updatedAt: null }]
  })
  const last = issues.at(-1)?.issue_no ?? at.since
  const isMore = told.length === issuesAtOnce && last !== at.since
  const next = isMore ? { left: at.left, since: last } : { left: rest, since: '0' }
  return { rows, next: next.left.length === 0 ? null : JSON.stringify(next) }
}

/** Coupons that somebody may have been given since then. */
async function givable(session: PlatformSession, since: number): Promise<PlatformCoupon[]> {
  const coupons = await cafe24CouponsOf(session)
  const isOpen = (one: Cafe24Coupon): boolean => {
    const endsAt = cafe24Time(one.available_end_datetime)
    return one.deleted !== 'T' && !isOurs(one.coupon_name) && (endsAt === null || endsAt >= since)
  }
  return coupons
    .filter(isOpen)
    .map((one) => ({ id: one.coupon_no, name: one.coupon_name }))
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, couponsAtOnce)
}
