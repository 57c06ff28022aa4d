import { createHash } from 'node:crypto'
import { type FirstSendTask, firstSendOf } from '../../consent/first-send.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { csvLine, csvRows } from '../file.driver.ts'
import { columnsOf } from './columns.ts'
import {
  attest,
  finish,
  type ImportRow,
  insertImport,
  readImports,
  readSealed,
} from './imports.store.ts'
import { knownOf } from './known.service.ts'
import { type Counts, type Plan, planRows } from './plan.ts'
import { refusals } from './refusals.service.ts'
import { type ImportKind, readConsentRow } from './row.ts'
import { writeWords } from './write.service.ts'

/** Lines a file may have; more is split by its owner. */
const rowsLimit = 100_000

type Needs = Parameters<typeof refusals>[0] &
  Parameters<typeof knownOf>[0] & {
    readonly clock: Clock
    readonly vault: Pick<Vault, 'hash' | 'seal' | 'open'>
    readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  }
type Actor = { readonly shop: ShopId; readonly name: string }
/** Who answers for something, and the sentence they put their name under. */
export type Signature = { readonly name: string; readonly sentence: string }

/** What a file would do, before anybody says that it should. */
type LookedAt = {
  readonly id: number
  readonly counts: Counts
  readonly refused: Plan['refused']
}
type NewFile = {
  readonly bytes: Buffer
  readonly kind: ImportKind
  /** Where the consents were given, for lines that do not say. */
  readonly from: string
  readonly fileName: string
}

/**
 * Files of consents and refusals: looked at first, then applied under somebody's name. What they say enters the log like everything
 * else; refusals close addresses at once, known or not. The same file again changes nothing.
 */
export function consentImports(needs: Needs) {
  const { db, shops, vault } = needs
  const heard = refusals(needs)
  return {
    /** The same for refusals that come by another way: the toll-free number's list, a provider. */
    refusals: heard,
    list: (shop: ShopId) => readImports(db, shop, { limit: 50 }),
    /** Reads a file and says what it would do; nothing changes. */
    lookAt: (actor: Actor, file: NewFile) => lookAt(needs, actor, file),
    /**
     * Does what the file says, under the name of whoever attests it. One that broke off goes on; one that is done stays
     * done.
     */
    apply: async (actor: Actor, id: number, by: Signature): Promise<ImportRow> => {
      const row = await rowOf(needs, actor.shop, id)
      return row.state === 'done' ? row : apply({ ...needs, refusals: heard }, actor, { row, by })
    },
    /** Somebody says by name that there is nothing to bring. */
    attestNone: async (actor: Actor, task: FirstSendTask, by: Signature): Promise<void> => {
      await settle(needs, actor.shop, { task, how: 'none', by, import: null })
      await shops.audit(actor, 'first-send.attested', {
        object: `shop:${actor.shop}`,
        detail: { task, by: by.name, sentence: by.sentence },
      })
    },
    /** The lines that did nothing, as a CSV file with the reason of each. */
    refusedFile: async (actor: Actor, id: number): Promise<string> => {
      const sealed = await readSealed(db, actor.shop, id)
      if (!sealed) throw new Refusal('not-found', 'There is no such import, or it was forgotten.')
      await shops.audit(actor, 'consents.refused-lines-viewed', { object: `consent-import:${id}` })
      return sealed.refused === null ? '' : vault.open(sealed.refused)
    },
  }
}
export type ConsentImports = ReturnType<typeof consentImports>

async function lookAt(needs: Needs, actor: Actor, file: NewFile): Promise<LookedAt> {
  const { db, vault } = needs
  const { shop } = actor
  const now = needs.clock.now()
  const { counts, refused } = await planned(needs, shop, file)
  const id = await insertImport(db, shop, {
    kind: file.kind,
    fileName: file.fileName,
    consentsFrom: file.from,
    counts: JSON.stringify(counts),
    actor: actor.name,
    madeAt: now,
    fileHash: createHash('sha256').update(file.bytes).digest('hex'),
    sealedFile: vault.seal(file.bytes.toString('base64')),
    sealedRefused: refused.length === 0 ? null : vault.seal(refusedCsv(refused)),
  })
  return { id, counts, refused }
}

async function apply(
  needs: Needs & { readonly refusals: ReturnType<typeof refusals> },
  actor: Actor,
  { row, by }: { readonly row: ImportRow; readonly by: Signature },
): Promise<ImportRow> {
  const { db, vault, shops } = needs
  const { shop } = actor
  const { id, kind } = row
  const sealed = await readSealed(db, shop, id)
  if (!sealed?.file) throw new Refusal('not-found', 'The file was forgotten; upload it again.')
  await attest(db, shop, { id, ...by })
  const bytes = Buffer.from(vault.open(sealed.file), 'base64')
  // Looked at anew: what was said since then counts.
  const plan = await planned(needs, shop, { bytes, kind, from: row.consentsFrom })
  await writeWords(needs, shop, { id, kind, plan, by: by.name })
  await finish(db, shop, { id, counts: JSON.stringify(plan.counts), at: needs.clock.now() })
  await settle(needs, shop, { task: kind, how: 'imported', by, import: id })
  const { consents, refusals: refused } = plan.counts
  await shops.audit(actor, 'consents.imported', {
    object: `consent-import:${id}`,
    detail: { kind, by: by.name, consents, refusals: refused },
  })
  return rowOf(needs, shop, id)
}

async function planned(
  needs: Needs,
  shop: ShopId,
  file: Pick<NewFile, 'bytes' | 'kind' | 'from'>,
): Promise<Plan> {
  const all = csvRows(file.bytes, rowsLimit + 1)
  const columns = columnsOf(all.map(({ cells }) => cells))
  if (!columns)
    throw new Refusal(
      'invalid',
      'No column says who: name one "email", "phone" or "member id" in the first row.',
      'file',
    )
  const rows = columns.header ? all.slice(1) : all
  if (rows.length > rowsLimit)
    throw new Refusal('too-large', `A file may have ${rowsLimit} lines at most.`, 'file')
  const { timeZone } = await needs.shops.shop(shop)
  const { kind, from } = file
  const reading = { kind, columns, zone: timeZone, now: needs.clock.now(), from }
  const read = rows.map((row) => readConsentRow(row, reading))
  return planRows(read, await knownOf(needs, shop, read))
}

async function rowOf({ db }: Needs, shop: ShopId, id: number): Promise<ImportRow> {
  const [row] = await readImports(db, shop, { id, limit: 1 })
  if (!row) throw new Refusal('not-found', 'There is no such import, or it was forgotten.')
  return row
}

async function settle(
  { shops, clock }: Needs,
  shop: ShopId,
  settled: {
    readonly task: FirstSendTask
    readonly how: 'imported' | 'none'
    readonly by: Signature
    readonly import: number | null
  },
): Promise<void> {
  const before = firstSendOf((await shops.shop(shop)).settings)
  const { task, how, by } = settled
  const mine = { how, by: by.name, sentence: by.sentence, at: clock.now(), import: settled.import }
  const section: JsonObject = { ...before, [task]: mine }
  await shops.set(shop, 'firstSend', section)
}

function refusedCsv(refused: Plan['refused']): string {
  const lines = refused.map(({ line, fault, cells }) => csvLine([`${line}`, fault, ...cells]))
  // The mark makes spreadsheets read it as UTF-8.
  return `\uFEFF${csvLine(['line', 'reason'])}${lines.join('')}`
}
