import { z } from 'zod'
import { boundedBytes } from '../web/bounded-body.ts'
import { type Route, route } from '../web/route.ts'
import { isPublicHost, picturePath } from './address.ts'
import { Focus, ImageChange, publicVariants, uploadBytesLimit } from './image.ts'
import type { Images } from './images.service.ts'
import type { ImageRow } from './images.store.ts'
import { refusedAs } from './press.driver.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const pageLimit = 60
const Params = z.object({ id: z.coerce.number().int().positive() })

/** A picture as the dashboard sees it. */
const Image = z.object({
  id: z.number(),
  /** What contents name it by. */
  key: z.string(),
  name: z.string(),
  alt: z.string(),
  tags: z.array(z.string()),
  focus: Focus,
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  /** Whether it moves. */
  moving: z.boolean(),
  createdAt: z.number(),
  /** UTC ms since which it is out of the library; null while it is in it. */
  deletedAt: z.number().nullable(),
  /** Whether it is large enough for KakaoTalk. */
  kakao: z.boolean(),
  /** The files that are served, by variant: address without the host, pixels and bytes. */
  files: z.record(
    z.string(),
    z.object({ path: z.string(), width: z.number(), height: z.number(), bytes: z.number() }),
  ),
})
export type ImageAnswer = z.infer<typeof Image>

const Use = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('campaign'),
    id: z.number(),
    name: z.string(),
    as: z.enum(['live', 'draft', 'sent']),
  }),
  z.object({ kind: z.literal('brand') }),
])
export type ImageUseAnswer = z.infer<typeof Use>

type Needs = {
  readonly images: Images
  readonly publicUrl: string
}

/** The image library: pictures uploaded once, for every channel. */
export function imagesRoutes(needs: Needs): readonly Route[] {
  return [...listRoutes(needs), ...uploadRoutes(needs), ...pictureRoutes(needs)]
}

function listRoutes({ images, publicUrl }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/images',
      summary: 'Pictures of the library, the newest first, by a word, a tag or the deleted ones.',
      roles: readers,
      query: z.object({
        word: z.string().trim().max(100).default(''),
        tag: z.string().trim().max(40).default(''),
        deleted: z.enum(['true', 'false']).default('false'),
        after: z.coerce.number().int().positive().optional(),
      }),
      response: z.object({
        items: z.array(Image),
        next: z.string().nullable(),
        tags: z.array(z.string()),
        /** The host in front of the paths, and whether the readers of mails can reach it. */
        host: z.string(),
        isPublic: z.boolean(),
      }),
      handle: async ({ actor, query }) => {
        const { word, tag, deleted, after } = query
        const found = await images.list(actor.shop, {
          word,
          tag,
          deleted: deleted === 'true',
          before: after,
          limit: pageLimit + 1,
        })
        const items = found.slice(0, pageLimit)
        const last = items.at(-1)
        return {
          items: items.map(answerOf),
          next: found.length > pageLimit && last ? String(last.id) : null,
          tags: [...(await images.tags(actor.shop))],
          host: publicUrl,
          isPublic: isPublicHost(publicUrl),
        }
      },
    }),
  ]
}

function uploadRoutes({ images }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/images',
      summary:
        'Takes a picture (sent as the body: JPEG, PNG, WebP or GIF, 10 MB and 40 megapixels at most) and makes the files of every channel. The same bytes again answer the picture that is there.',
      roles: ['marketer'],
      query: z.object({ name: z.string().trim().max(300).default('') }),
      media: { request: 'application/octet-stream' },
      response: Image.extend({ isNew: z.boolean() }),
      handle: async ({ actor, query, request }) => {
        const bytes = await boundedBytes(request, uploadBytesLimit)
        if (!bytes) throw refusedAs('bytes')
        const { image, isNew } = await images.upload(actor, { name: named(query.name), bytes })
        return { ...answerOf(image), isNew }
      },
    }),
  ]
}

function pictureRoutes({ images }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/images/{id}',
      summary: 'One picture and its files.',
      roles: readers,
      params: Params,
      response: Image,
      handle: async ({ actor, params }) => answerOf(await images.get(actor.shop, params.id)),
    }),
    route({
      method: 'patch',
      path: '/api/images/{id}',
      summary:
        'Changes name, words, focus or tags. A new focus cuts the pictures for KakaoTalk again.',
      roles: ['marketer'],
      params: Params,
      body: ImageChange,
      response: Image,
      handle: async ({ actor, params, body }) =>
        answerOf(await images.change(actor, params.id, body)),
    }),
    route({
      method: 'get',
      path: '/api/images/{id}/uses',
      summary:
        'Where a picture is in use: drafts, live and earlier versions of campaigns, the brand.',
      roles: readers,
      params: Params,
      response: z.object({ items: z.array(Use) }),
      handle: async ({ actor, params }) => ({
        items: [...(await images.usesOf(actor.shop, params.id))],
      }),
    }),
    route({
      method: 'delete',
      path: '/api/images/{id}',
      summary:
        'Takes an unused picture out of the library; for 30 days it can be brought back. What was sent goes on showing it.',
      roles: ['marketer'],
      params: Params,
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params }) => {
        await images.remove(actor, params.id)
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/images/{id}/restore',
      summary: 'Brings a deleted picture back.',
      roles: ['marketer'],
      params: Params,
      response: Image,
      handle: async ({ actor, params }) => answerOf(await images.restore(actor, params.id)),
    }),
  ]
}

/** A file's name without its ending and without what no name needs. */
function named(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const tidy = base
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/\p{C}+/gu, ' ')
    .normalize('NFC')
    .trim()
    .slice(0, 100)
  return tidy === '' ? 'image' : tidy
}

const isPublic = ({ variant }: { readonly variant: string }): boolean =>
  publicVariants.some((one) => one === variant)

function answerOf(image: ImageRow): ImageAnswer {
  const { id, key, name, alt, focus, width, height, bytes, moving, createdAt, deletedAt } = image
  return {
    id,
    key,
    name,
    alt,
    focus,
    width,
    height,
    bytes,
    moving,
    createdAt,
    deletedAt,
    tags: [...image.tags],
    kakao: image.files.some(({ variant }) => variant === 'wide'),
    files: Object.fromEntries(
      image.files.filter(isPublic).map(({ variant, file, ...size }) => [
        variant,
        {
          path: picturePath(key, file),
          width: size.width,
          height: size.height,
          bytes: size.bytes,
        },
      ]),
    ),
  }
}
