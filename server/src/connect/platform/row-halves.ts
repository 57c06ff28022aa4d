import type { JsonObject } from '../../lib/json.ts'
import type { PlatformGift } from './offers.ts'
import type {
  PlatformMember,
  PlatformOrder,
  PlatformPerson,
  PlatformProduct,
  PlatformRow,
} from './rows.ts'

/** The place of a time in the rows of a resource: `at` of platform_records, UTC ms. */
export function rowAt(row: PlatformRow): number | null {
  switch (row.resource) {
    case 'members':
      return row.joinedAt
    case 'products':
      return row.updatedAt
    case 'orders':
      return row.orderedAt
    case 'coupons':
      return row.givenAt
  }
}

/** A row's two halves: what may lie open, and who it is about. */
export function split(row: PlatformRow): {
  readonly open: JsonObject
  readonly person: PlatformPerson | null
} {
  switch (row.resource) {
    case 'members': {
      const { name, email, phone, ...open } = row
      return { open: open as unknown as JsonObject, person: { name, email, phone } }
    }
    case 'products':
      return { open: row as unknown as JsonObject, person: null }
    case 'orders': {
      const { buyer, ...open } = row
      return { open: open as unknown as JsonObject, person: buyer }
    }
    case 'coupons': {
      // Whose it is stays with the event that told of it, so that forgetting a person leaves nothing here.
      const { memberId, ...open } = row
      return { open: open as unknown as JsonObject, person: null }
    }
  }
}

/** Who was forgotten. */
export const nobody: PlatformPerson = { name: null, email: null, phone: null }

/** The row that `split` took apart; a person who was forgotten is nobody. */
export function joined(open: JsonObject, person: PlatformPerson | null): PlatformRow {
  switch (open.resource) {
    case 'members':
      return { ...open, ...(person ?? nobody) } as unknown as PlatformMember
    case 'orders':
      return { ...open, buyer: person ?? nobody } as unknown as PlatformOrder
    case 'coupons':
      return { ...open, memberId: '' } as unknown as PlatformGift
    default:
      return open as unknown as PlatformProduct
  }
}
