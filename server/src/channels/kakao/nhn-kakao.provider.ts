import { createHash } from 'node:crypto'
import { systemClock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { canonicalJson } from '../../lib/json.ts'
import { localTime } from '../../lib/zone.ts'
import { handoverOfStatus } from '../call-answer.ts'
import type {
  Alimtalk,
  BrandMessage,
  DeliveryReport,
  Handover,
  LookedUp,
  Lost,
  Provider,
} from '../carrier.ts'
import { gather, type Halve } from '../gather.driver.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { dialled } from '../text/numbers.ts'
import { type NhnApi, type NhnResult, nhnApi } from './nhn-api.driver.ts'
import { mayBeOneOfMany, nhnEnd, nhnRefusal } from './nhn-codes.ts'
import { koreanInstant, nhnId } from './nhn-report.ts'
import { NhnList, NhnSent, type NhnService, NhnTold, recipientOf, requestOf } from './nhn-wire.ts'
import type { KakaoKeys } from './settings.ts'

type Parcel = Alimtalk | BrandMessage

/** KakaoTalk's business messages know people by their Korean number. */
function numberOf({ to }: Parcel): string {
  const { country, number } = dialled(to) ?? { country: '', number: '' }
  return country === '82' ? number : ''
}

/** What NHN Cloud takes in one request. */
const peopleInCall = 1_000
const gatherMs = 40
/** A request that reached it is in its list by then. */
const listedAfterMs = 3 * minuteMs
/** So long the ids of a repeated call are asked for at once. */
const askForMs = 60_000
/** Its list is searched this long before and after the hand-over. */
const searchMs = 5 * minuteMs

/**
 * NHN Cloud KakaoTalk Bizmessage: Alimtalk API v2.3 and Brand Message API v1.0 (free form). People who get exactly the same request
 * share a call. An Alimtalk call has an idempotency key: when its answer is lost, the call is made once more and either goes
 * through or is refused as known, and the list then tells its ids.
 */
export function nhnKakaoProvider(keys: KakaoKeys, world: ProviderWorld = {}): Provider<Parcel> {
  const api = nhnApi(keys, world)
  const now = world.now ?? systemClock.now

  async function call(parcels: readonly Parcel[]): Promise<readonly Handover[] | Halve<Handover>> {
    const [first] = parcels
    if (!first) return []
    const { service, path, body } = requestOf(first)
    const sent = {
      body: {
        ...body,
        recipientList: parcels.map((parcel) => recipientOf(parcel, numberOf(parcel))),
      },
      schema: NhnSent,
      ...(service === 'a' ? { once: onceKey(parcels) } : {}),
    }
    const before = await api.post(service, path, sent)
    const isRepeated = service === 'a' && before.kind === 'lost'
    const result = isRepeated ? await api.post(service, path, sent) : before
    if (isRepeated && !isSettling(result)) {
      return parcels.map(() => ({ kind: 'ambiguous', detail: `lost, then ${wordsOf(result)}` }))
    }
    if (result.kind === 'refused' && result.code === -1005) return await found(api, parcels)
    if (result.kind === 'refused' && parcels.length > 1 && mayBeOneOfMany(result.code)) {
      const detail = `${result.code} ${result.message}`
      return { halveOr: { kind: 'temporary', detail }, restOr: { kind: 'temporary', detail } }
    }
    return handovers(result, parcels, service)
  }

  const gathered = gather<Parcel, Handover>({
    most: peopleInCall,
    waitMs: world.gatherMs ?? gatherMs,
    groupOf: (parcel) => canonicalJson(requestOf(parcel)),
    call,
    broken: (error) => ({
      kind: 'ambiguous',
      detail: error instanceof Error ? error.message : String(error),
    }),
  })

  return {
    name: 'nhn',
    send: async (parcel) =>
      numberOf(parcel) === ''
        ? { kind: 'permanent', cause: 'no_address', detail: 'not a Korean phone number' }
        : await gathered.add(parcel),
    lookUp: (lost) => lookUp(api, lost, now()),
    reportsDelivery: true,
    reports: async (ids) => {
      const reports: DeliveryReport[] = []
      for (const id of ids) {
        const report = await reportOf(api, id, now())
        if (report) reports.push(report)
      }
      return reports
    },
    close: gathered.close,
  }
}

/** Whether the answer to a call made a second time tells what became of the first, which may have been taken. */
function isSettling(result: NhnResult<unknown>): boolean {
  return result.kind === 'ok' || (result.kind === 'refused' && result.code === -1005)
}

function wordsOf(result: NhnResult<unknown>): string {
  switch (result.kind) {
    case 'ok':
      return 'taken'
    case 'refused':
      return `${result.code} ${result.message}`
    case 'foreign':
      return `${result.status} ${result.words}`
    case 'unsent':
    case 'lost':
      return result.why
  }
}

function handovers(
  result: NhnResult<{ readonly message?: Sent | null | undefined }>,
  parcels: readonly Parcel[],
  service: NhnService,
): readonly Handover[] {
  if (result.kind === 'ok') {
    const { requestId = '', sendResults = [] } = result.answer.message ?? {}
    return parcels.map(({ key }, at) => {
      const one = sendResults.find((told) => told.recipientGroupingKey === key) ?? sendResults[at]
      if (!one || requestId === '') return { kind: 'ambiguous', detail: 'not in the answer' }
      return (
        nhnRefusal(one.resultCode, one.resultMessage ?? '') ?? {
          kind: 'accepted',
          providerId: nhnId(service, requestId, one.recipientSeq),
        }
      )
    })
  }
  return parcels.map((parcel) => refusalOf(result, parcel.at))
}

type Sent = {
  readonly requestId: string
  readonly sendResults: readonly {
    readonly recipientSeq: number
    readonly resultCode: number
    readonly resultMessage?: string | null | undefined
    readonly recipientGroupingKey?: string | null | undefined
  }[]
}

function refusalOf(
  result: Exclude<NhnResult<unknown>, { readonly kind: 'ok' }>,
  at: number,
): Handover {
  switch (result.kind) {
    case 'refused':
      return (
        nhnRefusal(result.code, result.message) ?? { kind: 'ambiguous', detail: result.message }
      )
    case 'foreign':
      // An answer that claims success and cannot be read may have been acted upon.
      return result.status < 300
        ? { kind: 'ambiguous', detail: result.words }
        : handoverOfStatus({ ...result, now: at })
    case 'unsent':
      return { kind: 'temporary', detail: result.why }
    case 'lost':
      return { kind: 'ambiguous', detail: result.why }
  }
}

/** The same people's hand-over came in before: what the list says of each. */
async function found(api: NhnApi, parcels: readonly Parcel[]): Promise<readonly Handover[]> {
  const answers: Handover[] = []
  const begun = performance.now()
  for (const { key, at } of parcels) {
    // Those it takes too long to ask for are looked up one by one later.
    const isSoon = performance.now() - begun < askForMs
    const id = isSoon ? await idIn(api, 'a', { key, at }) : undefined
    answers.push(
      typeof id === 'string'
        ? { kind: 'accepted', providerId: id }
        : { kind: 'ambiguous', detail: '-1005 the same request was made before' },
    )
  }
  return answers
}

/** The id a hand-over is listed under; null when it is not listed, undefined when nobody can say. */
async function idIn(
  api: NhnApi,
  service: NhnService,
  { key, at }: Pick<Lost, 'key' | 'at'>,
): Promise<string | null | undefined> {
  const query = new URLSearchParams({
    startRequestDate: koreanMinute(at - searchMs),
    endRequestDate: koreanMinute(at + searchMs),
    recipientGroupingKey: key,
    pageSize: '1000',
  })
  const result = await api.get(service, `messages?${query}`, NhnList)
  if (result.kind !== 'ok') return undefined
  const listed = result.answer.messageSearchResultResponse?.messages ?? []
  const one = listed.find((message) => message.recipientGroupingKey === key)
  if (one) return nhnId(service, one.requestId, one.recipientSeq)
  // Rows without any key cannot be told apart: the Brand Message list is documented both with and without it.
  return listed.some((message) => !message.recipientGroupingKey) ? undefined : null
}

async function lookUp(api: NhnApi, lost: Lost, now: number): Promise<LookedUp> {
  let isSure = now - lost.at >= listedAfterMs
  for (const service of ['a', 'b'] as const) {
    const providerId = await idIn(api, service, lost)
    if (typeof providerId === 'string') return { kind: 'taken', providerId }
    isSure &&= providerId === null
  }
  return { kind: isSure ? 'not_taken' : 'unknown' }
}

async function reportOf(api: NhnApi, id: string, now: number): Promise<DeliveryReport | undefined> {
  const [, service, requestId = '', place = ''] = /^([ab])\.(.+)\.(\d+)$/.exec(id) ?? []
  if (service !== 'a' && service !== 'b') return undefined
  const path = `messages/${encodeURIComponent(requestId)}/${place}`
  const result = await api.get(service, path, NhnTold)
  const told = result.kind === 'ok' ? result.answer.message : undefined
  if (!told) return undefined
  const outcome = nhnEnd({
    status: told.messageStatus,
    code: told.resultCode,
    words: told.resultCodeName,
  })
  return outcome && { providerId: id, at: koreanInstant(told.receiveDate, now), outcome }
}

/** `yyyy-MM-dd HH:mm` on Korean clocks. */
function koreanMinute(at: number): string {
  return new Date(localTime(at, 'Asia/Seoul')).toISOString().slice(0, 16).replace('T', ' ')
}

function onceKey(parcels: readonly Parcel[]): string {
  const keys = parcels.map(({ shop, key }) => `${shop}:${key}`).join('\n')
  return createHash('sha256').update(keys).digest('hex').slice(0, 40)
}
