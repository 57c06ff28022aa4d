import { randomBytes } from 'node:crypto'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import type { Shop } from '../../shops/shop.ts'
import { type ClaimRow, saveKept } from '../claim.store.ts'
import type { MessageChannel } from '../intent.ts'
import { type Kept, readKept } from '../kept.ts'
import { linkSettings } from './link-settings.ts'
import { codeOf } from './short-code.ts'
import { deleteShortLinks, insertShortLinks, type ShortLink } from './short-links.store.ts'

/** Channels whose readers see the address itself, where every byte is paid for. */
const shortened: ReadonlySet<MessageChannel> = new Set(['sms'])

/** Codes are tried anew so often when they are taken already; once is rare. */
const triesLimit = 10
/** A test's links are for trying out. */
const testLinkMs = dayMs
/** So long a link that has ended still leads to the shop's front page. */
const rememberedMs = 30 * dayMs
const deletedAtOnce = 10_000
const roundsLimit = 100

/**
 * The messages of a claim with a code for each of their links, kept with them: the same code whatever is tried again. The
 * addresses stay with the message, so erasing it takes them from the links too.
 */
export async function withShortLinks<Ready extends { readonly row: ClaimRow }>(
  tx: Tx,
  batch: { readonly shop: Shop; readonly ready: readonly Ready[]; readonly now: number },
): Promise<readonly Ready[]> {
  const { shop, ready, now } = batch
  const read = ready
    .filter(({ row }) => shortened.has(row.channel))
    .map((one) => ({ one, kept: readKept(one.row.kept) }))
    .filter(({ kept }) => (kept.codes ?? []).length < kept.links.length)
  if (read.length === 0) return ready
  const wanted = read.flatMap(({ one, kept }) =>
    kept.links
      .map((_, link) => ({ message: one.row.id, link, url: null }))
      .slice(kept.codes?.length ?? 0),
  )
  const expiresAt = now + linkSettings(shop.settings).expiryDays * dayMs
  const codes = await allocate(tx, shop, { links: wanted, expiresAt })
  let given = 0
  const done = new Map<Ready, Ready>()
  for (const { one, kept } of read) {
    const before = kept.codes ?? []
    const missing = kept.links.length - before.length
    const own = codes.slice(given, given + missing)
    given += missing
    const text = JSON.stringify({ ...kept, codes: [...before, ...own] } satisfies Kept)
    done.set(one, { ...one, row: { ...one.row, kept: text } })
  }
  const changed = [...done.values()].map(({ row }) => ({ id: row.id, kept: row.kept }))
  await saveKept(tx, shop.id, changed)
  return ready.map((one) => done.get(one) ?? one)
}

/** Codes for the addresses of a test message: they lead on like real ones, count nothing and end after a day. */
export async function testCodes(
  db: Database,
  shop: Shop,
  test: { readonly urls: readonly string[]; readonly now: number },
): Promise<readonly string[]> {
  const links = test.urls.map((url, link) => ({ message: null, link, url }))
  return await allocate(db, shop, { links, expiresAt: test.now + testLinkMs })
}

async function allocate(
  db: Database | Tx,
  shop: Shop,
  wanted: { readonly links: readonly Omit<ShortLink, 'code'>[]; readonly expiresAt: number },
): Promise<readonly string[]> {
  const { links, expiresAt } = wanted
  const codes: string[] = []
  let open = links.map((link, at) => ({ ...link, at, code: freshCode() }))
  for (let round = 0; open.length > 0; round++) {
    if (round === triesLimit) throw new Error('no free codes for short links')
    const taken = await insertShortLinks(db, shop.id, { links: open, expiresAt })
    for (const one of open) if (!taken.has(one.code)) codes[one.at] = one.code
    open = open.filter((one) => taken.has(one.code)).map((one) => ({ ...one, code: freshCode() }))
  }
  return codes
}

function freshCode(): string {
  for (;;) {
    const code = codeOf(randomBytes(16))
    if (code !== undefined) return code
  }
}

/** Forgets links that ended long ago. Hourly; answers how many. */
export async function keepShortLinks(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<number> {
  const before = needs.clock.now() - rememberedMs
  let gone = 0
  for (let round = 0; round < roundsLimit; round++) {
    const deleted = await deleteShortLinks(needs.db, { before, limit: deletedAtOnce })
    gone += deleted
    if (deleted < deletedAtOnce) break
  }
  return gone
}
