import type { Clock } from '../../lib/clock.ts'
import { minuteMs, secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { boundedBody } from '../../web/bounded-body.ts'
import { type Bucket, emptyBucket, pour, told } from './bucket.ts'
import type { PlatformAnswer, PlatformCall, PlatformRequest } from './call.ts'
import { guardedFetch } from './guarded-fetch.driver.ts'
import type { Platform } from './platform.ts'

/** One call, from the first byte to the last. */
const callMs = 30 * secondMs
const answerBytesLimit = 32 * 1024 * 1024
/** Calls that were refused for a while (429, 5xx) are made again so often, ever later. */
const tries = 5
const firstRestMs = secondMs
const longestRestMs = minuteMs

/**
 * denied: the platform does not know our key any more; somebody must connect again. refused: this call is wrong. away: it does not
 * answer, or not now.
 */
type TroubleKind = 'denied' | 'refused' | 'away'

/** A platform that does not do what it was asked for. */
export class PlatformTrouble extends Error {
  readonly kind: TroubleKind
  readonly status: number | undefined
  constructor(kind: TroubleKind, message: string, status?: number) {
    super(message)
    this.kind = kind
    this.status = status
  }
}

type CallNeeds = {
  readonly clock: Clock
  readonly wait: (ms: number) => Promise<void>
  readonly fetch?: typeof fetch
}

type Limited = Pick<Platform, 'rate' | 'readLimit'>

/** The buckets of all connections: workers of one process share them. */
export function platformCalls(needs: CallNeeds) {
  const buckets = new Map<string, Bucket>()
  const { clock, wait } = needs
  const askOf = ({ isAnywhere }: Pick<Platform, 'isAnywhere'>): typeof fetch =>
    needs.fetch ?? (isAnywhere ? guardedFetch : fetch)

  async function inTurn(key: string, { rate }: Limited, cost: number): Promise<void> {
    const { waitMs, bucket } = pour(buckets.get(key) ?? emptyBucket(rate), clock.now(), cost)
    buckets.set(key, bucket)
    if (waitMs > 0) await wait(waitMs)
  }

  /** Answers whether the call was refused for the bucket's sake. */
  function heard(key: string, platform: Limited, answer: PlatformAnswer): boolean {
    const own = platform.readLimit?.(answer)
    const level = own?.level ?? levelOf(answer.headers)
    const bucket = buckets.get(key)
    const isExact = own !== undefined
    if (level !== undefined && bucket)
      buckets.set(key, told(bucket, { level, now: clock.now(), isExact }))
    return own?.isRefused ?? false
  }

  async function patiently(
    key: string,
    platform: Limited,
    {
      ask,
      tries,
      cost,
    }: {
      readonly ask: () => Promise<PlatformAnswer>
      readonly tries: number
      readonly cost: number
    },
  ): Promise<PlatformAnswer> {
    for (let tried = 1; ; tried++) {
      await inTurn(key, platform, cost)
      const answer = await ask().catch((error: unknown) => asTrouble(error))
      // What was answered wrongly is answered wrongly again.
      if (answer instanceof PlatformTrouble && answer.kind !== 'away') throw answer
      const again =
        answer instanceof PlatformTrouble ||
        heard(key, platform, answer) ||
        answer.status === 429 ||
        answer.status >= 500
      if (!again) return answer
      if (tried >= tries)
        throw answer instanceof PlatformTrouble
          ? answer
          : new PlatformTrouble('away', said(answer), answer.status)
      await wait(restMs(tried, answer instanceof PlatformTrouble ? undefined : answer))
    }
  }

  return {
    /**
     * Calls for one connection: `credentials` is asked before each call (and renews what has ended); `denied` once when the platform
     * does not take the key, for another.
     */
    of: (
      key: string,
      platform: Limited & Pick<Platform, 'headersOf' | 'isAnywhere'>,
      how: {
        readonly base: string
        readonly credentials: (isDenied: boolean) => Promise<JsonObject>
      },
    ): PlatformCall => {
      const attempt = async (asked: PlatformRequest, isDenied: boolean) => {
        const headers = platform.headersOf(await how.credentials(isDenied))
        return await patiently(key, platform, {
          ask: () => send(askOf(platform), asked, { base: how.base, headers }),
          tries: asked.once ? 1 : tries,
          cost: asked.cost ?? 1,
        })
      }
      return async (asked) => {
        const first = await attempt(asked, false)
        const answer = first.status === 401 ? await attempt(asked, true) : first
        if (answer.status === 401) throw new PlatformTrouble('denied', said(answer), 401)
        if (answer.status === 404 || (answer.status >= 200 && answer.status < 300)) return answer
        throw new PlatformTrouble('refused', said(answer), answer.status)
      }
    },
    /** A call without a key, for keys themselves; every answer is handed over. */
    bare: (
      key: string,
      platform: Limited & Pick<Platform, 'isAnywhere'>,
      { base, asked }: { readonly base: string; readonly asked: PlatformRequest },
    ): Promise<PlatformAnswer> =>
      patiently(key, platform, {
        ask: () => send(askOf(platform), asked, { base, headers: {} }),
        tries,
        cost: asked.cost ?? 1,
      }),
  }
}
export type PlatformCalls = ReturnType<typeof platformCalls>

async function send(
  ask: typeof fetch,
  asked: PlatformRequest,
  to: { readonly base: string; readonly headers: Readonly<Record<string, string>> },
): Promise<PlatformAnswer> {
  const { base, headers } = to
  const query = new URLSearchParams(asked.query).toString()
  const url = `${base}${asked.path}${query === '' ? '' : `?${query}`}`
  const body = asked.form
    ? new URLSearchParams(asked.form).toString()
    : asked.body === undefined
      ? undefined
      : JSON.stringify(asked.body)
  const type = asked.form ? 'application/x-www-form-urlencoded' : 'application/json'
  const answer = await ask(url, {
    method: asked.method.toUpperCase(),
    // A platform never sends us elsewhere: following would carry the key to wherever it says.
    redirect: 'manual',
    signal: AbortSignal.timeout(callMs),
    headers: { accept: 'application/json', 'content-type': type, ...headers, ...asked.headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await boundedBody(answer, answerBytesLimit)
  if (text === undefined)
    throw new PlatformTrouble('refused', 'The answer is too large.', answer.status)
  return {
    status: answer.status,
    // Shops whose files begin with a mark answer with one.
    body: jsonOf(text.replace(/^\uFEFF/, '')),
    headers: Object.fromEntries(answer.headers.entries()),
  }
}

/** Numbers of coupons have 19 digits, and some platforms write them as numbers: what a JS number cannot hold stays its text. */
const longNumber = /[:[,]\s*-?\d{16,}/
function keepDigits(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isLost =
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isLost ? (context?.source ?? value) : value
}

function jsonOf(text: string): unknown {
  try {
    return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `X-Api-Call-Limit: 12/40`, as Cafe24 and Shopify say it. */
function levelOf(headers: Readonly<Record<string, string>>): number | undefined {
  const text = headers['x-api-call-limit'] ?? headers['x-shopify-shop-api-call-limit'] ?? ''
  const match = /^(\d+)\/\d+$/.exec(text.trim())
  return match ? Number(match[1]) : undefined
}

function restMs(tried: number, answer: PlatformAnswer | undefined): number {
  const asked = Number(answer?.headers['retry-after'] ?? '')
  const own = firstRestMs * 2 ** (tried - 1)
  return Math.min(longestRestMs, Number.isFinite(asked) && asked > 0 ? asked * secondMs : own)
}

/** What it says is wrong, shortened; never what we sent. */
function said({ status, body }: PlatformAnswer): string {
  const error = (body as { readonly error?: unknown } | undefined)?.error ?? body
  const message = (error as { readonly message?: unknown } | undefined)?.message ?? error
  const text = typeof message === 'string' ? message : JSON.stringify(message ?? '')
  return `${status} ${text}`.slice(0, 300)
}

function asTrouble(error: unknown): PlatformTrouble {
  if (error instanceof PlatformTrouble) return error
  const name = error instanceof Error ? error.name : ''
  const why = name === 'TimeoutError' ? 'No answer in time.' : 'It could not be reached.'
  return new PlatformTrouble('away', why)
}
