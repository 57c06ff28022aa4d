import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Adds to what bots sent on a day of the shop; `day` is its beginning, UTC ms. */
export async function addBotVisits(
  db: Database,
  shop: ShopId,
  seen: {
    readonly timeZone: string
    readonly at: number
    readonly bots: ReadonlyMap<string, number>
  },
): Promise<void> {
  const { at, timeZone, bots } = seen
  await db`
    insert into bot_visits (shop, day, bot, happenings, last_at)
    select ${shop},
           extract(epoch from date_trunc('day', to_timestamp(${at} / 1000.0), ${timeZone})) * 1000,
           u.bot, u.n, ${at}
    from unnest(${[...bots.keys()]}::text[], ${[...bots.values()]}::bigint[]) as u(bot, n)
    on conflict (shop, day, bot) do update
    set happenings = bot_visits.happenings + excluded.happenings,
        last_at = greatest(bot_visits.last_at, excluded.last_at)`
}

type BotVisits = {
  readonly bot: string
  readonly happenings: number
  readonly lastAt: number
}

/** What each bot sent on days that began since `since` (UTC ms), the most first. */
export async function readBotVisits(
  db: Database,
  shop: ShopId,
  since: number,
): Promise<readonly BotVisits[]> {
  return await db<BotVisits[]>`
    select bot, sum(happenings)::bigint as happenings, max(last_at) as "lastAt"
    from bot_visits where shop = ${shop} and day >= ${since}
    group by bot order by 2 desc, 1 limit 20`
}
