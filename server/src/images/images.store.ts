import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Focus, ImageChange, VariantFile } from './image.ts'

/** A picture of the library without its bytes. */
export type ImageRow = {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly alt: string
  readonly tags: readonly string[]
  readonly focus: Focus
  readonly media: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly moving: boolean
  readonly createdAt: number
  readonly deletedAt: number | null
  readonly files: readonly FileRow[]
}
export type FileRow = {
  readonly variant: string
  readonly file: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

type Stored = Omit<ImageRow, 'focus'> & { readonly focusX: number; readonly focusY: number }

const imageOf = ({ focusX, focusY, ...row }: Stored): ImageRow => ({
  ...row,
  focus: { x: focusX, y: focusY },
})

const columns = (db: Database | Tx) => db`
  i.id, i.key, i.name, i.alt, i.tags, i.focus_x as "focusX", i.focus_y as "focusY", i.media, i.width, i.height, i.bytes, i.moving,
  i.created_at as "createdAt", i.deleted_at as "deletedAt",
  (select coalesce(json_agg(json_build_object('variant', f.variant, 'file', f.file, 'width', f.width, 'height', f.height,
                                              'bytes', octet_length(f.bytes)) order by f.file), '[]')
   from image_files f where f.shop = i.shop and f.image = i.id) as files`

/** The picture with these bytes, deleted or not. */
export async function imageByHash(
  db: Database | Tx,
  shop: ShopId,
  hash: Uint8Array,
): Promise<ImageRow | undefined> {
  const [row] = await db<Stored[]>`
    select ${columns(db)} from images i where i.shop = ${shop} and i.hash = ${Buffer.from(hash)}`
  return row && imageOf(row)
}

/** One picture, deleted or not. */
export async function imageById(
  db: Database | Tx,
  shop: ShopId,
  id: number,
): Promise<ImageRow | undefined> {
  const [row] = await db<Stored[]>`
    select ${columns(db)} from images i where i.shop = ${shop} and i.id = ${id}`
  return row && imageOf(row)
}

/** Pictures, the newest first: those with the word in their name, words or tags, on the page after an id. */
export async function listImages(
  db: Database,
  shop: ShopId,
  page: {
    readonly word: string
    readonly tag: string
    readonly deleted: boolean
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly ImageRow[]> {
  const { word, tag, before, limit } = page
  const rows = await db<Stored[]>`
    select ${columns(db)} from images i
    where i.shop = ${shop} and (i.deleted_at is not null) = ${page.deleted}
      and (${word} = '' or strpos(lower(i.name || ' ' || i.alt || ' ' || array_to_string(i.tags, ' ')), lower(${word})) > 0)
      and (${tag} = '' or ${tag} = any(i.tags))
      and (${before ?? null}::bigint is null or i.id < ${before ?? null})
    order by i.id desc limit ${limit}`
  return rows.map(imageOf)
}

/** Tags in use, the most used first. */
export async function listTags(db: Database, shop: ShopId): Promise<readonly string[]> {
  const rows = await db<{ tag: string }[]>`
    select tag from images, unnest(tags) as tag where shop = ${shop} and deleted_at is null
    group by tag order by count(*) desc, tag limit 100`
  return rows.map(({ tag }) => tag)
}

/** How many images the shop keeps, deleted ones that are not yet gone included. */
export async function countImages(db: Database | Tx, shop: ShopId): Promise<number> {
  const [row] = await db<{ n: number }[]>`select count(*) as n from images where shop = ${shop}`
  return row?.n ?? 0
}

export type NewImage = {
  readonly key: string
  readonly hash: Uint8Array
  readonly name: string
  readonly media: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly moving: boolean
  readonly by: string
  readonly now: number
}

/** Writes a picture; undefined when the same bytes came in by another door meanwhile. */
export async function insertImage(
  tx: Tx,
  shop: ShopId,
  image: NewImage,
): Promise<number | undefined> {
  const { key, hash, name, media, width, height, bytes, moving, by, now } = image
  const [row] = await tx<{ id: number }[]>`
    insert into images (shop, key, hash, name, media, width, height, bytes, moving, uploaded_by, created_at)
    values (${shop}, ${key}, ${Buffer.from(hash)}, ${name}, ${media}, ${width}, ${height}, ${bytes}, ${moving}, ${by}, ${now})
    on conflict do nothing returning id`
  return row?.id
}

/** Writes one of a picture's files, in place of the one of that name. */
export async function putFile(
  tx: Tx,
  shop: ShopId,
  { image, made }: { readonly image: number; readonly made: VariantFile },
): Promise<void> {
  const { variant, file, media, width, height, bytes } = made
  await tx`
    insert into image_files (shop, image, file, variant, media, width, height, bytes)
    values (${shop}, ${image}, ${file}, ${variant}, ${media}, ${width}, ${height}, ${Buffer.from(bytes)})
    on conflict (shop, image, file) do update set media = excluded.media, width = excluded.width, height = excluded.height,
      bytes = excluded.bytes`
}

/** Changes what is said of a picture; false when there is none. */
export async function updateImage(
  tx: Database | Tx,
  shop: ShopId,
  { id, change }: { readonly id: number; readonly change: ImageChange },
): Promise<boolean> {
  const { name, alt, focus, tags } = change
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(alt === undefined ? {} : { alt }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags)] }),
    ...(focus === undefined ? {} : { focus_x: focus.x, focus_y: focus.y }),
  }
  const found = await tx`update images set ${tx(set)} where shop = ${shop} and id = ${id}`
  return found.count > 0
}

/** Takes a picture out of the library (a time) or back into it (null). */
export async function setDeleted(
  db: Database | Tx,
  shop: ShopId,
  { id, at }: { readonly id: number; readonly at: number | null },
): Promise<void> {
  await db`update images set deleted_at = ${at} where shop = ${shop} and id = ${id}`
}

/** A file by its address, deleted pictures too: mails that were sent show it for years. */
export async function readFileByKey(
  db: Database,
  { key, file }: { readonly key: string; readonly file: string },
): Promise<
  { readonly media: string; readonly variant: string; readonly bytes: Uint8Array } | undefined
> {
  const [row] = await db<{ media: string; variant: string; bytes: Buffer }[]>`
    select f.media, f.variant, f.bytes from images i join image_files f on f.shop = i.shop and f.image = i.id
    where i.key = ${key} and f.file = ${file}`
  return row
}

/** The bytes of a variant; undefined where there is no such file. */
export async function readVariant(
  db: Database | Tx,
  shop: ShopId,
  { key, variant }: { readonly key: string; readonly variant: string },
): Promise<
  { readonly name: string; readonly alt: string; readonly bytes: Uint8Array } | undefined
> {
  const [row] = await db<{ name: string; alt: string; bytes: Buffer }[]>`
    select i.name, i.alt, f.bytes from images i join image_files f on f.shop = i.shop and f.image = i.id
    where i.shop = ${shop} and i.key = ${key} and f.variant = ${variant} and i.deleted_at is null`
  return row
}

/** Pictures that were deleted before a time. */
export async function longDeleted(
  db: Database,
  before: number,
): Promise<readonly { readonly shop: ShopId; readonly id: number; readonly key: string }[]> {
  return await db<{ shop: ShopId; id: number; key: string }[]>`
    select shop, id, key from images where deleted_at < ${before} order by deleted_at limit 1000`
}

/** Ends a picture and its files, if it is still deleted. */
export async function dropImage(
  db: Database,
  shop: ShopId,
  { id, before }: { readonly id: number; readonly before: number },
): Promise<void> {
  await db`delete from images where shop = ${shop} and id = ${id} and deleted_at < ${before}`
}
