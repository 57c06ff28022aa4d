import { columnsOf } from '../consents/columns.ts'
import { type FileKind, type FileMapping, heading, isHeading, mappingOf } from './headings.ts'

/** Whose export a file looks like; `own` is anybody's table. */
export const fileLayouts = ['cafe24', 'smartstore', 'imweb', 'shopify', 'own'] as const
export type FileLayout = (typeof fileLayouts)[number]

/** What a file was recognised as. */
export type Recognised = {
  readonly kind: FileKind
  readonly layout: FileLayout
  /** Where the headings stand among the lines looked at, from 0: SmartStore writes a notice above them. */
  readonly headingsAt: number
  /** As they are read: of headings in two lines, both together. */
  readonly headings: readonly string[]
  readonly mapping: FileMapping
  /** It says consents too, as exports of members do. */
  readonly hasConsents: boolean
}

/** What one file may weigh. */
export const fileBytesLimit = 32 * 1024 * 1024

/** Headings stand among the first lines. */
export const headingLines = 15

/**
 * Headings by which an export is known. Seen in public programs that read these files: Cafe24's and SmartStore's orders, Imweb's
 * orders; Shopify's by its help (Exporting orders); Cafe24's members by the names of its admin API, and by Cafe24's notice of 2014-10-23 about what its export holds when nobody
 * chooses columns: no id is among them. MakeShop's could not be confirmed: it is read by the names of its columns.
 */
const signs: readonly {
  readonly layout: FileLayout
  readonly kind: FileKind
  readonly all: readonly string[]
  readonly any: readonly string[]
}[] = [
  {
    layout: 'smartstore',
    kind: 'orders',
    all: ['상품주문번호', '주문번호'],
    any: ['구매자id', '수취인명', '상품별총주문금액', '최종상품별총주문금액'],
  },
  {
    layout: 'cafe24',
    kind: 'orders',
    all: ['주문번호'],
    any: ['품목별주문번호', '결제일시입금확인일', '총실결제금액최초정보', '상품품목코드'],
  },
  {
    layout: 'imweb',
    kind: 'orders',
    all: ['주문번호'],
    any: ['주문섹션품목번호', '주문섹션번호', '최종주문금액'],
  },
  {
    layout: 'shopify',
    kind: 'orders',
    all: ['name', 'lineitemname'],
    any: ['financialstatus', 'lineitemquantity'],
  },
  {
    layout: 'cafe24',
    kind: 'members',
    all: ['아이디'],
    any: ['뉴스메일수신여부', 'sms수신여부', '회원가입일', '총실주문건수'],
  },
  {
    layout: 'cafe24',
    kind: 'members',
    all: ['이메일', '회원가입일'],
    any: ['총사용적립금', '사용가능적립금'],
  },
]

/** What the first lines of a file say it is; undefined when no line looks like headings that are known. */
export function recognise(rows: readonly (readonly string[])[]): Recognised | undefined {
  let best: (Recognised & { readonly weight: number }) | undefined
  const look = (headings: readonly string[], headingsAt: number) => {
    const found = recogniseHeadings(headings)
    if (!found) return
    const weight = Object.keys(found.mapping).length
    if (!best || weight > best.weight) best = { ...found, headings, headingsAt, weight }
  }
  const lines = rows.slice(0, headingLines)
  for (const [at, headings] of lines.entries()) look(headings, at)
  for (const [at, below] of lines.slice(1).entries())
    if (below.filter(isHeading).length > 1) look(together(lines[at] ?? [], below), at + 1)
  if (!best) return undefined
  const { weight: _, ...found } = best
  return found
}

/**
 * Headings of two lines as one: `주문자` over `이름` is 주문자이름, what stands over nothing stands for itself. Of merged cells the upper
 * line has its word in the first column only.
 */
function together(above: readonly string[], below: readonly string[]): readonly string[] {
  let group = ''
  return Array.from({ length: Math.max(above.length, below.length) }, (_, at) => {
    const [own, under] = [above[at] ?? '', below[at] ?? '']
    if (own !== '') group = own
    if (under === '') return own
    const both = `${group} ${under}`
    if (isHeading(both)) return both
    return isHeading(own) && !isHeading(under) ? own : under
  })
}

/** What these headings, or a kind that somebody chose, make of the file. */
export function recogniseHeadings(
  headings: readonly string[],
  chosen?: FileKind,
): Pick<Recognised, 'kind' | 'layout' | 'mapping' | 'hasConsents'> | undefined {
  const names = new Set(headings.map(heading))
  const sign = signs.find(
    (one) => one.all.every((name) => names.has(name)) && one.any.some((name) => names.has(name)),
  )
  const kind = chosen ?? sign?.kind ?? kindOf(headings, names)
  if (kind === undefined) return undefined
  const layout = sign?.kind === kind ? sign.layout : 'own'
  const hasConsents = kind === 'consents' || (kind === 'members' && saysConsents(headings))
  return { kind, layout, mapping: mappingOf(kind, headings), hasConsents }
}

function kindOf(headings: readonly string[], names: ReadonlySet<string>): FileKind | undefined {
  const orders = mappingOf('orders', headings)
  const orderNamed = ['주문번호', '주문코드', 'orderid', 'orderno', 'ordernumber'].some((name) =>
    names.has(name),
  )
  if (orderNamed && (orders.productId ?? orders.productName ?? orders.paidAmount) !== undefined)
    return 'orders'
  const products = mappingOf('products', headings)
  const isProduct =
    products.productId !== undefined && products.name !== undefined && products.price !== undefined
  const members = mappingOf('members', headings)
  const isPerson = (members.memberId ?? members.email ?? members.phone) !== undefined
  if (isProduct && (members.email ?? members.phone ?? members.joinedAt) === undefined)
    return 'products'
  if (!isPerson) return undefined
  const isOfMembers = (members.memberId ?? members.joinedAt ?? members.grade) !== undefined
  // Names and answers alone make nobody a member: the same people would have joined today.
  if (saysConsents(headings) && (!isOfMembers || members.name === undefined)) return 'consents'
  return 'members'
}

function saysConsents(headings: readonly string[]): boolean {
  const columns = columnsOf([headings])
  if (!columns?.header) return false
  return (['answer_email', 'answer_sms', 'answer_kakao', 'answer', 'channel'] as const).some(
    (kind) => columns.at.has(kind),
  )
}
