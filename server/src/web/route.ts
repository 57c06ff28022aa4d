import type { z } from 'zod'
import type { MemberId, ShopId } from '../lib/brand.ts'

/** Who is asking, proven by a session cookie or an API key. */
export type Actor = {
  readonly shop: ShopId
  /** `member:12` or `key:3`, as the audit log names them. */
  readonly name: string
  readonly member?: MemberId
  readonly role: 'owner' | 'marketer' | 'developer' | 'viewer'
}

/** The actor of a route that anyone may call: no shop, no rights. */
export const nobody: Actor = { shop: 0 as ShopId, name: 'nobody', role: 'viewer' }

/**
 * One `/api` route as data: what it takes, what it answers and who may call it. The server, OpenAPI and the
 * access test are all made from the same list, so none can differ from the others.
 */
export type Route = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** `/api/customers/{id}` */
  readonly path: `/api/${string}`
  readonly summary: string
  /** Roles that may call it; owners always may. API keys of scope admin count as owner. */
  readonly roles: readonly Actor['role'][] | 'anyone'
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Body size limit in bytes; 1 MiB unless said. */
  readonly bodyLimitBytes?: number
  /** Schema of the 200 answer. A route that answers something else than JSON returns a Response. */
  readonly response: z.ZodType
  /** Fields of the answer that move by themselves: no setting, so If-Match of a change does not hold them. */
  readonly moving?: readonly string[]
  /** Media types where they are not JSON. A request that is not JSON is read by the handler itself, from `request`. */
  readonly media?: { readonly request?: string; readonly response?: string }
  readonly handle: (call: Call) => Promise<unknown>
}

/** A parsed, authorised call. `params`, `query` and `body` have passed the route's schemas. */
export type Call = {
  readonly actor: Actor
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly request: Request
  readonly signal: AbortSignal
}

type Infer<S> = S extends z.ZodType ? z.infer<S> : undefined

/** Declares a route with the handler's types drawn from its schemas. */
export function route<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType = z.ZodType,
>(declared: {
  readonly method: Route['method']
  readonly path: Route['path']
  readonly summary: string
  readonly roles: Route['roles']
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly bodyLimitBytes?: number
  readonly response: R
  readonly media?: Route['media']
  readonly moving?: Route['moving']
  readonly handle: (call: {
    readonly actor: Actor
    readonly params: Infer<P>
    readonly query: Infer<Q>
    readonly body: Infer<B>
    readonly request: Request
    readonly signal: AbortSignal
  }) => Promise<z.infer<R> | Response>
}): Route {
  return declared as unknown as Route
}
