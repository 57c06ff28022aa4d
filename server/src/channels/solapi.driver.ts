import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { systemClock } from '../lib/clock.ts'
import { minuteMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { type AskResult, ask } from './ask.driver.ts'
import { bodyAs, handoverOfStatus, refusedTogether } from './call-answer.ts'
import type { DeliveryReport, Handover, LookedUp, Lost } from './carrier.ts'
import { gather, type Halve } from './gather.driver.ts'
import type { ProviderWorld } from './provider-world.ts'
import { solapiRefusal } from './solapi-codes.ts'
import { SolapiMessage, solapiReport } from './text/solapi-report.ts'

export type SolapiKeys = { readonly apiKey: string; readonly apiSecret: string }

const realBaseUrl = 'https://api.solapi.com'
/** Messages of one call; Solapi takes 10,000, but what one call loses is looked up together. */
const mostPerCall = 500
const gatherMs = 40
/** Messages of one page when they are read back, and pages read for one look-up. */
const pageSize = 500
const mostPages = 60
/** Ids asked for in one call: an address of about 5 KB. */
const idsPerCall = 100
/** So long after the hand-over a message that is not listed will not be any more: a call ends after 30 s. */
const settledMs = 2 * minuteMs

/**
 * Solapi's HTTP interface, v4. The official SDK is not used: it sends a request again after a lost connection, it knows no
 * time-out, and sending there is not idempotent (docs/decisions/0017-text-providers.md).
 */
export function solapiClient(keys: SolapiKeys, world: ProviderWorld = {}) {
  const now = world.now ?? systemClock.now
  const url = (path: string, query: readonly (readonly [string, string])[]) => {
    const address = new URL(path, `${world.baseUrl ?? realBaseUrl}/`)
    for (const [name, value] of query) address.searchParams.append(name, value)
    return address.href
  }
  const headers = () => {
    const date = new Date(now()).toISOString()
    const salt = randomBytes(16).toString('hex')
    const signature = createHmac('sha256', keys.apiSecret)
      .update(date + salt)
      .digest('hex')
    return {
      authorization: `HMAC-SHA256 apiKey=${keys.apiKey}, date=${date}, salt=${salt}, signature=${signature}`,
      'content-type': 'application/json',
    }
  }
  const get = (path: string, query: readonly (readonly [string, string])[] = []) =>
    ask({ method: 'GET', url: url(path, query), headers: headers() }, world.patience)

  return {
    now,
    get,
    wordsOf,
    post: (path: string, body: JsonObject) =>
      ask(
        { method: 'POST', url: url(path, []), headers: headers(), body: JSON.stringify(body) },
        world.patience,
      ),
    /** Reads something of the account; a refusal in Solapi's own words when it does not answer as it should. */
    read: async <S extends z.ZodType>(
      schema: S,
      path: string,
      query: readonly (readonly [string, string])[] = [],
    ): Promise<z.infer<S>> => {
      const result = await get(path, query)
      const body =
        result.kind === 'answered' && result.status === 200
          ? bodyAs(schema, result.body)
          : undefined
      if (body === undefined) throw new Refusal('conflict', `Solapi: ${wordsOf(result)}`)
      return body
    },
  }
}
export type SolapiClient = ReturnType<typeof solapiClient>

/** One message as Solapi takes it, and the key it is found by again. */
type Carried = { readonly key: string; readonly message: JsonObject }

/** Sending and following messages of any kind that Solapi carries: texts and Kakao. */
export function solapiMessages(keys: SolapiKeys, world: ProviderWorld = {}) {
  const client = solapiClient(keys, world)
  const sends = gather<Carried, Handover>({
    most: mostPerCall,
    waitMs: world.gatherMs ?? gatherMs,
    call: (items) => sendMany(client, items),
    broken: (error) => ({ kind: 'ambiguous', detail: String(error) }),
  })
  const looks = gather<Lost, LookedUp>({
    most: mostPerCall,
    waitMs: world.gatherMs ?? gatherMs,
    call: (items) => lookUpMany(client, items),
    broken: () => ({ kind: 'unknown' }),
  })
  return {
    send: (carried: Carried): Promise<Handover> => sends.add(carried),
    lookUp: (lost: Lost) => looks.add(lost),
    reports: (ids: readonly string[]) => readReports(client, ids),
    close: async (): Promise<void> => {
      await Promise.all([sends.close(), looks.close()])
    },
  }
}

const Listed = z.object({
  messageId: z.string(),
  statusCode: z.string(),
  statusMessage: z.string().nullish(),
  customFields: z.record(z.string(), z.unknown()).nullish(),
})
const Sent = z.object({
  failedMessageList: z.array(Listed),
  messageList: z.array(Listed).nullish(),
})
const Failure = z.object({ errorCode: z.string(), errorMessage: z.string().catch('') })

async function sendMany(
  client: SolapiClient,
  items: readonly Carried[],
): Promise<readonly Handover[] | Halve<Handover>> {
  const result = await client.post('messages/v4/send-many/detail', {
    messages: items.map(({ key, message }) => ({ ...message, customFields: { key } })),
    // Twice is our own affair (law 2): two different messages may go to one number in one call.
    allowDuplicates: true,
    showMessageList: true,
  })
  const all = (handover: Handover) => items.map(() => handover)
  if (result.kind === 'unsent') return all({ kind: 'temporary', detail: result.why })
  if (result.kind === 'lost') return all({ kind: 'ambiguous', detail: result.why })
  if (result.status !== 200) {
    const failure = failureOf(result.status, result.body)
    if (failure?.kind === 'no_balance') return all(failure)
    const refusal = handoverOfStatus({
      status: result.status,
      retryAfter: result.headers.get('retry-after'),
      words: wordsOf(result),
      now: client.now(),
    })
    return refusal.kind === 'permanent' ? refusedTogether(refusal) : all(refusal)
  }
  const sent = bodyAs(Sent, result.body)
  if (!sent) return all({ kind: 'ambiguous', detail: 'the answer could not be read' })
  const byKey = new Map<string, Handover>()
  for (const one of [...(sent.messageList ?? []), ...sent.failedMessageList]) {
    const key = one.customFields?.key
    if (typeof key === 'string') byKey.set(key, answerOf(one))
  }
  return items.map(
    ({ key }) => byKey.get(key) ?? { kind: 'ambiguous', detail: 'the answer does not name it' },
  )
}

function answerOf(listed: z.infer<typeof Listed>): Handover {
  return listed.statusCode === '2000'
    ? { kind: 'accepted', providerId: listed.messageId }
    : solapiRefusal(listed.statusCode, listed.statusMessage ?? '')
}

function failureOf(status: number, body: string): Handover | undefined {
  const failure = bodyAs(Failure, body)
  return failure && status < 500 && /balance/i.test(failure.errorCode)
    ? { kind: 'no_balance', detail: `${failure.errorCode} ${failure.errorMessage}`.trim() }
    : undefined
}

const MessagePage = z.object({
  nextKey: z.string().nullish(),
  messageList: z.record(z.string(), SolapiMessage),
})

/** Reads what was created around the hand-overs and looks for their keys: the list cannot be asked for a field of ours. */
async function lookUpMany(
  client: SolapiClient,
  lost: readonly Lost[],
): Promise<readonly LookedUp[]> {
  const times = lost.map((one) => one.at)
  const from = Math.min(...times) - minuteMs
  const to = Math.max(...times) + settledMs
  const seen = new Map<unknown, string>()
  let startKey: string | undefined
  let isWhole = false
  for (let page = 0; page < mostPages && !isWhole; page++) {
    const result = await client.get('messages/v4/list', [
      ['limit', String(pageSize)],
      ['dateType', 'CREATED'],
      ['startDate', new Date(from).toISOString()],
      ['endDate', new Date(to).toISOString()],
      ...(startKey === undefined ? [] : [['startKey', startKey] as const]),
    ])
    const read =
      result.kind === 'answered' && result.status === 200
        ? bodyAs(MessagePage, result.body)
        : undefined
    if (!read) break
    for (const message of Object.values(read.messageList))
      seen.set(message.customFields?.key, message.messageId)
    startKey = read.nextKey ?? undefined
    isWhole = startKey === undefined
  }
  return lost.map((one) => {
    const providerId = seen.get(one.key)
    if (providerId !== undefined) return { kind: 'taken', providerId }
    const isSure = isWhole && client.now() - one.at >= settledMs
    return { kind: isSure ? 'not_taken' : 'unknown' }
  })
}

async function readReports(
  client: SolapiClient,
  ids: readonly string[],
): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = []
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const some = ids.slice(at, at + idsPerCall)
    const page = await client.read(MessagePage, 'messages/v4/list', [
      ['limit', String(some.length)],
      // Repeated, as the official SDK asks.
      ...some.map((id) => ['messageIds', id] as const),
    ])
    for (const message of Object.values(page.messageList)) {
      const report = solapiReport(message, client.now())
      if (report) reports.push(report)
    }
  }
  return reports
}

function wordsOf(result: AskResult): string {
  if (result.kind !== 'answered') return result.why
  const failure = bodyAs(Failure, result.body)
  return failure
    ? `${failure.errorCode} ${failure.errorMessage}`.trim()
    : `answered ${result.status} with something unreadable`
}
