import type { z } from 'zod'
import type { AskResult } from '../ask.driver.ts'
import { bodyAs, handoverOfStatus, refusedTogether } from '../call-answer.ts'
import type { DeliveryReport, Handover, Provider, TextMessage } from '../carrier.ts'
import { gather, type Halve } from '../gather.driver.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { AligoResults, AligoSent, aligoId, aligoRefusal, aligoReport } from './aligo-answer.ts'
import { type AligoClient, type AligoKeys, aligoClient, aligoWords } from './aligo-client.driver.ts'
import { noPicture } from './handed-pictures.driver.ts'
import { dialled } from './numbers.ts'

const mostPerCall = 500
const gatherMs = 40
/** No call of those one after the other begins later: a message must not leave after the sender's lease of it. */
const roundsMs = 25_000
const pageSize = 500
/** Pages of one mass: it holds at most 500 messages. */
const mostPages = 4

/**
 * Texts by Aligo. It keeps no field of ours, so a lost call can't be looked up, and it answers a call as a whole: of one that
 * it took in part, the result list tells who.
 */
export function aligoText(
  keys: AligoKeys,
  world: ProviderWorld = {},
): Provider<TextMessage> & { readonly reports: NonNullable<Provider['reports']> } {
  const client = aligoClient(keys, world)
  const pictureOf = world.picture ?? (async () => undefined)
  const sends = gather<TextMessage, Handover>({
    most: mostPerCall,
    waitMs: world.gatherMs ?? gatherMs,
    groupOf: ({ form, from, subject, image }) => JSON.stringify([form, from, subject, image]),
    call: (texts) => sendMass(client, pictureOf, texts),
    broken: (error) => ({ kind: 'ambiguous', detail: String(error) }),
  })
  return {
    name: 'aligo',
    reportsDelivery: true,
    send: async (text): Promise<Handover> => {
      if (dialled(text.to)?.country !== '82')
        return { kind: 'permanent', cause: 'no_address', detail: 'Aligo sends to Korea only.' }
      return sends.add(text)
    },
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    reports: (ids) => readReports(client, ids),
    close: sends.close,
  }
}

/** Who gets what in one call, by number. */
type Round = ReadonlyMap<string, TextMessage>

/** Texts of one form, sender and picture. Those to one number go in calls of their own: a result is found by its number. */
async function sendMass(
  client: AligoClient,
  pictureOf: NonNullable<ProviderWorld['picture']>,
  texts: readonly TextMessage[],
): Promise<readonly Handover[] | Halve<Handover>> {
  const [first] = texts
  const image = first?.form === 'MMS' ? first.image : null
  const picture = image === null ? undefined : await pictureOf(image)
  if (image !== null && !picture) return texts.map(() => noPicture)
  const rounds: Map<string, TextMessage>[] = []
  for (const text of texts) {
    const number = dialled(text.to)?.number ?? ''
    const round = rounds.find((one) => !one.has(number)) ?? new Map<string, TextMessage>()
    if (round.size === 0) rounds.push(round)
    round.set(number, text)
  }
  if (rounds.length === 1 && rounds[0])
    return sendRound(client, { numbers: rounds[0], picture }, texts)
  const answers = new Map<TextMessage, Handover>()
  const begun = performance.now()
  for (const round of rounds) {
    const some = [...round.values()]
    if (performance.now() - begun > roundsMs) {
      for (const text of some) answers.set(text, heldUp)
      continue
    }
    const told = await sendRound(client, { numbers: round, picture }, some)
    for (const [at, text] of some.entries())
      answers.set(text, ('halveOr' in told ? ofRefused(told, some) : told[at]) ?? unread)
  }
  return texts.map((text) => answers.get(text) ?? unread)
}

function ofRefused(told: Halve<Handover>, texts: readonly TextMessage[]): Handover {
  return texts.length === 1 ? told.halveOr : told.restOr
}

const heldUp: Handover = {
  kind: 'temporary',
  detail: 'Aligo was busy with other messages to the same number; nothing was sent.',
}
const unread: Handover = { kind: 'ambiguous', detail: 'the answer could not be read' }

async function sendRound(
  client: AligoClient,
  round: { readonly numbers: Round; readonly picture: Uint8Array | undefined },
  texts: readonly TextMessage[],
): Promise<readonly Handover[] | Halve<Handover>> {
  const numbers = new Map([...round.numbers].map(([number, text]) => [text, number]))
  const result = await client.post('send_mass', massFields(round.numbers), round.picture)
  const all = (handover: Handover) => texts.map(() => handover)
  if (result.kind === 'unsent') return all({ kind: 'temporary', detail: result.why })
  if (result.kind === 'lost') return all({ kind: 'ambiguous', detail: result.why })
  const sent = bodyAs(AligoSent, result.body)
  if (!sent) return all(result.status === 200 ? unread : handoverOf(result, client.now()))
  if (sent.result_code < 1) {
    const refusal = aligoRefusal(sent.result_code, sent.message)
    return refusal.kind === 'permanent' ? refusedTogether(refusal) : all(refusal)
  }
  const id = sent.msg_id
  if (id === undefined) return all(unread)
  const accepted = (text: TextMessage): Handover => ({
    kind: 'accepted',
    providerId: aligoId(id, numbers.get(text) ?? ''),
  })
  if ((sent.error_cnt ?? 0) === 0) return texts.map(accepted)
  if (sent.success_cnt === 0) return all(aligoRefusal(sent.result_code, sent.message))
  const listed = await listedNumbers(client, id)
  return texts.map((text) =>
    listed?.has(numbers.get(text) ?? '')
      ? accepted(text)
      : {
          kind: 'ambiguous',
          detail: `Aligo refused ${sent.error_cnt} of ${texts.length} and does not say which.`,
        },
  )
}

function massFields(round: Round): Readonly<Record<string, string>> {
  const texts = [...round.values()]
  const [first] = texts
  return {
    sender: first?.from ?? '',
    msg_type: first?.form ?? 'SMS',
    cnt: String(texts.length),
    ...(first && first.form !== 'SMS' && first.subject !== null ? { title: first.subject } : {}),
    ...Object.fromEntries(
      [...round].flatMap(([number, text], at) => [
        [`rec_${at + 1}`, number],
        [`msg_${at + 1}`, text.text],
      ]),
    ),
  }
}

async function results(client: AligoClient, msgId: string) {
  const rows: z.infer<typeof AligoResults>['list'] = []
  for (let page = 1; page <= mostPages; page++) {
    const read = await client.read(AligoResults, 'sms_list', {
      mid: msgId,
      page: String(page),
      page_size: String(pageSize),
    })
    rows.push(...read.list)
    if (read.next_yn !== 'Y') break
  }
  return rows
}

async function listedNumbers(
  client: AligoClient,
  msgId: string,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const rows = await results(client, msgId)
    return new Set(rows.map((row) => row.receiver.replace(/\D/g, '')))
  } catch {
    return undefined
  }
}

async function readReports(
  client: AligoClient,
  ids: readonly string[],
): Promise<readonly DeliveryReport[]> {
  const wanted = new Set(ids)
  const masses = new Set(ids.map((id) => id.slice(0, Math.max(id.indexOf(':'), 0))))
  const reports: DeliveryReport[] = []
  for (const msgId of masses) {
    if (msgId === '') continue
    for (const row of await results(client, msgId)) {
      const report = aligoReport(msgId, row, client.now())
      if (report && wanted.has(report.providerId)) reports.push(report)
    }
  }
  return reports
}

function handoverOf(result: AskResult & { kind: 'answered' }, now: number): Handover {
  return handoverOfStatus({
    status: result.status,
    retryAfter: result.headers.get('retry-after'),
    words: aligoWords(result),
    now,
  })
}
