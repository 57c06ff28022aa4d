import { guardedPost } from '../../channels/webhook/guarded-post.driver.ts'
import { webhookSettings } from '../../channels/webhook/settings.ts'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import { localTime } from '../../lib/zone.ts'
import type { AddressRow } from '../../segments/export.service.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { byteOrderMark, csvLine, phoneCell } from '../../web/csv-cell.ts'
import type { MorningPost } from '../morning/post.service.ts'
import { googleAddresses, type SheetsAddresses, writeSheet } from './sheets.driver.ts'
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
import {
  againAfter,
  keptMs,
  linesLimit,
  linkText,
  mostTries,
  nextDue,
  ServiceKey,
} from './standing.ts'

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

/** Writes standing files when they are due: keeps them to be fetched, hands them over, and tells who wanted to know. */
export function standingWork(needs: StandingWorkNeeds) {
  return {
    /** Writes the file that is due longest; false when none is. */
    turn: async (): Promise<boolean> => {
      const now = needs.clock.now()
      const file = await claimFile(needs.db, { now, until: now + leaseMs })
      if (!file) return false
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
  try {
    const { lines, toldTo } = await gathered(needs, file, { shop, run })
    await handOver(needs, file, { shop, run, rows: [head, ...lines.map(({ cells }) => cells)] })
    await endRun(db, id, { run, at: clock.now(), rows: lines.length, problem: null })
    const detail = { name: file.name, rows: lines.length, place: file.place.kind }
    const actor = { shop: id, name: 'system' }
    await needs.shops.audit(actor, 'file.written', { object: `file:${file.id}`, detail })
    await tell(needs, file, { shop, run, rows: lines.length })
    // What did not fit into this file is written at once, into the next.
    const isCut = lines.length >= linesLimit && file.what.kind === 'events'
    const nextAt = isCut ? clock.now() : nextDue(file.every, clock.now(), shop.timeZone)
    await settleFile(db, { ...file, nextAt, toldTo, tries: 0 })
  } catch (error) {
    const problem = error instanceof Error ? error.message.slice(0, 300) : 'failed'
    await endRun(db, id, { run, at: clock.now(), rows: 0, problem })
    const mayTry = file.tries < mostTries
    const nextAt = mayTry
      ? clock.now() + againAfter(file.tries)
      : nextDue(file.every, clock.now(), shop.timeZone)
    await settleFile(db, { ...file, nextAt, tries: mayTry ? file.tries : 0 })
  }
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
    if (lines.length < part.lines.length && file.what.kind === 'segment')
      throw new Error('too_many')
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
      return await writeSheet(to, handed.rows)
    }
    case 'server':
      return await upload(needs, place.url, handed)
  }
}

/** Posts the file, signed as webhooks are, so that the other side can tell it from anybody's. */
async function upload(needs: StandingWorkNeeds, url: string, handed: Handed): Promise<void> {
  const { shop, run, rows } = handed
  const settings = webhookSettings(shop.settings.webhook)
  if (!settings) throw new Error('no_secret')
  const body = `${byteOrderMark}${rows.map(csvLine).join('')}`
  const seconds = Math.floor(needs.clock.now() / secondMs)
  const id = `file_${shop.id}_${run}`
  const headers = signedHeaders({ id, seconds, body }, needs.vault.open(settings.sealedSecret))
  const answer = await guardedPost(
    { url, headers: { ...headers, 'content-type': 'text/csv; charset=utf-8' }, body },
    { allowPrivate: needs.allowPrivate ?? false, timeoutMs: postTimeoutMs },
  )
  if (answer.kind === 'failed') throw new Error(answer.why)
  if (answer.status < 200 || answer.status >= 300)
    throw new Error(`The server answered ${answer.status}.`)
}

/** The address at which a run can be fetched without signing in, until its lines are forgotten. */
export function fileAddress(
  {
    vault,
    publicUrl,
  }: Pick<StandingWorkNeeds, 'publicUrl'> & { readonly vault: Pick<Vault, 'sign'> },
  of: { readonly shop: number; readonly run: number; readonly until: number },
): string {
  const text = linkText(of)
  return `${publicUrl}/api/standing-files/fetch/${text}.${vault.sign(`standing-file:${text}`)}`
}

async function tell(
  needs: StandingWorkNeeds,
  file: StandingRow,
  of: { readonly shop: Shop; readonly run: number; readonly rows: number },
): Promise<void> {
  const { shop, run, rows } = of
  const now = needs.clock.now()
  const url = fileAddress(needs, { shop: shop.id, run, until: now + keptMs })
  const isKorean = shop.language === 'ko'
  const morning = {
    subject: `[${shop.name}] ${file.name}`,
    parts: [
      {
        title: isKorean ? '파일이 준비됐어요' : 'The file is ready',
        lines: [
          isKorean
            ? `${rows.toLocaleString('en')}줄이에요.`
            : `${rows.toLocaleString('en')} lines.`,
          url,
          isKorean
            ? '7일 동안 받을 수 있어요. 주소를 아는 사람은 누구나 열 수 있으니 다른 사람에게 전하지 마세요.'
            : 'It can be fetched for 7 days. Whoever knows the address can open it: pass it to nobody.',
        ],
      },
    ],
  }
  for (const address of file.emails) {
    const key = `file.${shop.id}.${run}.${file.emails.indexOf(address)}`
    await needs.post(shop, { kind: 'email', address }, { key, at: now, morning })
  }
}
