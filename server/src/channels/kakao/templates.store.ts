import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { KakaoTemplate } from '../carrier.ts'

type Source = Database | Tx

/** Keeps what the provider lists now; `changed_at` moves when a template's text, buttons or status did. */
export async function keepTemplates(
  tx: Source,
  shop: ShopId,
  listed: { readonly templates: readonly KakaoTemplate[]; readonly now: number },
): Promise<void> {
  const { templates, now } = listed
  const column = <K extends 'profile' | 'code' | 'name' | 'status'>(name: K) =>
    templates.map((template) => template[name])
  await tx`
    insert into kakao_templates (shop, profile, code, name, status, body, seen_at, changed_at)
    select ${shop}, profile, code, name, status, body, ${now}, ${now}
    from unnest(
      ${column('profile')}::text[], ${column('code')}::text[], ${column('name')}::text[],
      ${column('status')}::text[], ${templates.map((template) => JSON.stringify(template))}::text[]
    ) as listed (profile, code, name, status, body)
    on conflict (shop, profile, code) do update set
      name = excluded.name, status = excluded.status, body = excluded.body, seen_at = excluded.seen_at,
      changed_at = case
        when kakao_templates.body = excluded.body then kakao_templates.changed_at else excluded.changed_at end`
}

/** Templates that were not among those listed at `now` are stopped. */
export async function stopUnlisted(tx: Source, shop: ShopId, now: number): Promise<void> {
  await tx`
    update kakao_templates set status = 'stopped', changed_at = ${now},
      body = jsonb_set(body::jsonb, '{status}', '"stopped"')::text
    where shop = ${shop} and seen_at < ${now} and status <> 'stopped'`
}

/** All templates of a shop, approved ones first, then by name. */
export async function readTemplates(
  db: Source,
  shop: ShopId,
): Promise<readonly (KakaoTemplate & { readonly changedAt: number })[]> {
  const rows = await db<{ body: string; changed_at: number }[]>`
    select body, changed_at from kakao_templates where shop = ${shop}
    order by status <> 'approved', name, code limit 5000`
  return rows.map((row) => ({ ...templateIn(row.body), changedAt: row.changed_at }))
}

/** One template as it was last listed. */
export async function readTemplate(
  db: Source,
  shop: ShopId,
  of: { readonly profile: string; readonly code: string },
): Promise<KakaoTemplate | undefined> {
  const [row] = await db<{ body: string }[]>`
    select body from kakao_templates
    where shop = ${shop} and profile = ${of.profile} and code = ${of.code}`
  return row && templateIn(row.body)
}

/** Forgets the templates of an account the shop no longer uses. */
export async function dropTemplates(tx: Source, shop: ShopId): Promise<void> {
  await tx`delete from kakao_templates where shop = ${shop}`
  await tx`delete from kakao_syncs where shop = ${shop}`
}

export type Sync = {
  /** UTC ms of the last try; null before the first. */
  readonly at: number | null
  readonly succeededAt: number | null
  readonly error: string | null
  readonly profiles: readonly { readonly id: string; readonly name: string }[]
}

/** Keeps how reading the templates went; after a failure the channels stay as they were. */
export async function keepSync(
  tx: Source,
  shop: ShopId,
  sync: { readonly at: number } & (
    | { readonly profiles: Sync['profiles'] }
    | { readonly error: string }
  ),
): Promise<void> {
  const error = 'error' in sync ? sync.error : null
  const profiles = 'profiles' in sync ? JSON.stringify(sync.profiles) : null
  const succeeded = error === null ? sync.at : null
  await tx`
    insert into kakao_syncs (shop, at, succeeded_at, error, profiles)
    values (${shop}, ${sync.at}, ${succeeded}, ${error}, ${profiles ?? '[]'})
    on conflict (shop) do update set at = excluded.at, error = excluded.error,
      succeeded_at = coalesce(excluded.succeeded_at, kakao_syncs.succeeded_at),
      profiles = coalesce(${profiles}, kakao_syncs.profiles)`
}

/** How reading the templates last went. */
export async function readSync(db: Source, shop: ShopId): Promise<Sync> {
  const [row] = await db<
    { at: number; succeeded_at: number | null; error: string | null; profiles: string }[]
  >`select at, succeeded_at, error, profiles from kakao_syncs where shop = ${shop}`
  if (!row) return { at: null, succeededAt: null, error: null, profiles: [] }
  const profiles = JSON.parse(row.profiles) as Sync['profiles']
  return { at: row.at, succeededAt: row.succeeded_at, error: row.error, profiles }
}

function templateIn(body: string): KakaoTemplate {
  return JSON.parse(body) as KakaoTemplate
}
