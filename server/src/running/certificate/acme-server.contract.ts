import { type JsonWebKey, randomBytes } from 'node:crypto'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { issuer } from './acme-issue.contract.ts'
import { guard, type Jws, thumbprint } from './acme-jws.contract.ts'

type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}
type Order = {
  readonly domain: string
  readonly token: string
  readonly account: string
  state: 'pending' | 'ready' | 'valid' | 'invalid'
  problem?: string
  chain?: string
}

/**
 * A certificate authority that behaves as RFC 8555 says and as Let's Encrypt's pebble does: a nonce counts once (some good ones are
 * refused too, as pebble does, because clients must try again), requests are signed and name their URL, the domain is asked on
 * its HTTP port with the account's thumbprint, and the certificate is for the request's key.
 */
export async function acmeServer(options: {
  /** Where a domain's port 80 is here. */
  readonly httpPort: () => number
  readonly lifeMs: number
  readonly now: () => number
  /** A new order is answered when this is settled. */
  readonly mayOrder?: () => Promise<void>
}) {
  const accounts = new Map<string, JsonWebKey>()
  const guarded = guard((account) => accounts.get(account))
  const { root, issue } = await issuer(options)
  let origin = ''
  const orders = ordersOf({
    at: (path) => `${origin}/${path}`,
    issue,
    ask: (order) => ask(order, accounts.get(order.account) ?? {}, options.httpPort()),
  })

  function account({ jwk, payload }: Jws): Answer {
    if (payload?.termsOfServiceAgreed !== true)
      return refusal(403, 'userActionRequired', 'The terms were not agreed to')
    const url = `${origin}/account/${thumbprint(jwk ?? {})}`
    const status = accounts.has(url) ? 200 : 201
    if (jwk) accounts.set(url, jwk)
    return { status, body: { status: 'valid' }, headers: { location: url } }
  }

  async function handle(request: IncomingMessage): Promise<Answer> {
    const path = request.url ?? '/'
    if (path === '/directory') {
      const at = (name: string) => `${origin}/${name}`
      const [newNonce, newAccount, newOrder] = ['new-nonce', 'new-account', 'new-order'].map(at)
      return { status: 200, body: { newNonce, newAccount, newOrder, meta: {} } }
    }
    if (path === '/new-nonce') return { status: 200 }
    const read = guarded.trusted(`${origin}${path}`, await textOf(request))
    if (read.kind === 'refused') return refusal(read.status, read.type, read.detail)
    if (path === '/new-account') return account(read)
    if (path === '/new-order') await options.mayOrder?.()
    // An account that is there already is brought up to date.
    if (path.startsWith('/account/')) return { status: 200, body: { status: 'valid' } }
    return await orders.answer(read, path)
  }

  const server = createServer((request, response) => {
    void handle(request)
      .catch((error: Error) => refusal(500, 'serverInternal', error.message))
      .then((answered) => send(response, answered, guarded.nonce()))
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    directoryUrl: `${origin}/directory`,
    /** Whom a browser has to trust, PEM. */
    root,
    seen: guarded.seen,
    accounts: () => accounts.size,
    close: () => server.close(),
  }
}

/** Orders from being placed to their certificate. */
function ordersOf(needs: {
  readonly at: (path: string) => string
  readonly issue: (domain: string, csr: string) => Promise<string>
  readonly ask: (order: Order) => Promise<void>
}) {
  const { at } = needs
  const orders = new Map<string, Order>()
  const shown = (id: string, { state, domain, chain }: Order): Answer => ({
    status: 200,
    body: {
      status: state,
      identifiers: [{ type: 'dns', value: domain }],
      authorizations: [at(`authorization/${id}`)],
      finalize: at(`finalize/${id}`),
      ...(chain === undefined ? {} : { certificate: at(`certificate/${id}`) }),
    },
  })
  const proof = ({ state }: Order) => (state === 'ready' ? 'valid' : state)
  const challenge = (id: string, order: Order) => ({
    type: 'http-01',
    status: proof(order),
    token: order.token,
    url: at(`challenge/${id}`),
    ...(order.problem === undefined
      ? {}
      : { error: { type: 'unauthorized', detail: order.problem } }),
  })
  const authorization = (id: string, order: Order) => ({
    status: proof(order),
    identifier: { type: 'dns', value: order.domain },
    challenges: [
      { type: 'dns-01', status: 'pending', token: order.token, url: at(`other/${id}`) },
      challenge(id, order),
    ],
  })
  const placed = (account: string, payload: Jws['payload']): Answer => {
    const [first] = (payload?.identifiers ?? []) as readonly { value: string }[]
    const id = randomBytes(6).toString('hex')
    const token = randomBytes(16).toString('base64url')
    const order: Order = { domain: first?.value ?? '', token, account, state: 'pending' }
    orders.set(id, order)
    return { ...shown(id, order), status: 201, headers: { location: at(`order/${id}`) } }
  }
  return {
    answer: async ({ account, payload }: Jws, path: string): Promise<Answer> => {
      const [, kind = '', id = ''] = path.split('/')
      if (kind === 'new-order') return placed(account, payload)
      const order = orders.get(id)
      if (!order || order.account !== account) return refusal(404, 'malformed', 'No such order')
      if (kind === 'order') return shown(id, order)
      if (kind === 'authorization') return { status: 200, body: authorization(id, order) }
      if (kind === 'challenge') {
        if (order.state === 'pending') await needs.ask(order)
        return { status: 200, body: challenge(id, order) }
      }
      if (kind === 'finalize') {
        if (order.state !== 'ready') return refusal(403, 'orderNotReady', order.state)
        order.chain = await needs.issue(order.domain, String(payload?.csr))
        order.state = 'valid'
        return shown(id, order)
      }
      const headers = { 'content-type': 'application/pem-certificate-chain' }
      return { status: 200, body: order.chain ?? '', headers }
    },
  }
}

/** As the authority asks a domain: on port 80, for the token and the thumbprint of the account. */
async function ask(order: Order, key: JsonWebKey, port: number): Promise<void> {
  const wanted = `${order.token}.${thumbprint(key)}`
  const said = await asked(order, port)
  order.state = said === wanted ? 'ready' : 'invalid'
  if (said !== wanted) order.problem = `The key authorization file did not match: ${said}`
}

function refusal(status: number, type: string, detail: string): Answer {
  return {
    status,
    body: { type: `urn:ietf:params:acme:error:${type}`, detail, status },
    headers: { 'content-type': 'application/problem+json' },
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer, nonce: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'replay-nonce': nonce,
    ...headers,
  })
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
}

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return text
}

function asked({ domain, token }: Order, port: number): Promise<string> {
  return new Promise((resolve) => {
    const path = `/.well-known/acme-challenge/${token}`
    get({ host: '127.0.0.1', port, path, headers: { host: domain } }, (response) => {
      void textOf(response).then((text) => resolve(response.statusCode === 200 ? text : 'nothing'))
    }).once('error', () => resolve('nobody'))
  })
}
