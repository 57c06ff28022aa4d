import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Language } from '../../shops/shop.ts'
import { byteOrderMark, csvLine } from '../../web/csv-cell.ts'
import { getList } from './change-members.service.ts'
import { type ListChangeKind, listsLimit, type RefusedLine } from './list.ts'
import { insertList, readLists } from './lists.store.ts'
import { refusedWords } from './refused-words.ts'
import { type UploadNeeds, uploadWork } from './upload-work.service.ts'
import {
  beginApplying,
  cancelUpload,
  forgetUploads,
  insertUpload,
  lockUpload,
  lookAgain,
  readRefused,
  readUploads,
  type UploadRow,
} from './uploads.store.ts'

type Actor = { readonly shop: ShopId; readonly name: string }
/** For which list a file is meant; undefined: for a new one. */
type Target = { readonly list?: number | undefined; readonly change: ListChangeKind }

/** Uploads that a page lists. */
const shownUploads = 20
/** A file that nobody took up is forgotten after a day; what it held addresses of, after a month. */
const waitingKeptMs = dayMs
const endedKeptMs = 30 * dayMs
const firstColumns = { ko: ['줄', '적힌 값', '까닭'], en: ['line', 'it says', 'reason'] } as const

/**
 * Files of people for lists. Each is looked at first and changes nothing; then somebody has it applied. Both are done beside the
 * requests, by `turn`, and go on after a crash; until it has ended it may be called off.
 */
export function listUploads(needs: UploadNeeds) {
  const { db, clock, vault } = needs
  const get = (shop: ShopId, id: number) => rowOf(needs, shop, id)
  return {
    get,
    list: (shop: ShopId) => readUploads(db, shop, { limit: shownUploads }),
    /** A step of the work on files of all shops; whether there was any. One turn at a time. */
    turn: uploadWork(needs).turn,

    /** Takes a file in. */
    take: async (
      actor: Actor,
      file: Target & { readonly bytes: Buffer; readonly fileName: string },
    ): Promise<UploadRow> => {
      const { shop } = actor
      if (file.bytes.byteLength === 0) throw new Refusal('invalid', 'The file is empty.', 'file')
      if (file.list !== undefined) await getList(db, shop, file.list)
      const id = await insertUpload(db, shop, {
        list: file.list ?? null,
        change: file.change,
        fileName: file.fileName,
        actor: actor.name,
        madeAt: clock.now(),
        sealedFile: vault.seal(file.bytes.toString('base64')),
      })
      return get(shop, id)
    },

    /** Looks at it anew, for another list or the other change. */
    lookAgain: async (shop: ShopId, id: number, to: Target): Promise<UploadRow> => {
      if (to.list !== undefined) await getList(db, shop, to.list)
      if (!(await lookAgain(db, shop, { id, list: to.list ?? null, change: to.change })))
        throw new Refusal('conflict', 'The file is past that; upload it again.')
      return get(shop, id)
    },

    /** Has it applied; a new list is made under this name. What is under way or done stays so. */
    apply: (actor: Actor, id: number, name?: string) => apply(needs, actor, { id, name }),

    cancel: async (actor: Actor, id: number): Promise<UploadRow> => {
      const { shop } = actor
      if (await cancelUpload(db, shop, { id, at: clock.now() }))
        await needs.audit(actor, 'list.upload-cancelled', { object: `list-upload:${id}` })
      return get(shop, id)
    },

    refused: (shop: ShopId, id: number) => refusedOf(needs, shop, id),
    /** All lines that do nothing, as a CSV file with the reason of each. */
    refusedFile: async (actor: Actor, id: number, language: Language): Promise<string> => {
      await needs.audit(actor, 'list.refused-lines-viewed', { object: `list-upload:${id}` })
      const lines = (await refusedOf(needs, actor.shop, id)).map(({ line, value, reason }) =>
        csvLine([`${line}`, value, refusedWords[reason][language]]),
      )
      return `${byteOrderMark}${csvLine([...firstColumns[language]])}${lines.join('')}`
    },
  }
}
export type ListUploads = ReturnType<typeof listUploads>

/** Forgets files and what they left behind; hourly, all shops. */
export async function keepUploads({ db, clock }: Pick<UploadNeeds, 'db' | 'clock'>): Promise<void> {
  const now = clock.now()
  await forgetUploads(db, { waiting: now - waitingKeptMs, ended: now - endedKeptMs })
}

async function rowOf(
  { db }: Pick<UploadNeeds, 'db'>,
  shop: ShopId,
  id: number,
): Promise<UploadRow> {
  const [row] = await readUploads(db, shop, { id, limit: 1 })
  if (!row) throw new Refusal('not-found', 'There is no such file, or it was forgotten.')
  return row
}

async function refusedOf(
  { db, vault }: Pick<UploadNeeds, 'db' | 'vault'>,
  shop: ShopId,
  id: number,
): Promise<readonly RefusedLine[]> {
  const sealed = await readRefused(db, shop, id)
  return sealed === undefined ? [] : (JSON.parse(vault.open(sealed)) as readonly RefusedLine[])
}

async function apply(
  needs: UploadNeeds,
  actor: Actor,
  { id, name }: { readonly id: number; readonly name: string | undefined },
): Promise<UploadRow> {
  const { db, clock } = needs
  const { shop } = actor
  const before = await rowOf(needs, shop, id)
  if (before.state === 'applying' || before.state === 'done') return before
  const lists = await readLists(db, shop, { limit: listsLimit })
  const made = await db.begin(async (tx) => {
    const held = await lockUpload(tx, shop, id)
    if (!held)
      throw new Refusal('conflict', 'The file is not ready, or it was forgotten: upload it again.')
    if (held.list !== null) {
      await beginApplying(tx, shop, { id, list: held.list, actor: actor.name })
      return undefined
    }
    if (name === undefined) throw new Refusal('invalid', 'A new list needs a name.', 'name')
    if (lists.length >= listsLimit)
      throw new Refusal('too-many', `A shop may have ${listsLimit} lists. Delete one first.`)
    const list = await insertList(tx, shop, { name, at: clock.now() })
    await beginApplying(tx, shop, { id, list, actor: actor.name })
    return list
  })
  if (made !== undefined)
    await needs.audit(actor, 'list.created', {
      object: `list:${made}`,
      detail: { name: name ?? '' },
    })
  return rowOf(needs, shop, id)
}
