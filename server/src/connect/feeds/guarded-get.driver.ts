import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pinnedLookup } from '../../channels/webhook/guarded-post.driver.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'

const redirectsLimit = 3
/** From the name's lookup to the last byte. */
const wholeMs = 10 * minuteMs
/** Without a byte. */
const silenceMs = 30 * secondMs

export type Fetched =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'whole'
      /** SHA-256, hex. */
      readonly hash: string
      readonly etag: string | null
      readonly modified: string | null
    }
  /** The limit was reached and the rest left out, as was asked. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'failed'; readonly why: string }

/**
 * Gets a file of the public internet into a file here. Each name on the way is resolved once, every address it has must be public,
 * and the call goes to the one that was checked; three redirects are followed, each looked at anew.
 */
export async function guardedGet(
  asked: {
    readonly url: string
    readonly to: string
    readonly etag: string | null
    readonly modified: string | null
    readonly limitBytes: number
    /** Only the beginning is wanted: what is longer is cut instead of refused. */
    readonly onlyBegin?: boolean
  },
  options: { readonly allowPrivate: boolean; readonly signal?: AbortSignal },
): Promise<Fetched> {
  const signals = [AbortSignal.timeout(wholeMs), ...(options.signal ? [options.signal] : [])]
  const signal = AbortSignal.any(signals)
  try {
    let url = new URL(asked.url)
    for (let followed = 0; ; followed++) {
      const answer = await call(url, { ...asked, signal, allowPrivate: options.allowPrivate })
      const status = answer.statusCode ?? 0
      const next = answer.headers.location
      if (status >= 300 && status < 400 && status !== 304 && next !== undefined) {
        answer.destroy()
        if (followed === redirectsLimit) return failed('It redirects too often.')
        url = new URL(next, url)
        continue
      }
      if (status === 304) {
        answer.destroy()
        return { kind: 'unchanged' }
      }
      if (status !== 200) {
        answer.destroy()
        return failed(`It answered ${status}.`)
      }
      return await keep(answer, { ...asked, signal })
    }
  } catch (error) {
    return failed(reasonOf(error))
  }
}

async function call(
  url: URL,
  how: {
    readonly etag: string | null
    readonly modified: string | null
    readonly signal: AbortSignal
    readonly allowPrivate: boolean
  },
): Promise<IncomingMessage> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error('The address must begin with https:// or http://.')
  if (url.username !== '' || url.password !== '')
    throw new Error('The address must not hold a name or password.')
  const lookup = await pinnedLookup(url, how.allowPrivate)
  return await new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      agent: false,
      lookup,
      signal: how.signal,
      timeout: silenceMs,
      headers: {
        'user-agent': 'Danggol-Feeds/1',
        accept: '*/*',
        ...(how.etag === null ? {} : { 'if-none-match': how.etag }),
        ...(how.modified === null ? {} : { 'if-modified-since': how.modified }),
      },
    })
    request.once('timeout', () => request.destroy(new Error('Nothing came for 30 seconds.')))
    request.once('error', reject)
    request.once('response', resolve)
    request.end()
  })
}

async function keep(
  answer: IncomingMessage,
  to: {
    readonly to: string
    readonly limitBytes: number
    readonly onlyBegin?: boolean
    readonly signal: AbortSignal
  },
): Promise<Fetched> {
  const hash = createHash('sha256')
  let size = 0
  let cut = false
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.byteLength
      if (size > to.limitBytes) {
        cut = true
        if (!to.onlyBegin)
          return done(new Error(`It is larger than ${Math.round(to.limitBytes / 1_048_576)} MB.`))
        this.push(chunk.subarray(0, Math.max(0, chunk.byteLength - (size - to.limitBytes))))
        this.push(null)
        answer.destroy()
        return done()
      }
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(answer, counted, createWriteStream(to.to), { signal: to.signal })
  } catch (error) {
    if (!(cut && to.onlyBegin)) throw error
  }
  if (cut) return { kind: 'begun' }
  if (!answer.complete) return failed('The answer broke off.')
  return {
    kind: 'whole',
    hash: hash.digest('hex'),
    etag: answer.headers.etag?.slice(0, 300) ?? null,
    modified: answer.headers['last-modified']?.slice(0, 100) ?? null,
  }
}

const failed = (why: string): Fetched => ({ kind: 'failed', why })

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The call failed.'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'No answer in time.'
  return error.message === '' ? 'The call failed.' : error.message
}
