import { lookup } from 'node:dns/promises'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Longest a call may take, from the name's lookup to the answer's end. */
export const postTimeoutMs = 10_000
/** So much of an answer is read. */
const answerBytes = 64 * 1024
/** An answer longer than this tells nothing. */
const toldBytes = 8 * 1024

export type PostAnswer =
  /** `retryAfter`: the header of that name, as it came. */
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly retryAfter?: string
      /** Its words, where they are few enough to be kept; from a stranger. */
      readonly words?: string
    }
  /** Nobody answered, or nobody was asked; `why` is a sentence. `left`: the call may have reached somebody all the same. */
  | { readonly kind: 'failed'; readonly why: string; readonly left: boolean }

// Everything that is not the public internet (IANA's special-purpose registries): a URL that a member of the team enters
// must not reach what only this machine or its network can see.
const special = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(net, bits, 'ipv4')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(net, bits, 'ipv6')

/** Whether an address lies in the public internet. Addresses of version 4 dressed as version 6 do not count as such. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !special.check(address, 'ipv4')
  return version === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** Why a URL may not be called; undefined when it may. The name is looked up again, and pinned, at every call. */
export async function refusedUrl(text: string, allowPrivate = false): Promise<string | undefined> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return 'This is no address such as https://shop.example/hooks.'
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    return 'The address must begin with https://.'
  if (url.username !== '' || url.password !== '')
    return 'The address must not hold a name or password.'
  try {
    await resolved(hostOf(url), allowPrivate)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'The address cannot be found.'
  }
}

/**
 * Posts JSON (or what the headers say) to an address of the public internet. The name is resolved once, every address it has must be public, and the
 * call goes to the one that was checked; redirects are not followed.
 */
export async function guardedPost(
  call: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | Uint8Array
  },
  options: { readonly allowPrivate: boolean; readonly timeoutMs?: number },
): Promise<PostAnswer> {
  const refused = await refusedUrl(call.url, options.allowPrivate)
  if (refused) return { kind: 'failed', why: refused, left: false }
  const url = new URL(call.url)
  try {
    const address = await resolved(hostOf(url), options.allowPrivate)
    return await post(call, { url, address, timeoutMs: options.timeoutMs ?? postTimeoutMs })
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error), left: error instanceof LeftError }
  }
}

/** A lookup that leads where the name was just found to lead, in the public internet; throws an Error with a sentence. */
export async function pinnedLookup(url: URL, allowPrivate: boolean): Promise<LookupFunction> {
  return pinnedTo(await resolved(hostOf(url), allowPrivate))
}

function pinnedTo(address: Address): LookupFunction {
  return (_, options, done) => {
    if (options.all) done(null, [address])
    else done(null, address.address, address.family)
  }
}

function post(
  call: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array },
  to: { readonly url: URL; readonly address: Address; readonly timeoutMs: number },
): Promise<PostAnswer> {
  const { url, address, timeoutMs } = to
  const pinned = pinnedTo(address)
  const body = Buffer.from(call.body)
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: 'POST',
      agent: false,
      lookup: pinned,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Danggol-Webhooks/1',
        'content-length': body.byteLength,
        ...call.headers,
      },
    })
    let left = false
    request.once('socket', (socket) => {
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        left = true
      })
    })
    request.once('error', (error) => reject(left ? new LeftError(reasonOf(error)) : error))
    request.once('response', (response) => {
      const status = response.statusCode ?? 0
      let read = 0
      const told: Buffer[] = []
      response.on('data', (chunk: Buffer) => {
        read += chunk.byteLength
        if (read <= toldBytes) told.push(chunk)
        if (read > answerBytes) response.destroy()
      })
      const retryAfter = response.headers['retry-after']
      const answer = { kind: 'answered', status, ...(retryAfter ? { retryAfter } : {}) } as const
      // An answer that broke off is half an answer; the status counts all the same.
      const isWhole = () => response.complete && read > 0 && read <= toldBytes
      response.once('close', () =>
        resolve(isWhole() ? { ...answer, words: Buffer.concat(told).toString('utf8') } : answer),
      )
      response.once('error', () => resolve(answer))
    })
    request.end(body)
  })
}

/** The call had a connection when it failed: it may have been heard. */
class LeftError extends Error {}

type Address = { readonly address: string; readonly family: number }

async function resolved(host: string, allowPrivate: boolean): Promise<Address> {
  const family = isIP(host)
  const addresses: readonly Address[] =
    family === 0
      ? await lookup(host, { all: true }).catch(() => {
          throw new Error(`The name ${host} cannot be found.`)
        })
      : [{ address: host, family }]
  const [first] = addresses
  if (!first) throw new Error(`The name ${host} cannot be found.`)
  if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
    throw new Error(`${host} is not an address of the public internet.`)
  return first
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The call failed.'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'No answer in time.'
  return error.message === '' ? 'The call failed.' : error.message
}
