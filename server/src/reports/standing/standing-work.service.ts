import { guardedPost } from '../../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../../channels/webhook/settings.ts'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { localTime } from '../../lib/zone.ts'
import type { AddressRow } from '../../segments/export.service.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { byteOrderMark, csvLine, phoneCell } from '../../web/csv-cell.ts'
import type { MorningPost } from '../morning/post.service.ts'
import { standingProblem } from './problem.ts'
import { googleAddresses, SheetFault, type SheetsAddresses, writeSheet } from './sheets.driver.ts'
import {
  addLines,
  beginRun,
  claimFile,
  endRun,
  eventsNamed,
  livingMembers,
  type StandingRow,
  settleFile,
} from './standing.store.ts'
import { againAfter, linesLimit, mostTries, nextDue, ServiceKey } from './standing.ts'
import { tellNext } from './telling.service.ts'

/** Lines read, sealed and kept at once. */
const pageLines = 1_000
/** A worker that dies with a file loses it after so long. */
const leaseMs = 15 * minuteMs
const postTimeoutMs = 60 * secondMs

/** A member of a segment as a file names one, and since when they are in it. */
export type MemberRow = AddressRow & { readonly entered_at: number }

export type StandingWorkNeeds = {
  readonly db: Database
  readonly warehouse: Pick<Warehouse, 'query'>
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'sign'>
  readonly shops: Pick<Shops, 'shop' | 'audit'>
  readonly publicUrl: string
  readonly post: MorningPost
  readonly hasMail: (shop: Shop) => boolean
  /** Whether it is known who is in a segment; a Refusal where it is gone. */
  readonly segment: (shop: ShopId, id: number) => Promise<{ readonly state: string }>
  /** Members of a segment in order of their ids. */
  readonly members: (
    shop: ShopId,
    page: { readonly segment: number; readonly after: number; readonly limit: number },
  ) => Promise<readonly MemberRow[]>
  /** Up to which log position history is complete. */
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly google?: SheetsAddresses
  readonly allowPrivate?: boolean
}

type Line = { readonly customer: number; readonly cells: readonly string[] }
/** Some lines, and the log position that they reach to. */
type Part = { readonly lines: readonly Line[]; readonly toldTo: number }

/** Writes standing files when they are due: keeps them to be fetched, hands them over, and then tells who wanted to know. */
export function standingWork(needs: StandingWorkNeeds) {
  return {
    /** Writes the file that is due longest, or tells of one; false when there is nothing to do. */
    turn: async (): Promise<boolean> => {
      const now = needs.clock.now()
      const file = await claimFile(needs.db, { now, until: now + leaseMs })
      if (!file) return await tellNext(needs)
      await writeOnce(needs, file)
      return true
    },
  }
}

async function writeOnce(needs: StandingWorkNeeds, file: StandingRow): Promise<void> {
  const { db, clock } = needs
  const { shop: id } = file
  const shop = await needs.shops.shop(id)
  const head = headOf(file)
  const run = await beginRun(db, { shop: id, file: file.id, at: clock.now(), head: csvLine(head) })
  const next = () => nextDue(file.every, clock.now(), shop.timeZone)
  let part: Part
  try {
    part = await gathered(needs, file, { shop, run })
    const rows = [head, ...part.lines.map(({ cells }) => cells)]
    await handOver(needs, file, { shop, run, rows })
  } catch (error) {
    const problem = problemOf(error)
    await endRun(db, id, { run, at: clock.now(), rows: 0, problem, untold: [] })
    const mayTry = file.tries < mostTries
    const nextAt = mayTry ? clock.now() + againAfter(file.tries) : next()
    return await settleFile(db, { ...file, nextAt, tries: mayTry ? file.tries : 0 })
  }
  const { lines, toldTo } = part
  const done = { run, at: clock.now(), rows: lines.length, problem: null, untold: file.emails }
  await endRun(db, id, done)
  // What did not fit into this file is written at once, into the next.
  const isCut = lines.length >= linesLimit && file.what.kind === 'events'
  await settleFile(db, { ...file, nextAt: isCut ? clock.now() : next(), toldTo, tries: 0 })
  const detail = { name: file.name, rows: lines.length, place: file.place.kind }
  const actor = { shop: id, name: 'system' }
  await needs.shops.audit(actor, 'file.written', { object: `file:${file.id}`, detail })
}

/** A fault of the place or the segment says itself by its code; of anything else the words are kept. */
class StandingFault extends Error {}
const fault = (code: string, detail = '') => new StandingFault(standingProblem(code, detail))

function problemOf(error: unknown): string {
  if (error instanceof StandingFault) return error.message
  return standingProblem('failed', error instanceof Error ? error.message : '')
}

const headOf = ({ what }: StandingRow): readonly string[] =>
  what.kind === 'segment'
    ? ['id', 'name', 'email', 'phone', 'entered_at']
    : ['time', 'event', 'customer', 'member_id', 'properties']

async function gathered(
  needs: StandingWorkNeeds,
  file: StandingRow,
  of: { readonly shop: Shop; readonly run: number },
): Promise<Part> {
  const all: Line[] = []
  let { toldTo } = file
  for await (const part of partsOf(needs, file, of.shop)) {
    const lines = part.lines.slice(0, linesLimit - all.length)
    // Half a segment would be taken for the whole.
    if (lines.length < part.lines.length && file.what.kind === 'segment') throw fault('too_many')
    const sealed = lines.map(({ customer, cells }, index) => ({
      line: all.length + index + 1,
      customer,
      sealed: needs.vault.seal(JSON.stringify(cells)),
    }))
    if (sealed.length > 0) await addLines(needs.db, of.shop.id, { run: of.run, lines: sealed })
    all.push(...lines)
    toldTo = part.toldTo
    if (all.length >= linesLimit) break
  }
  return { lines: all, toldTo }
}

async function* partsOf(
  needs: StandingWorkNeeds,
  file: StandingRow,
  shop: Shop,
): AsyncGenerator<Part> {
  if (file.what.kind === 'segment') yield* membersOf(needs, file, { shop, id: file.what.segment })
  else yield* eventsOf(needs, file, { shop, names: file.what.names })
}

async function* membersOf(
  needs: StandingWorkNeeds,
  file: StandingRow,
  segment: { readonly shop: Shop; readonly id: number },
): AsyncGenerator<Part> {
  const { shop } = segment
  await known(needs, shop, segment.id)
  const opened = (sealed: string | null) => (sealed === null ? '' : needs.vault.open(sealed))
  for (let after = 0; ; ) {
    const page = { segment: segment.id, after, limit: pageLines }
    const rows = await needs.members(shop.id, page)
    const last = rows.at(-1)
    if (last === undefined) return
    const lines = rows.map((row) => ({
      customer: row.customer,
      cells: [
        String(row.customer),
        row.name ?? '',
        opened(row.email),
        phoneCell(opened(row.phone)),
        clockTime(row.entered_at, shop.timeZone),
      ],
    }))
    yield { lines, toldTo: file.toldTo }
    after = last.customer
  }
}

/** A segment that is gone or still being settled has no members, or half of them. */
async function known({ segment }: StandingWorkNeeds, shop: Shop, id: number): Promise<void> {
  const { state } = await segment(shop.id, id).catch((error: unknown) => {
    throw error instanceof Refusal ? fault('no_segment') : error
  })
  if (state !== 'live') throw fault('not_ready')
}

async function* eventsOf(
  needs: StandingWorkNeeds,
  file: StandingRow,
  of: { readonly shop: Shop; readonly names: readonly string[] },
): AsyncGenerator<Part> {
  const { shop, names } = of
  const upTo = await needs.completeTo(shop.id)
  for (let after = file.toldTo; after < upTo; ) {
    const asked = { names, after, upTo, limit: pageLines }
    const rows = await eventsNamed(needs.warehouse, shop.id, asked)
    const whole = rows.length < pageLines
    const people = [...new Set(rows.map(({ customer }) => Number(customer)))]
    const living = await livingMembers(needs.db, shop.id, people)
    const lines = rows.map((row) => {
      const who = living.get(Number(row.customer))
      const at = Date.parse(`${row.at.replace(' ', 'T')}Z`)
      return {
        customer: who?.id ?? 0,
        cells: [
          clockTime(at, shop.timeZone),
          row.name,
          who ? String(who.id) : '',
          who?.member ?? '',
          row.properties,
        ],
      }
    })
    after = whole ? upTo : Number(rows.at(-1)?.position ?? upTo)
    yield { lines, toldTo: after }
  }
}

const clockTime = (at: number, zone: string): string =>
  new Date(localTime(at, zone)).toISOString().slice(0, 19).replace('T', ' ')

type Handed = {
  readonly shop: Shop
  readonly run: number
  readonly rows: readonly (readonly string[])[]
}

async function handOver(
  needs: StandingWorkNeeds,
  file: StandingRow,
  handed: Handed,
): Promise<void> {
  const { place } = file
  switch (place.kind) {
    case 'here':
      return
    case 'sheet': {
      const key = ServiceKey.parse(JSON.parse(needs.vault.open(file.sealedKey ?? '')))
      const to = { ...place, key, now: needs.clock.now(), at: needs.google ?? googleAddresses }
      return await writeSheet(to, handed.rows).catch((error: unknown) => {
        throw error instanceof SheetFault ? fault(error.code, error.detail) : error
      })
    }
    case 'server':
      return await upload(needs, place.url, handed)
  }
}

/** Posts the file, signed as webhooks are, so that the other side can tell it from anybody's. */
async function upload(needs: StandingWorkNeeds, url: string, handed: Handed): Promise<void> {
  const { shop, run, rows } = handed
  const settings = webhookSettings(shop.settings.webhook)
  if (!settings) throw fault('no_secret')
  const body = `${byteOrderMark}${rows.map(csvLine).join('')}`
  const seconds = Math.floor(needs.clock.now() / secondMs)
  const id = `file_${shop.id}_${run}`
  const headers = signedHeaders({ id, seconds, body }, needs.vault.open(settings.sealedSecret))
  const answer = await guardedPost(
    { url, headers: { ...headers, 'content-type': 'text/csv; charset=utf-8' }, body },
    { allowPrivate: needs.allowPrivate ?? false, timeoutMs: postTimeoutMs },
  )
  if (answer.kind === 'failed') throw fault('silent', answer.why)
  if (answer.status < 200 || answer.status >= 300) throw fault('answered', `${answer.status}`)
}
