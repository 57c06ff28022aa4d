import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { byteOrderMark } from '../../web/csv-cell.ts'
import { InFile } from '../../web/csv-heads.ts'
import { type Route, route } from '../../web/route.ts'
import { type FeedMapping, feedFields } from './feed-fields.ts'
import { lineFaults } from './feed-product.ts'
import type { Feeds } from './feeds.service.ts'
import type { FeedRow, RunRow } from './feeds.store.ts'

const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer', 'developer'] as const
const Params = z.object({ id: z.coerce.number().int().positive() })
const RunParams = Params.extend({ run: z.coerce.number().int().positive() })
/** '' reads no column for a field. */
const Mapping = z.partialRecord(z.enum(feedFields), z.string().max(200))
const Url = z.url({ protocol: /^https?$/ }).max(2_000)
const Said = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** null: files are brought by hand. */
  url: Url.nullable(),
  /** 0: only when asked. */
  everyMinutes: z.union([z.literal(0), z.number().int().min(15).max(10_080)]),
  mapping: Mapping.default({}),
  /** A product that stayed away so many runs is no longer for sale. */
  missingRuns: z.number().int().min(1).max(100).default(3),
  isOn: z.boolean().default(true),
})
const Run = z.object({
  run: z.number(),
  state: z.enum(['running', 'done', 'unchanged', 'waiting', 'failed']),
  begunAt: z.number(),
  endedAt: z.number().nullable(),
  /** Products in the file. */
  lines: z.number(),
  /** New or changed. */
  told: z.number(),
  refused: z.number(),
  /** No longer for sale. */
  gone: z.number(),
  /** `unreachable`, `broken`, `short` (waits for a word), `stopped`. */
  problem: z.string().nullable(),
  detail: z.string().nullable(),
})
const Feed = z.object({
  id: z.number(),
  name: z.string(),
  url: z.string().nullable(),
  everyMinutes: z.number(),
  mapping: Mapping,
  missingRuns: z.number(),
  isOn: z.boolean(),
  nextAt: z.number().nullable(),
  /** In the file that was taken last. */
  products: z.number(),
  runs: z.array(Run),
})
const Preview = z.object({
  kind: z.enum(['xml', 'json', 'table']),
  encoding: z.enum(['utf8', 'cp949', 'utf16le']),
  format: z.enum(['naver', 'google', 'own']),
  /** With the first values each says. */
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  mapping: z.array(z.object({ field: z.enum(feedFields), column: z.string() })),
  /** Looked at, 500 at most. */
  lines: z.number(),
  products: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      price: z.number().nullable(),
      salePrice: z.number().nullable(),
      category: z.string().nullable(),
      stock: z.number().nullable(),
      imageUrl: z.string().nullable(),
      url: z.string().nullable(),
    }),
  ),
  faults: z.array(z.object({ line: z.number(), id: z.string(), fault: z.enum(lineFaults) })),
})

/** Feeds of products, by address and by file. */
export function feedsRoutes(feeds: Feeds): readonly Route[] {
  return [...settingRoutes(feeds), ...runRoutes(feeds), ...previewRoutes(feeds)]
}

function settingRoutes(feeds: Feeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/feeds',
      summary: 'Product feeds with their last ten runs, newest first; a shop has 20 at most.',
      roles: readers,
      response: z.object({ items: z.array(Feed) }),
      handle: async ({ actor }) => {
        const rows = await feeds.list(actor.shop)
        const runs = await feeds.runs(
          actor.shop,
          rows.map(({ id }) => id),
        )
        return { items: rows.map((row) => answered(row, runs)) }
      },
    }),
    route({
      method: 'post',
      path: '/api/feeds',
      summary: 'Makes a feed; one with an address begins at once.',
      roles: writers,
      body: Said,
      response: Feed,
      handle: async ({ actor, body }) => {
        const id = await feeds.create(actor, { ...body, mapping: body.mapping as FeedMapping })
        return answered(await feeds.get(actor.shop, id), [])
      },
    }),
    route({
      method: 'put',
      path: '/api/feeds/{id}',
      summary: 'Says a feed anew.',
      roles: writers,
      params: Params,
      body: Said,
      response: Feed,
      handle: async ({ actor, params, body }) => {
        const said = { ...body, mapping: body.mapping as FeedMapping }
        await feeds.change(actor, params.id, said)
        const runs = await feeds.runs(actor.shop, [params.id])
        return answered(await feeds.get(actor.shop, params.id), runs)
      },
    }),
    route({
      method: 'delete',
      path: '/api/feeds/{id}',
      summary: 'Forgets a feed. Its products stay as they are.',
      roles: writers,
      params: Params,
      response: z.object({ ok: z.boolean() }),
      handle: async ({ actor, params }) => {
        await feeds.remove(actor, params.id)
        return { ok: true }
      },
    }),
  ]
}

function runRoutes(feeds: Feeds): readonly Route[] {
  const Planned = z.object({ ok: z.boolean() })
  return [
    route({
      method: 'post',
      path: '/api/feeds/{id}/run',
      summary: 'Runs a feed now. With `confirm`, the short file that waits is taken as it is.',
      roles: writers,
      params: Params,
      body: z.strictObject({ confirm: z.boolean().default(false) }),
      response: Planned,
      handle: async ({ actor, params, body }) => {
        await feeds.runNow(actor, params.id, body.confirm)
        return { ok: true }
      },
    }),
    route({
      method: 'post',
      path: '/api/feeds/{id}/file',
      summary:
        'Takes a file (sent as the body; XML, JSON or a table, plain, gzipped or zipped, 1 GB at most) and runs the feed with it.',
      roles: writers,
      params: Params,
      media: { request: 'application/octet-stream' },
      response: Planned,
      handle: async ({ actor, params, request }) => {
        await feeds.upload(actor, params.id, bodyOf(request))
        return { ok: true }
      },
    }),
    route({
      method: 'get',
      path: '/api/feeds/{id}/runs/{run}/refusals',
      summary: 'The first 1,000 lines of a run that said no product, with why, as CSV.',
      roles: readers,
      params: RunParams,
      query: InFile,
      media: { response: 'text/csv' },
      response: z.string(),
      handle: async ({ actor, params, query: { language } }) =>
        new Response(
          byteOrderMark +
            (await feeds.refusalsCsv(actor.shop, {
              ...{ feed: params.id, run: params.run },
              language,
            })),
          {
            headers: {
              'content-type': 'text/csv; charset=utf-8',
              'content-disposition': `attachment; filename="feed-${params.id}-${params.run}.csv"`,
            },
          },
        ),
    }),
  ]
}

function previewRoutes(feeds: Feeds): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/feed-preview',
      summary: 'What is understood of the beginning of a feed, by its address.',
      roles: writers,
      body: z.strictObject({ url: Url, mapping: Mapping.default({}) }),
      response: Preview,
      handle: async ({ body }) =>
        preview(await feeds.previewOfUrl(body.url, body.mapping as FeedMapping)),
    }),
    route({
      method: 'post',
      path: '/api/feed-preview/file',
      summary:
        'What is understood of the beginning of a file, sent as the body; `mapping` as JSON, as a feed has it.',
      roles: writers,
      query: z.object({ mapping: z.string().max(10_000).default('{}') }),
      media: { request: 'application/octet-stream' },
      response: Preview,
      handle: async ({ request, query }) =>
        preview(await feeds.previewOfFile(bodyOf(request), mappingIn(query.mapping))),
    }),
  ]
}

function mappingIn(text: string): FeedMapping {
  const read = Mapping.safeParse(parsed(text))
  if (!read.success) throw new Refusal('invalid', 'The mapping names no such columns.', 'mapping')
  return read.data as FeedMapping
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bodyOf(request: Request): AsyncIterable<Uint8Array> {
  if (!request.body) throw new Refusal('invalid', 'There is no file in the body.', 'file')
  return request.body
}

function answered(row: FeedRow, runs: readonly RunRow[]): z.infer<typeof Feed> {
  const { id, name, url, everyMinutes, missingRuns, isOn, nextAt, products } = row
  return {
    ...{ id, name, url, everyMinutes, missingRuns, isOn, nextAt, products },
    mapping: JSON.parse(row.mapping) as z.infer<typeof Mapping>,
    runs: runs.flatMap(({ feed, ...run }) => (feed === id ? [run] : [])),
  }
}

function preview(seen: Awaited<ReturnType<Feeds['previewOfUrl']>>): z.infer<typeof Preview> {
  const units = (amount: bigint | null | undefined) =>
    amount === null || amount === undefined ? null : Number(amount) / 10_000
  return {
    ...seen,
    columns: seen.columns.map(({ name, samples }) => ({ name, samples: [...samples] })),
    products: seen.products.map((one) => ({
      id: one.id,
      name: one.name ?? null,
      price: units(one.price),
      salePrice: units(one.salePrice),
      category: one.category ?? null,
      stock: one.stock ?? null,
      imageUrl: one.imageUrl ?? null,
      url: one.url ?? null,
    })),
  }
}
