import { ImapFlow } from 'imapflow'
import type { MailboxSettings } from './mailbox-settings.ts'
import { type MailReach, reachable } from './reach.driver.ts'
import type { Returned } from './returned.ts'
import { readReturned } from './returned-mail.driver.ts'

type Reached = MailboxSettings & { readonly reach?: MailReach }

const connectMs = 15_000
/** Longest a whole look may take; the rest is read the next time. */
const lookMs = 90_000
/** Mails whose headers are looked at in one go. */
const mailsLimit = 500
/** Reports carry at most the mail we sent; anything larger is none. */
const reportBytes = 1024 * 1024

/** Where the last look ended. */
export type Place = { readonly uidValidity: string; readonly uid: number }

export type Look = {
  readonly place: Place
  readonly returned: readonly Returned[]
}

/** Reads what came into the mailbox since the last look. The mailbox stays as it is: nothing is marked, moved or deleted. */
export async function readMailbox(
  settings: Reached,
  password: string,
  from: Place | undefined,
): Promise<Look> {
  return await connected(settings, password, async (client) => {
    const opened = await client.mailboxOpen(settings.folder, { readOnly: true })
    const uidValidity = String(opened.uidValidity)
    const last = (opened.uidNext ?? 1) - 1
    const isKnown = from?.uidValidity === uidValidity
    const begin = Math.max(isKnown ? from.uid : last - mailsLimit, 0)
    if (begin >= last) return { place: { uidValidity, uid: last }, returned: [] }
    const uids: number[] = []
    let seen = begin
    const range = `${begin + 1}:${begin + mailsLimit}`
    const asked = { uid: true, size: true, headers: ['content-type'] }
    for await (const { uid, size, headers } of client.fetch(range, asked, { uid: true })) {
      seen = Math.max(seen, uid)
      const isReport = /multipart\/report/i.test(headers?.toString() ?? '')
      if (isReport && (size ?? 0) <= reportBytes) uids.push(uid)
    }
    const returned: Returned[] = []
    for (const uid of uids) {
      const mail = await client.fetchOne(String(uid), { source: true }, { uid: true })
      const source = mail ? mail.source : undefined
      if (source) returned.push(...(await readReturned(source)))
    }
    // Numbers may have gaps wider than one look.
    return {
      place: { uidValidity, uid: Math.max(seen, Math.min(begin + mailsLimit, last)) },
      returned,
    }
  })
}

/** Whether we get in and the folder is there, in the server's own words. */
export async function checkMailbox(
  settings: Reached,
  password: string,
): Promise<{ readonly works: boolean; readonly detail: string }> {
  try {
    const mails = await connected(settings, password, async (client) => {
      const opened = await client.mailboxOpen(settings.folder, { readOnly: true })
      return opened.exists
    })
    return { works: true, detail: String(mails) }
  } catch (error) {
    return { works: false, detail: wordsOf(error) }
  }
}

/** The server's own words of a refusal. */
export function wordsOf(error: unknown): string {
  const said = (error as { readonly responseText?: unknown }).responseText
  const text =
    typeof said === 'string' ? said : error instanceof Error ? error.message : String(error)
  return text.slice(0, 300)
}

async function connected<T>(
  settings: Reached,
  password: string,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow({
    ...(await reachable(settings.host, settings.reach)),
    port: settings.port,
    secure: settings.security === 'tls',
    ...(settings.security === 'tls' ? {} : { doSTARTTLS: settings.security === 'starttls' }),
    auth: { user: settings.user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: lookMs,
  })
  // What is asked fails by itself; this only keeps the event from being thrown.
  client.on('error', () => undefined)
  const limit = setTimeout(() => client.close(), lookMs)
  try {
    await client.connect()
    return await work(client)
  } finally {
    clearTimeout(limit)
    client.close()
  }
}
