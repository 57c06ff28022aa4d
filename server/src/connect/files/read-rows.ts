import { isLent, normaliseEmail, normalisePhone } from '../../customers/contact.ts'
import type { PlatformMember, PlatformProduct } from '../platform/rows.ts'
import { amountOf, memberIdOf, momentOf, nameOf, piecesOf, textOf } from './cells.ts'
import { yearFirst } from './day-order.ts'
import type { FileFault } from './fault.ts'
import type { FileField } from './headings.ts'
import { dayIn, type Reading } from './read-orders.ts'

type Cell = (field: FileField) => string
const cellsOf =
  (cells: readonly string[], { mapping }: Reading): Cell =>
  (field) =>
    cells[mapping[field] ?? -1]?.trim() ?? ''

/**
 * A line of a file of members. Who joined on an unwritten day joined on the day of the import. What they consented to is no part of
 * it: that needs a day and somebody who answers for it (connect/consents).
 */
export function readMember(cells: readonly string[], reading: Reading): PlatformMember | FileFault {
  const cell = cellsOf(cells, reading)
  const email = normaliseEmail(cell('email')) ?? null
  const phone = normalisePhone(cell('phone'))?.e164 ?? null
  const own = memberIdOf(cell('memberId'))
  const byContact = reading.mapping.memberId === undefined
  const id = byContact ? contactIdOf({ email, phone }, reading) : own
  if (id === undefined) return 'no_person'
  const joinedAt = dayIn(cells, 'joinedAt', reading) ?? reading.now
  if (joinedAt > reading.now) return 'future_date'
  const grade = textOf(cell('grade'), 100)
  const gender = genderOf(cell('gender'))
  const birthday = birthdayOf(cell('birthday'), reading)
  return {
    resource: 'members',
    id,
    ...(byContact ? { byContact } : {}),
    name: nameOf(cell('name')) ?? null,
    email,
    phone,
    joinedAt,
    updatedAt: null,
    consents: [],
    traits: {
      ...(grade === undefined ? {} : { grade }),
      ...(gender === undefined ? {} : { gender }),
      ...(birthday === undefined ? {} : { birthday }),
    },
  }
}

/** Of a file without ids: found by the phone, else by the e-mail (docs/decisions/0003); a lent number finds nobody. */
function contactIdOf(
  { email, phone }: { readonly email: string | null; readonly phone: string | null },
  { contactId }: Reading,
): string | undefined {
  if (phone !== null && !isLent(phone)) return contactId('phone', phone)
  return email === null ? undefined : contactId('email', email)
}

function genderOf(cell: string): string | undefined {
  const word = cell.trim().toLowerCase()
  if (/^(m|male|남|남자|남성)$/.test(word)) return 'male'
  return /^(f|female|여|여자|여성)$/.test(word) ? 'female' : undefined
}

/** `1990-03-01`: a day is a day everywhere. */
function birthdayOf(said: string, { zone, days, mapping }: Reading): string | undefined {
  const cell = yearFirst(said.normalize('NFKC').trim(), days.of(mapping.birthday ?? -1))
  const match = /^(\d{4})[-./년\s]*(\d{1,2})[-./월\s]*(\d{1,2})/.exec(cell)
  if (!match || (momentOf(cell, zone) === undefined && Number(match[1]) > 1995)) return undefined
  const [, year, month = '', day = ''] = match
  if (Number(month) > 12 || Number(day) > 31 || Number(month) === 0 || Number(day) === 0)
    return undefined
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** A line of a file of products. */
export function readProduct(
  cells: readonly string[],
  reading: Reading,
): PlatformProduct | FileFault {
  const cell = cellsOf(cells, reading)
  const id = textOf(cell('productId'), 200)
  const name = textOf(cell('name'), 300)
  if (id === undefined) return 'no_product'
  if (name === undefined) return 'no_name'
  const price = amountOf(cell('price'))
  if (price === undefined || price < 0) return 'bad_amount'
  const sale = amountOf(cell('salePrice'))
  const stock = piecesOf(cell('stock'))
  return {
    resource: 'products',
    id,
    updatedAt: null,
    name,
    price,
    salePrice: sale !== undefined && sale > 0 && sale < price ? sale : null,
    category: textOf(cell('category'), 300)?.replace(/\s*[>|]\s*/g, '/') ?? null,
    brand: textOf(cell('brand'), 100) ?? null,
    url: linkOf(cell('url')),
    imageUrl: linkOf(cell('imageUrl')),
    stock: stock === undefined || stock < 0 ? null : stock,
    sellable:
      !/^(n|f|no|false|품절|일시품절|판매중지|판매안함|판매종료|미판매|진열안함|숨김)$/i.test(
        cell('state').replace(/\s/g, ''),
      ),
  }
}

const linkOf = (cell: string): string | null =>
  /^https?:\/\/\S+$/.test(cell) ? cell.slice(0, 2_000) : null
