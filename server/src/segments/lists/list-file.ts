import { normaliseEmail, normalisePhone } from '../../customers/contact.ts'

/** What a column of a file says of a person: the shop's own member id, our id of the customer, or an address. */
export type ColumnKind = 'user' | 'customer' | 'email' | 'phone'

/** Which column says what; the first row is data when the file has no header. */
export type Columns = {
  readonly header: boolean
  readonly at: ReadonlyMap<ColumnKind, number>
}

/** Names of columns without spaces, dashes and case, as Korean shop platforms and spreadsheets write them. */
const names: Readonly<Record<ColumnKind, readonly string[]>> = {
  user: [
    ...[
      'userid',
      'memberid',
      'membercode',
      'memberno',
      'id',
      'loginid',
      'externalid',
      'customerno',
    ],
    ...['아이디', '회원아이디', '회원id', '회원번호', '고객아이디', '고객id', '고객번호'],
  ],
  customer: ['customerid', 'danggolid', '당골번호'],
  email: ['email', 'emailaddress', 'mail', '이메일', '이메일주소', '메일', '메일주소', '전자우편'],
  phone: [
    ...[
      'phone',
      'phonenumber',
      'mobile',
      'mobilephone',
      'cellphone',
      'tel',
      'hp',
      '핸드폰',
      '핸드폰번호',
    ],
    ...[
      '휴대폰',
      '휴대폰번호',
      '휴대전화',
      '휴대전화번호',
      '연락처',
      '전화',
      '전화번호',
      '수신번호',
    ],
  ],
}

/** So many of the first filled cells decide what a column is. */
const sampleCells = 50
/** The share of them that must be addresses. */
const sureShare = 0.8

/**
 * Finds out what the columns of a file say: by the names in its first row, or by what stands in them. A column that is
 * neither e-mail nor phone is taken for member ids when there is nothing better. undefined when no column says who.
 */
export function recogniseColumns(rows: readonly (readonly string[])[]): Columns | undefined {
  const [first = []] = rows
  const named = byName(first)
  if (named.size > 0) return { header: true, at: named }
  const width = Math.max(0, ...rows.slice(0, sampleCells).map((row) => row.length))
  const at = new Map<ColumnKind, number>()
  const kinds = Array.from({ length: width }, (_, index) => kindOf(rows, index))
  for (const kind of ['email', 'phone'] as const) {
    const index = kinds.indexOf(kind)
    if (index >= 0) at.set(kind, index)
  }
  if (at.size > 0) {
    // A first row of words over columns of addresses is a header in words we do not know.
    const header = [...at].every(([kind, index]) => kindOfCell(first[index] ?? '') !== kind)
    return { header, at }
  }
  return width === 1 ? { header: false, at: new Map([['user', 0]]) } : undefined
}

function byName(first: readonly string[]): Map<ColumnKind, number> {
  const at = new Map<ColumnKind, number>()
  const cells = first.map((cell) =>
    cell
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  )
  // A file of ours: its "id" is our own id of the customer.
  const ours = cells[0] === 'id' && cells.includes('enteredat')
  for (const kind of ['user', 'customer', 'email', 'phone'] as const) {
    const index = cells.findIndex((cell) => names[kind].includes(cell))
    if (index >= 0) at.set(kind === 'user' && ours ? 'customer' : kind, index)
  }
  return at
}

function kindOf(rows: readonly (readonly string[])[], index: number): ColumnKind | undefined {
  const cells = rows
    .slice(0, sampleCells * 2)
    .map((row) => row[index]?.trim() ?? '')
    .filter((cell) => cell !== '')
    .slice(0, sampleCells)
  const share = (kind: ColumnKind) => {
    const many = cells.filter((cell) => kindOfCell(cell) === kind).length
    // Without its first row, which may be a header.
    return many / Math.max(1, cells.length - (kindOfCell(cells[0] ?? '') === kind ? 0 : 1))
  }
  if (cells.length === 0) return undefined
  if (share('email') >= sureShare) return 'email'
  return share('phone') >= sureShare ? 'phone' : undefined
}

function kindOfCell(cell: string): ColumnKind | undefined {
  if (normaliseEmail(cell)) return 'email'
  return normalisePhone(cell)?.kind === 'mobile' ? 'phone' : undefined
}
