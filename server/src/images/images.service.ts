import { createHash } from 'node:crypto'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { Actor } from '../web/route.ts'
import {
  type ImageChange,
  imagesLimit,
  keptDays,
  publicVariants,
  uploadBytesLimit,
  variants,
} from './image.ts'
import {
  countImages,
  dropImage,
  type ImageRow,
  imageByHash,
  imageById,
  insertImage,
  listImages,
  listTags,
  longDeleted,
  putFile,
  readFileByKey,
  readVariant,
  setDeleted,
  updateImage,
} from './images.store.ts'
import { type Press, refusedAs } from './press.driver.ts'
import { mediaOf } from './signature.ts'

/** Where a picture is in use, named so that it can be opened. */
export type ImageUse =
  | {
      readonly kind: 'campaign'
      readonly id: number
      readonly name: string
      /** live: a version that may still send; draft: as it is being written; sent: an earlier version, or an ended campaign. */
      readonly as: 'live' | 'draft' | 'sent'
    }
  | { readonly kind: 'brand' }

export type ImagesNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'hash'>
  readonly press: Press
  readonly audit: Shops['audit']
  /** Every place of the shop that names the picture's key; the rooms above tell. */
  readonly usesOf: (shop: ShopId, key: string) => Promise<readonly ImageUse[]>
  /** Whether anything that was ever published shows it: mailboxes ask for it for years. */
  readonly wasPublished: (shop: ShopId, key: string) => Promise<boolean>
}

/** What a page of the library shows. */
type Page = {
  readonly word: string
  readonly tag: string
  readonly deleted: boolean
  readonly before: number | undefined
  readonly limit: number
}

/** What may still be sent keeps a picture in the library; what was sent goes on showing it without that. */
const isHeld = (use: ImageUse): boolean => use.kind === 'brand' || use.as !== 'sent'

/** The shop's pictures: uploaded once, made fit for every channel, served to everybody. */
export function images(needs: ImagesNeeds) {
  const { db, clock, audit, usesOf } = needs

  async function found(shop: ShopId, id: number): Promise<ImageRow> {
    const image = await imageById(db, shop, id)
    if (!image) throw new Refusal('not-found', 'There is no such picture.')
    return image
  }

  return {
    /** Takes a file; the same bytes again answer the picture that is there (and bring a deleted one back). */
    upload: async (
      actor: Actor,
      file: { readonly name: string; readonly bytes: Uint8Array },
    ): Promise<{ readonly image: ImageRow; readonly isNew: boolean }> =>
      await upload(needs, actor, file),
    get: found,
    list: (shop: ShopId, page: Page) => listImages(db, shop, page),
    tags: (shop: ShopId) => listTags(db, shop),
    change: async (actor: Actor, id: number, change: ImageChange): Promise<ImageRow> => {
      const before = await found(actor.shop, id)
      if (Object.keys(change).length === 0) return before
      const { focus } = change
      const moved =
        focus !== undefined && (focus.x !== before.focus.x || focus.y !== before.focus.y)
      const cut = moved ? await recut(needs, actor.shop, { image: before, focus }) : []
      await db.begin(async (tx) => {
        await updateImage(tx, actor.shop, { id, change })
        for (const made of cut) await putFile(tx, actor.shop, { image: id, made })
      })
      await audit(actor, 'image.changed', {
        object: `image:${id}`,
        detail: { fields: Object.keys(change) },
      })
      return await found(actor.shop, id)
    },
    usesOf: async (shop: ShopId, id: number) => usesOf(shop, (await found(shop, id)).key),
    /** Takes an unused picture out of the library; a used one is refused. */
    remove: async (actor: Actor, id: number): Promise<void> => {
      const { key, name } = await found(actor.shop, id)
      if ((await usesOf(actor.shop, key)).some(isHeld)) throw refusedAs('used')
      await setDeleted(db, actor.shop, { id, at: clock.now() })
      await audit(actor, 'image.deleted', { object: `image:${id}`, detail: { name } })
    },
    restore: async (actor: Actor, id: number): Promise<ImageRow> => {
      const { name } = await found(actor.shop, id)
      await setDeleted(db, actor.shop, { id, at: null })
      await audit(actor, 'image.restored', { object: `image:${id}`, detail: { name } })
      return await found(actor.shop, id)
    },
    /** A file as the world asks for it. */
    served: async (key: string, file: string) => {
      const found = await readFileByKey(db, { key, file })
      return found && publicVariants.some((one) => one === found.variant) ? found : undefined
    },
    /** A picture as a provider of texts or of KakaoTalk takes it. Refused without words, and where it is too small. */
    forChannel: async (
      shop: ShopId,
      key: string,
      variant: 'card' | 'wide' | 'tall',
    ): Promise<{ readonly name: string; readonly bytes: Uint8Array }> => {
      const still = await readVariant(db, shop, { key, variant: 'still' })
      if (!still) throw new Refusal('not-found', 'There is no such picture.')
      if (still.alt === '') throw refusedAs('wordless')
      const file = await readVariant(db, shop, { key, variant })
      if (!file) throw refusedAs('small')
      return file
    },
    /** Ends what was deleted long ago and stands in nothing that was ever sent. Hourly; safe from several processes. */
    forgetDeleted: async (): Promise<number> => {
      const before = clock.now() - keptDays * dayMs
      let gone = 0
      for (const { shop, id, key } of await longDeleted(db, before)) {
        if ((await usesOf(shop, key)).length > 0) continue
        if (await needs.wasPublished(shop, key)) continue
        await dropImage(db, shop, { id, before })
        gone++
      }
      return gone
    },
  }
}
export type Images = ReturnType<typeof images>

async function upload(
  needs: ImagesNeeds,
  actor: Actor,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<{ readonly image: ImageRow; readonly isNew: boolean }> {
  const { db, clock, audit } = needs
  const { shop } = actor
  const { bytes } = file
  if (bytes.length > uploadBytesLimit) throw refusedAs('bytes')
  const hash = createHash('sha256').update(bytes).digest()
  const known = await imageByHash(db, shop, hash)
  if (known) return { image: await backIn(needs, actor, known), isNew: false }
  const media = mediaOf(bytes)
  if (!media.includes('/')) throw refusedAs(media as Parameters<typeof refusedAs>[0])
  if ((await countImages(db, shop)) >= imagesLimit) throw refusedAs('full')
  const made = await needs.press({ bytes, focus: { x: 0.5, y: 0.5 }, only: variants })
  const key = needs.vault.hash('image', `${shop}:${hash.toString('hex')}`).slice(0, 22)
  const { name } = file
  const { width, height, isMoving } = made
  // Row and files in one transaction: whatever is killed, a picture is there whole or not at all.
  const id = await db.begin(async (tx) => {
    const row = { key, hash, name, media, width, height, bytes: bytes.length, moving: isMoving }
    const written = await insertImage(tx, shop, { ...row, by: actor.name, now: clock.now() })
    if (written === undefined) return undefined
    for (const one of made.files) await putFile(tx, shop, { image: written, made: one })
    return written
  })
  const image = await imageByHash(db, shop, hash)
  if (!image) throw new Refusal('busy', 'The picture went away while it came. Upload it again.')
  if (id === undefined) return { image: await backIn(needs, actor, image), isNew: false }
  await audit(actor, 'image.uploaded', {
    object: `image:${id}`,
    detail: { name, bytes: bytes.length },
  })
  return { image, isNew: true }
}

async function backIn(
  { db, audit }: Pick<ImagesNeeds, 'db' | 'audit'>,
  actor: Actor,
  image: ImageRow,
): Promise<ImageRow> {
  if (image.deletedAt === null) return image
  await setDeleted(db, actor.shop, { id: image.id, at: null })
  await audit(actor, 'image.restored', {
    object: `image:${image.id}`,
    detail: { name: image.name },
  })
  return { ...image, deletedAt: null }
}

/** What is cut to another shape follows the focus; everything else shows the picture whole. */
async function recut(
  needs: Pick<ImagesNeeds, 'db' | 'press'>,
  shop: ShopId,
  asked: { readonly image: ImageRow; readonly focus: ImageRow['focus'] },
) {
  const { key } = asked.image
  const whole = await readFileByKey(needs.db, { key, file: 'whole.webp' })
  if (!whole) throw new Error(`image ${shop}/${asked.image.id} has no whole file`)
  const { files } = await needs.press({
    bytes: whole.bytes,
    focus: asked.focus,
    only: ['wide', 'tall'],
  })
  return files
}
