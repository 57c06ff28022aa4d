import { createHash } from 'node:crypto'
import type { FirstSendTask } from '../../consent/first-send.ts'
import type { Customers } from '../../customers/customers.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import {
  attest,
  cancelImport,
  type ImportRow,
  insertImport,
  readImports,
  readSealed,
} from './imports.store.ts'
import { type PlanNeeds, refuseNameless } from './plan-file.service.ts'
import { refusals } from './refusals.service.ts'
import type { ImportKind } from './row.ts'
import { type Signature, settle } from './settle.service.ts'
import { importWork, type ShownLine } from './work.service.ts'

type Needs = Parameters<typeof refusals>[0] &
  PlanNeeds & {
    readonly clock: Clock
    readonly vault: Pick<Vault, 'hash' | 'seal' | 'open'>
    readonly customers: Pick<Customers, 'behindKeys' | 'namesOf'>
    readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
  }
type Actor = { readonly shop: ShopId; readonly name: string }

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
    /** Takes a file in; `turn` finds out what it would do. Nothing changes. */
    lookAt: (actor: Actor, file: NewFile): Promise<number> => keepFile(needs, actor, file),
    /** The first of the lines that do nothing. */
    shownLines: async (shop: ShopId, id: number): Promise<readonly ShownLine[]> => {
      const sealed = await readSealed(db, shop, id)
      return sealed?.shown ? (JSON.parse(vault.open(sealed.shown)) as readonly ShownLine[]) : []
    },
    /**
     * Lets the file be applied, under the name of whoever attests it: `turn` does it, and goes on where it broke off. One that is
     * done stays done.
     */
    apply: async (actor: Actor, id: number, by: Signature): Promise<ImportRow> => {
      const { shop, name } = actor
      const row = await rowOf(needs, shop, id)
      if (row.state === 'looking')
        throw new Refusal('conflict', 'It is not known yet what the file does: wait a moment.')
      if (row.state === 'applying' || row.state === 'done') return row
      const sealed = await readSealed(db, shop, id)
      if (!sealed?.file) throw new Refusal('not-found', 'The file was forgotten; upload it again.')
      await attest(db, shop, { id, ...by, actor: name, at: needs.clock.now() })
      return rowOf(needs, shop, id)
    },
    /** Calls it off and forgets the file. What it has said already stays said: the ledger takes nothing back. */
    cancel: async (actor: Actor, id: number): Promise<ImportRow> => {
      if (await cancelImport(db, actor.shop, { id, at: needs.clock.now() }))
        await shops.audit(actor, 'consents.import-cancelled', { object: `consent-import:${id}` })
      return rowOf(needs, actor.shop, id)
    },
    /** A step of the work on files; whether there was any. One turn at a time. */
    turn: importWork({ ...needs, refusals: heard }).turn,
    get: (shop: ShopId, id: number) => rowOf(needs, shop, id),
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

async function keepFile(needs: Needs, actor: Actor, file: NewFile): Promise<number> {
  refuseNameless(file.bytes)
  return insertImport(needs.db, actor.shop, {
    kind: file.kind,
    fileName: file.fileName,
    consentsFrom: file.from,
    actor: actor.name,
    madeAt: needs.clock.now(),
    fileHash: createHash('sha256').update(file.bytes).digest('hex'),
    sealedFile: needs.vault.seal(file.bytes.toString('base64')),
  })
}

async function rowOf({ db }: Needs, shop: ShopId, id: number): Promise<ImportRow> {
  const [row] = await readImports(db, shop, { id, limit: 1 })
  if (!row) throw new Refusal('not-found', 'There is no such import, or it was forgotten.')
  return row
}
