import type { ShopId } from '../lib/brand.ts'
import { formatDecimal } from '../lib/decimal.ts'
import { isJsonObject, type JsonObject, numberText } from '../lib/json.ts'
import { flatten } from './flatten.ts'
import type { Placed } from './happening.ts'
import { flatColumns, isoTime } from './mirror.ts'
import { typedColumns } from './typed-columns.ts'

/** A row of ClickHouse's `events`, as JSON; or `customers`, `order_versions`, `aliases`. */
export type WarehouseRow = Readonly<Record<string, unknown>>

const earliestMs = Date.UTC(1900, 0, 1)
const latestMs = Date.UTC(2300, 0, 1) - 1

/** What DateTime64 can hold of a time; older or later ones stand at its ends. */
function storableTime(at: number): string {
  const known = shown.get(at)
  if (known !== undefined) return known
  const text = isoTime(Math.min(latestMs, Math.max(earliestMs, at)))
  if (shown.size >= shownLimit) shown.clear()
  shown.set(at, text)
  return text
}

/** Happenings of one request and of one turn share their times, so a few texts serve a block. */
const shown = new Map<number, string>()
const shownLimit = 1_000

/** The row of history for one happening; every position of the log is exactly one row. */
export function historyRow(shop: ShopId, happening: Placed): WarehouseRow {
  const { body } = happening
  const typed = typedColumns(happening)
  const facts = body.properties ?? body.traits ?? {}
  return {
    ...bareRow(shop, happening),
    properties: jsonText(body.properties),
    traits: jsonText(body.traits),
    context: jsonText(body.context),
    product_id: typed.product_id,
    order_id: typed.order_id,
    value: typed.value === undefined ? null : formatDecimal(typed.value),
    quantity: typed.quantity === undefined ? null : formatDecimal(typed.quantity),
    currency: typed.currency,
    query: typed.query,
    url_path: typed.url_path,
    campaign: campaignOf(happening),
    products: typed.products.map((one) => ({
      ...one,
      price: one.price === undefined ? null : formatDecimal(one.price),
      quantity: one.quantity === undefined ? null : formatDecimal(one.quantity),
    })),
    ...flatColumns(flatten(facts)),
  }
}

/** Only what the log's own columns say: stands in for a row that ClickHouse would not take, so that no position is missing. */
export function bareRow(shop: ShopId, happening: Placed): WarehouseRow {
  return {
    shop,
    customer: happening.customer,
    position: happening.position,
    at: storableTime(happening.at),
    received_at: storableTime(happening.receivedAt),
    processed_at: storableTime(happening.processedAt),
    kind: happening.kind,
    name: happening.name.toWellFormed(),
    message_id: happening.messageId.toWellFormed(),
    import_id: (happening.importId ?? '').toWellFormed(),
  }
}

function jsonText(value: JsonObject | undefined): string {
  return value === undefined ? '{}' : JSON.stringify(value)
}

/** Our own campaign on messages and clicks; what a shop calls `campaign_id` in its events is none of ours. */
function campaignOf({ kind, body }: Placed): number {
  if (kind !== 'receipt' && kind !== 'derived') return 0
  const id = Number(numberText(body.properties?.campaign_id) ?? 0)
  return Number.isSafeInteger(id) && id > 0 ? id : 0
}

/** The mirror rows of one change: the table and the row, or undefined for a subject nobody mirrors. */
export function mirrorRow(
  shop: ShopId,
  change: { readonly subject: string; readonly body: string },
): { readonly table: 'customers' | 'order_versions'; readonly row: WarehouseRow } | undefined {
  const body: unknown = JSON.parse(change.body)
  if (!isJsonObject(body)) return undefined
  if (change.subject.startsWith('customer:')) return { table: 'customers', row: { shop, ...body } }
  if (!change.subject.startsWith('order:')) return undefined
  const { created_at, paid_at } = body
  return {
    table: 'order_versions',
    row: {
      shop,
      ...body,
      created_at: storableTime(Number(created_at)),
      paid_at: typeof paid_at === 'number' ? storableTime(paid_at) : null,
    },
  }
}

/** Without the older rows of a customer who changed several times: only the newest is ever read. Versions of orders all stay. */
export function newestOf<Change extends { readonly subject: string }>(
  changes: readonly Change[],
): readonly Change[] {
  const newest = new Map(changes.map((change) => [change.subject, change]))
  return changes.filter(
    (change) => !change.subject.startsWith('customer:') || newest.get(change.subject) === change,
  )
}
