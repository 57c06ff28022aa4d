import { z } from 'zod'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformAnswer, PlatformRequest, PlatformSession } from '../platform/call.ts'
import { apiVersion } from './queries.ts'

/** What is asked of the Admin API: a query with its values, and what it may cost. */
export type Asked = {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly cost: number
  readonly once?: boolean
}

const Answer = z.object({
  data: z.unknown(),
  errors: z
    .union([
      z.string(),
      z.array(
        z.object({
          message: z.string(),
          extensions: z.object({ code: z.string().nullish() }).nullish(),
        }),
      ),
    ])
    .nullish(),
})
const Limit = z.object({
  extensions: z.object({
    cost: z.object({
      throttleStatus: z.object({ maximumAvailable: z.number(), currentlyAvailable: z.number() }),
    }),
  }),
})

/** As a call: everything goes to one address. */
export function graphRequest({ query, variables = {}, cost, once }: Asked): PlatformRequest {
  const path = `/admin/api/${apiVersion}/graphql.json`
  return { method: 'post', path, body: { query, variables }, cost, ...(once ? { once } : {}) }
}

/** What an answer says, read as it must be; what Shopify says against it is trouble. */
export function readGraph<T>(answer: PlatformAnswer, schema: z.ZodType<T>): T {
  const read = Answer.safeParse(answer.body)
  const errors = read.data?.errors
  if (!read.success || errors) {
    const said = typeof errors === 'string' ? errors : errors?.map(({ message }) => message)
    const why = said === undefined ? 'The answer cannot be read.' : String(said).slice(0, 300)
    throw new PlatformTrouble('refused', why, answer.status)
  }
  const data = schema.safeParse(read.data.data)
  if (data.success) return data.data
  throw new PlatformTrouble('refused', 'The answer is not as it was asked for.', answer.status)
}

export async function graph<T>(
  session: PlatformSession,
  asked: Asked,
  schema: z.ZodType<T>,
): Promise<T> {
  return readGraph(await session.call(graphRequest(asked)), schema)
}

/** How full the shop's bucket is by Shopify's own count; a query that found no room comes with 200 and `THROTTLED`. */
export function limitOf(size: number) {
  return (answer: PlatformAnswer) => {
    const read = Limit.safeParse(answer.body)
    if (!read.success) return undefined
    const { currentlyAvailable } = read.data.extensions.cost.throttleStatus
    const errors = Answer.safeParse(answer.body).data?.errors
    const isRefused =
      Array.isArray(errors) && errors.some(({ extensions }) => extensions?.code === 'THROTTLED')
    return { level: size - currentlyAvailable, isRefused }
  }
}

/** A page of a connection as it is asked for everywhere. */
export const Nodes = z.object({
  nodes: z.array(z.unknown()),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
})

/** What mutations say against what they were asked for. */
export const UserErrors = z.array(z.object({ message: z.string() }))

export function refuseErrors(errors: z.infer<typeof UserErrors>): void {
  if (errors.length === 0) return
  const why = errors.map(({ message }) => message).join(' ')
  throw new PlatformTrouble('refused', why.slice(0, 300))
}

/** `gid://shopify/Order/12` of `12`. */
export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`

/** `12` of `gid://shopify/Order/12`. */
export const idOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1)
