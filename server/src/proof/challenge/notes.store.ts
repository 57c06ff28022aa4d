import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { emptyNote, Note } from './note.ts'

export type NoteRow = {
  readonly note: Note
  readonly proposedAt: number | null
  /** What the public link is signed with; null: there is none. */
  readonly shareNonce: string | null
  readonly shareUntil: number | null
}

/** A campaign's notes; empty ones where nobody wrote any. */
export async function readNote(db: Database, shop: ShopId, campaign: number): Promise<NoteRow> {
  const [row] = await db<(Omit<NoteRow, 'note'> & { readonly note: string })[]>`
    select note, proposed_at as "proposedAt", share_nonce as "shareNonce", share_until as "shareUntil"
    from challenge_notes where shop = ${shop} and campaign = ${campaign}`
  if (!row) return { note: emptyNote, proposedAt: null, shareNonce: null, shareUntil: null }
  return { ...row, note: Note.parse(JSON.parse(row.note)) }
}

/** Keeps a campaign's hypothesis in place of the one before. */
export async function writeNote(
  db: Database,
  shop: ShopId,
  row: { readonly campaign: number; readonly note: Note; readonly proposedAt: number | null },
): Promise<void> {
  await db`
    insert into challenge_notes (shop, campaign, note, proposed_at)
    values (${shop}, ${row.campaign}, ${JSON.stringify(row.note)}, ${row.proposedAt})
    on conflict (shop, campaign) do update set note = excluded.note, proposed_at = excluded.proposed_at`
}

/** Opens the public link, or closes it with nulls. */
export async function writeShare(
  db: Database,
  shop: ShopId,
  share: {
    readonly campaign: number
    readonly nonce: string | null
    readonly until: number | null
  },
): Promise<void> {
  await db`
    insert into challenge_notes (shop, campaign, note, share_nonce, share_until)
    values (${shop}, ${share.campaign}, ${JSON.stringify(emptyNote)}, ${share.nonce}, ${share.until})
    on conflict (shop, campaign) do update set share_nonce = excluded.share_nonce, share_until = excluded.share_until`
}

/** People a campaign's messages arrived at, how many of them pressed one, and when it last decided on one (UTC ms; null before). */
export async function readArrived(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<{
  readonly people: number
  readonly pressed: number
  readonly lastAt: number | null
}> {
  const [row] = await db<{ people: number; pressed: number; lastAt: number | null }[]>`
    select count(distinct customer) as people, count(distinct customer) filter (where clicked_at is not null) as pressed,
      (select max(at) from decisions where shop = ${shop} and campaign = ${campaign} and would_send) as "lastAt"
    from outbox
    where shop = ${shop} and campaign = ${campaign} and delivered_at is not null
      and customer not in (select customer from internal_people where shop = ${shop})`
  return row ?? { people: 0, pressed: 0, lastAt: null }
}
