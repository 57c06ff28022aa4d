import { z } from 'zod'
import { hourMs, minuteMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { AskResult } from '../ask.driver.ts'
import { bodyAs, handoverOfStatus, refusedTogether } from '../call-answer.ts'
import type { DeliveryReport, Handover, LookedUp, Lost, Provider, TextMessage } from '../carrier.ts'
import { gather, type Halve } from '../gather.driver.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { type Handed, handedPictures } from './handed-pictures.driver.ts'
import {
  NhnAnswer,
  type NhnClient,
  type NhnKeys,
  nhnClient,
  nhnWords,
} from './nhn-client.driver.ts'
import { nhnRefusal } from './nhn-codes.ts'
import { type NhnId, NhnMessage, nhnId, nhnIdIn, nhnIdOf, nhnReport } from './nhn-report.ts'
import { nhnUpload } from './nhn-upload.driver.ts'
import { dialled } from './numbers.ts'

/** One text goes to at most so many people in one call; texts with a name in them go alone. */
const mostPerCall = 1_000
const gatherMs = 40
/** The picture has expired there, or was never theirs. */
const expiredFile = -2004
/** So long after the hand-over a message that is not listed will not be any more: a call ends after 30 s. */
const settledMs = 2 * minuteMs

type Pictures = ReturnType<typeof handedPictures>

/** Texts by NHN Cloud SMS, v3.0. Advertising goes to the addresses it has for that. */
export function nhnText(
  keys: NhnKeys,
  world: ProviderWorld = {},
): Provider<TextMessage> & { readonly reports: NonNullable<Provider['reports']> } {
  const client = nhnClient(keys, world)
  const pictures = handedPictures({
    picture: world.picture ?? (async () => undefined),
    now: client.now,
    upload: (bytes) => nhnUpload(client, bytes),
  })
  const sends = gather<TextMessage, Handover>({
    most: mostPerCall,
    waitMs: world.gatherMs ?? gatherMs,
    groupOf: ({ advertising, form, from, subject, text, image }) =>
      JSON.stringify([advertising, form, from, subject, text, image]),
    call: (texts) => sendSame(client, pictures, texts),
    broken: (error) => ({ kind: 'ambiguous', detail: String(error) }),
  })
  return {
    name: 'nhn',
    reportsDelivery: true,
    send: async (text): Promise<Handover> =>
      dialled(text.to)
        ? sends.add(text)
        : { kind: 'permanent', cause: 'no_address', detail: 'no phone number' },
    lookUp: (lost) => lookUp(client, lost),
    reports: (ids) => readReports(client, ids),
    close: sends.close,
  }
}

const Sent = NhnAnswer.extend({
  body: z
    .object({
      data: z.object({
        requestId: z.string().min(1),
        sendResultList: z.array(
          z.object({
            recipientSeq: z.number().int(),
            resultCode: z.number().nullish(),
            resultMessage: z.string().nullish(),
            recipientGroupingKey: z.string().nullish(),
          }),
        ),
      }),
    })
    .nullish(),
})

/** Texts that are equal but for whom they go to. */
async function sendSame(
  client: NhnClient,
  pictures: Pictures,
  texts: readonly TextMessage[],
): Promise<readonly Handover[] | Halve<Handover>> {
  const [first] = texts
  if (!first) return []
  const all = (handover: Handover) => texts.map(() => handover)
  const picture = await pictureOf(first, pictures)
  if (picture && picture.kind !== 'handed') return all(picture)
  const list: NhnId['list'] = first.form === 'SMS' ? 'sms' : 'mms'
  const result = await client.post(
    `sender/${first.advertising ? 'ad-' : ''}${list}`,
    nhnBody(first, texts, picture?.id),
  )
  if (result.kind === 'unsent') return all({ kind: 'temporary', detail: result.why })
  if (result.kind === 'lost') return all({ kind: 'ambiguous', detail: result.why })
  const sent = bodyAs(Sent, result.body)
  if (!sent && result.status !== 200) return all(handoverOf(result, client.now()))
  if (!sent) return all({ kind: 'ambiguous', detail: 'the answer could not be read' })
  const data = sent.body?.data
  if (!data) {
    const { isSuccessful, resultCode, resultMessage } = sent.header
    if (isSuccessful) return all({ kind: 'ambiguous', detail: 'the answer names no request' })
    if (resultCode === expiredFile && first.image !== null) {
      pictures.forget(first.image)
      return all({ kind: 'temporary', detail: nhnWords(result) })
    }
    const refusal = nhnRefusal(resultCode, resultMessage ?? '')
    return refusal.kind === 'permanent' ? refusedTogether(refusal) : all(refusal)
  }
  const byKey = new Map(data.sendResultList.map((one) => [one.recipientGroupingKey, one]))
  return texts.map(({ key }): Handover => {
    const one = byKey.get(key)
    if (!one) return { kind: 'ambiguous', detail: 'the answer does not name it' }
    const code = one.resultCode ?? 0
    return code === 0
      ? {
          kind: 'accepted',
          providerId: nhnId({ list, request: data.requestId, seq: one.recipientSeq }),
        }
      : nhnRefusal(code, one.resultMessage ?? '')
  })
}

async function pictureOf(
  { form, image }: TextMessage,
  pictures: Pictures,
): Promise<Handed | undefined> {
  return form === 'MMS' && image !== null ? await pictures.handed(image) : undefined
}

function nhnBody(
  first: TextMessage,
  texts: readonly TextMessage[],
  picture: string | undefined,
): JsonObject {
  return {
    body: first.text,
    sendNo: first.from,
    // Long messages must have a title there.
    ...(first.form === 'SMS' ? {} : { title: first.subject ?? titleOf(first.text) }),
    ...(picture === undefined ? {} : { attachFileIdList: [Number(picture)] }),
    recipientList: texts.map(({ to, key }) => {
      const number = dialled(to)
      return number?.country === '82'
        ? { recipientNo: number.number, countryCode: '82', recipientGroupingKey: key }
        : { internationalRecipientNo: to.replace(/\D/g, ''), recipientGroupingKey: key }
    }),
  }
}

/** The first line, at most 20 characters: 40 bytes. */
function titleOf(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 20)
}

function handoverOf(result: AskResult & { kind: 'answered' }, now: number): Handover {
  return handoverOfStatus({
    status: result.status,
    retryAfter: result.headers.get('retry-after'),
    words: nhnWords(result),
    now,
  })
}

const Page = NhnAnswer.extend({
  body: z.object({ totalCount: z.number(), data: z.array(NhnMessage) }).nullish(),
})

/** Our key is in a field that its lists can be asked for; which list, only the message knew. */
async function lookUp(client: NhnClient, { key, at }: Lost): Promise<LookedUp> {
  const window = {
    startCreateDate: seoulText(at - minuteMs),
    endCreateDate: seoulText(at + hourMs),
    recipientGroupingKey: key,
    pageSize: '10',
  }
  let isSure = client.now() - at >= settledMs
  for (const list of ['sms', 'mms'] as const) {
    const result = await client.get(`sender/${list}`, window)
    const page = result.kind === 'answered' ? bodyAs(Page, result.body) : undefined
    const listed = page?.body?.data.find((one) => one.recipientGroupingKey === key)
    if (listed) return { kind: 'taken', providerId: nhnIdIn(list, listed) }
    isSure &&= page?.header.isSuccessful === true && page.body?.data.length === 0
  }
  return { kind: isSure ? 'not_taken' : 'unknown' }
}

async function readReports(
  client: NhnClient,
  ids: readonly string[],
): Promise<readonly DeliveryReport[]> {
  const wanted = new Set(ids)
  const requests = new Map<string, NhnId>()
  for (const id of ids) {
    const parts = nhnIdOf(id)
    if (parts) requests.set(`${parts.list}:${parts.request}`, parts)
  }
  const reports: DeliveryReport[] = []
  // One call brings all people of a request: at most 1,000, one page.
  for (const { list, request } of requests.values()) {
    const query = { requestId: request, pageSize: String(mostPerCall) }
    const page = client.expected(Page, await client.get(`sender/${list}`, query))
    for (const message of page.body?.data ?? []) {
      const report = nhnReport(message, list, client.now())
      if (report && wanted.has(report.providerId)) reports.push(report)
    }
  }
  return reports
}

/** `2026-11-22 09:00:00` in Seoul. */
function seoulText(at: number): string {
  return new Date(at + 9 * hourMs).toISOString().slice(0, 19).replace('T', ' ')
}
