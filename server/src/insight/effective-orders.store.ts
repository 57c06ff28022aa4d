import { survivorSql } from '../warehouse/survivor.ts'

/**
 * ClickHouse SQL of one row an effective order (domain: paid, not cancelled, goods left) of known people in the shop's
 * currency, the shop's own people left out: person, paid and made (UTC ms), amount (net of refunds, currency units), kept
 * (lines of goods). Parameters: shop, currency, asOf (UTC ms).
 */
export const effectiveOrdersSql = `
  select
    ${survivorSql('customer')} as person,
    toUnixTimestamp64Milli(assumeNotNull(paid_at)) as paid,
    toUnixTimestamp64Milli(created_at) as made,
    gross - refunded as amount,
    sequence,
    order_id,
    arrayFilter(line -> line.is_goods and line.quantity > line.refunded_quantity, lines) as kept
  from order_versions final
  where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
    and currency = {currency:String} and paid_at <= fromUnixTimestamp64Milli({asOf:Int64}) and notEmpty(kept)
    and person not in (select customer from customers final where shop = {shop:UInt32} and internal)`
