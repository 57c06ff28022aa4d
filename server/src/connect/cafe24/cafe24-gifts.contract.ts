import type { Clock } from '../../lib/clock.ts'

type Tell = (event_no: number, resource: Record<string, unknown>) => void

type Issue = {
  readonly coupon: string
  readonly no: string
  readonly member: string
  readonly at: number
}
type Coupon = Record<string, unknown> & { readonly coupon_no: string; readonly coupon_name: string }

/**
 * Points and coupons of a mall's own. A change of points is a webhook (90148) with what changed and what is there; of coupons Cafe24 tells
 * that one was made (90151 to 90154), and never to whom it was given.
 */
export function mallGifts<T extends { readonly points?: number }>(
  clock: Pick<Clock, 'now'>,
  mall: {
    readonly members: Map<string, T>
    readonly coupons: Coupon[]
    readonly issues: Issue[]
  },
  tell: Tell,
) {
  return {
    /** So many points more, or less. */
    point: (id: string, change: number): void => {
      const before = mall.members.get(id)
      if (!before) return
      const points = Math.max(0, (before.points ?? 0) + change)
      mall.members.set(id, { ...before, points })
      tell(90148, { member_id: id, mileage_money: change, avail_mileage: points, case: 'A' })
    },
    /** A coupon that Cafe24 gives by itself at this moment (`J` joining, `A` birthday ...), or with `M` by the shop's hand; answers its number. */
    makeCoupon: (coupon_name: string, moment: string): string => {
      const coupon_no = `60${String(mall.coupons.length + 1).padStart(17, '0')}`
      const how = moment === 'M' ? { issue_type: 'M' } : { issue_type: 'A', issue_sub_type: moment }
      mall.coupons.push({ coupon_no, coupon_name, ...how, deleted: 'F' })
      tell(90151, { coupon_type: 'O', coupon_no, coupon_name, issue_status_code: 'ISSUING' })
      return coupon_no
    },
    /** Nothing is told of who was given one. */
    give: (coupon: string, member: string): void => {
      const no = `8${String(mall.issues.length).padStart(9, '0')}`
      mall.issues.push({ coupon, member, no, at: clock.now() })
    },
  }
}
