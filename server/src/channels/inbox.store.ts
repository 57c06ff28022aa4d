import type { Database, Tx } from '../database/connection.store.ts'

export type InboxRow = {
  readonly id: number
  readonly message: number | null
  readonly channel: string
  /** Sealed address. */
  readonly recipient: string
  readonly subject: string
  readonly html: string | null
  readonly text: string
  /** JSON object */
  readonly headers: string
  /** JSON of what the picture of a message that is no mail needs. */
  readonly shown: string | null
  readonly at: number
}

/** Puts a mail into the test inbox; the same message only once. */
export async function insertInbox(
  db: Database,
  row: Omit<InboxRow, 'id'> & { readonly shop: number },
): Promise<void> {
  await db`
    insert into inbox (shop, message, channel, recipient, subject, html, text, headers, shown, at)
    values (${row.shop}, ${row.message}, ${row.channel}, ${row.recipient}, ${row.subject}, ${row.html}, ${row.text},
            ${row.headers}, ${row.shown}, ${row.at})
    on conflict (shop, message) where message is not null do nothing`
}

/** Whether this message was drawn for the test inbox. */
export async function isInInbox(db: Database, shop: number, message: number): Promise<boolean> {
  const rows = await db`select 1 from inbox where shop = ${shop} and message = ${message}`
  return rows.length > 0
}

/** A line of the list: the first words stand for a body that is not read. */
export type InboxLine = Pick<
  InboxRow,
  'id' | 'message' | 'channel' | 'recipient' | 'subject' | 'at'
> & { readonly excerpt: string }

const excerptChars = 120

/** The newest messages before `before` (an id), of one channel or all, without their bodies. */
export async function readInbox(
  db: Database | Tx,
  shop: number,
  page: {
    readonly before: number | null
    readonly channel?: string | null
    readonly limit: number
  },
): Promise<readonly InboxLine[]> {
  return await db<InboxLine[]>`
    select id, message, channel, recipient, subject, left(text, ${excerptChars}) as excerpt, at from inbox
    where shop = ${shop} and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
      and (${page.channel ?? null}::text is null or channel = ${page.channel ?? null})
    order by id desc limit ${page.limit}`
}

/** One message as its reader would see it; undefined where the shop has none of this id. */
export async function readInboxMail(
  db: Database,
  shop: number,
  id: number,
): Promise<InboxRow | undefined> {
  const [row] = await db<InboxRow[]>`
    select id, message, channel, recipient, subject, html, text, headers, shown, at from inbox
    where shop = ${shop} and id = ${id}`
  return row
}
