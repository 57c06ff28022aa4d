import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** The exact words people were asked with. */
export type Wording = {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly text: string
  readonly madeAt: number
  readonly madeBy: string
  readonly retiredAt: number | null
}

/** Keeps a text; the same text is kept once, and one that was retired is in use again. */
export async function keepWording(
  db: Database,
  shop: ShopId,
  made: Omit<Wording, 'retiredAt'>,
): Promise<void> {
  await db`
    insert into consent_wordings (shop, id, name, language, text, made_at, made_by)
    values (${shop}, ${made.id}, ${made.name}, ${made.language}, ${made.text}, ${made.madeAt}, ${made.madeBy})
    on conflict (shop, id) do update set retired_at = null where consent_wordings.retired_at is not null`
}

/** Texts of a shop, those in use first, then the newest. */
export async function readWordings(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly Wording[]> {
  return await db<Wording[]>`
    select id, name, language, text, made_at as "madeAt", made_by as "madeBy", retired_at as "retiredAt"
    from consent_wordings where shop = ${shop}
    order by retired_at is not null, made_at desc, id limit ${limit}`
}

/** Marks a text that no form should use any more; answers whether there was one in use. */
export async function retireWording(
  db: Database,
  shop: ShopId,
  asked: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const rows = await db`
    update consent_wordings set retired_at = ${asked.at}
    where shop = ${shop} and id = ${asked.id} and retired_at is null returning id`
  return rows.length > 0
}
