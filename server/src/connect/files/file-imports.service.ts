import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { csvLine } from '../../web/csv-cell.ts'
import type { ConsentImports } from '../consents/imports.service.ts'
import {
  applyFile,
  cancelFile,
  chooseFile,
  type FileImportRow,
  insertFile,
  keepMapping,
  readFiles,
  readSealedFile,
} from './file-imports.store.ts'
import { type FileWorkNeeds, fileWork } from './file-work.service.ts'
import { rowsOf, type Shown } from './open-file.service.ts'
import { sheet } from './sheet.driver.ts'
import type { Chosen } from './understood.ts'

const listed = 50
/** Lines that the files of consents take. */
const consentRowsLimit = 100_000

type Needs = FileWorkNeeds & {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open' | 'hash'>
  readonly shops: Pick<Shops, 'shop' | 'audit'>
  readonly consents: Pick<ConsentImports, 'lookAt'>
}
type Actor = { readonly shop: ShopId; readonly name: string }
/** What is shown of a file while it waits for a word; the headings' hash names what is remembered. */
export type ShownFile = Shown & {
  readonly headingsHash: string
  readonly mapping: Chosen['mapping']
}

/**
 * Excel and CSV files of orders, members and products, dropped onto one page. A file is looked at first and changes nothing; what was
 * understood is shown, its columns can be set right and are remembered for the next file with the same headings. Let in, it is brought
 * by a worker as a connection would: what is known already changes nothing, and of an order seen before only what is new is told.
 */
export function fileImports(needs: Needs) {
  const { db, clock, vault } = needs
  const audit = (actor: Actor, act: string, id: number) =>
    needs.shops.audit(actor, act, { object: `file-import:${id}` })

  async function get(shop: ShopId, id: number): Promise<FileImportRow> {
    const [row] = await readFiles(db, shop, { id, limit: 1 })
    if (!row) throw new Refusal('not-found', 'There is no such file, or it was forgotten.')
    return row
  }
  async function sealedOf(shop: ShopId, id: number) {
    const sealed = await readSealedFile(db, { shop, id })
    if (!sealed) throw new Refusal('not-found', 'There is no such file, or it was forgotten.')
    return sealed
  }

  return {
    get,
    list: (shop: ShopId) => readFiles(db, shop, { limit: listed }),
    /** Takes a file in: `turn` finds out what it says. Refuses at once what is neither Excel nor CSV. */
    lookAt: async (
      actor: Actor,
      file: { readonly name: string; readonly bytes: Buffer },
    ): Promise<number> => {
      sheet(file.bytes)
      return insertFile(db, actor.shop, {
        fileName: file.name,
        actor: actor.name,
        madeAt: clock.now(),
        sealedFile: vault.seal(file.bytes.toString('base64')),
      })
    },
    /** Its headings and first lines, while it waits; undefined before it was looked at and after it was brought. */
    shown: async (shop: ShopId, id: number): Promise<ShownFile | undefined> => {
      const { shown } = await sealedOf(shop, id)
      return shown === null ? undefined : (JSON.parse(vault.open(shown)) as ShownFile)
    },
    /** Says what the file is and which column says what; remembered for files with the same headings. */
    choose: async (actor: Actor, id: number, chosen: Chosen): Promise<void> => {
      const { shop } = actor
      const { shown } = await sealedOf(shop, id)
      const text = JSON.stringify(chosen)
      if (!(await chooseFile(db, { shop, id }, text)))
        throw new Refusal('conflict', 'The file has gone on; drop it again.')
      if (shown === null) return
      const { headingsHash } = JSON.parse(vault.open(shown)) as ShownFile
      await keepMapping(db, shop, { headings: headingsHash, chosen: text, at: clock.now() })
    },
    apply: async (actor: Actor, id: number): Promise<void> => {
      const row = await get(actor.shop, id)
      if (row.state === 'applying' || row.state === 'done') return
      if (row.kind === 'consents')
        throw new Refusal('conflict', 'Consents are brought under the name of whoever answers.')
      const { objects = 0 } = JSON.parse(row.answer) as { readonly objects?: number }
      if (row.state === 'looked_at' && objects === 0)
        throw new Refusal('conflict', 'There is nothing in it to bring: set the columns right.')
      if (!(await applyFile(db, { shop: actor.shop, id })))
        throw new Refusal('conflict', 'It is not known yet what the file says: wait a moment.')
      await audit(actor, 'files.brought', id)
    },
    cancel: async (actor: Actor, id: number): Promise<void> => {
      await get(actor.shop, id)
      if (await cancelFile(db, { shop: actor.shop, id }, clock.now()))
        await audit(actor, 'files.cancelled', id)
    },
    /** Lines that were left out, as CSV with the reason of each. */
    refusedFile: async (actor: Actor, id: number): Promise<string> => {
      const { refused } = await sealedOf(actor.shop, id)
      await audit(actor, 'files.refused-lines-viewed', id)
      return refused === null ? '' : vault.open(refused)
    },
    /** Gives the file on to the import of consents, which asks who answers for it. Answers the import's id there. */
    toConsents: async (actor: Actor, id: number, from: string): Promise<number> => {
      const { fileName } = await get(actor.shop, id)
      const { file } = await sealedOf(actor.shop, id)
      if (file === null) throw new Refusal('not-found', 'The file was forgotten; drop it again.')
      const rows = await rowsOf(Buffer.from(vault.open(file), 'base64'), consentRowsLimit)
      const bytes = Buffer.from(rows.map(({ cells }) => csvLine(cells)).join(''), 'utf8')
      return needs.consents.lookAt(actor, { bytes, kind: 'consents', from, fileName })
    },
    turn: fileWork(needs).turn,
  }
}
export type FileImports = ReturnType<typeof fileImports>
