import { z } from 'zod'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import { bodyAs } from '../call-answer.ts'
import type { Handover, Provider, TextAccount, TextMessage } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import {
  type SolapiClient,
  type SolapiKeys,
  solapiClient,
  solapiMessages,
} from '../solapi.driver.ts'
import { type Handed, handedPictures, unhanded } from './handed-pictures.driver.ts'
import { dialled, e164Of } from './numbers.ts'
import { isKeptPicture } from './picture.ts'

/** Pages of the 080 list and of sender numbers that are read; a page holds 500. */
const mostPages = 400
const pageSize = 500

/** Texts by Solapi (and CoolSMS, the same house). */
export function solapiText(
  keys: SolapiKeys,
  world: ProviderWorld = {},
): Provider<TextMessage> & { readonly reports: NonNullable<Provider['reports']> } {
  const messages = solapiMessages(keys, world)
  const client = solapiClient(keys, world)
  const pictures = handedPictures({
    picture: world.picture ?? (async () => undefined),
    now: client.now,
    upload: (bytes) => upload(client, { name: 'picture.jpg', bytes }),
  })
  return {
    name: 'solapi',
    reportsDelivery: true,
    send: async (text): Promise<Handover> => {
      const to = dialled(text.to)
      if (!to) return { kind: 'permanent', cause: 'no_address', detail: 'no phone number' }
      // Uploaded when there was no account, or another: Solapi would refuse the whole call for an id it does not know.
      if (text.image === null || !isKeptPicture(text.image))
        return messages.send({ key: text.key, message: solapiMessage(text, to) })
      const picture = await pictures.handed(text.image)
      if (picture.kind !== 'handed') return picture
      const message = solapiMessage({ ...text, image: picture.id }, to)
      return messages.send({ key: text.key, message })
    },
    lookUp: messages.lookUp,
    reports: messages.reports,
    close: messages.close,
  }
}

function solapiMessage(
  text: TextMessage,
  to: { readonly country: string; readonly number: string },
): JsonObject {
  return {
    to: to.number,
    country: to.country,
    from: text.from,
    // The form is ours: what was counted and priced is what is sent.
    type: text.form,
    autoTypeDetect: false,
    text: text.text,
    ...(text.subject === null || text.form === 'SMS' ? {} : { subject: text.subject }),
    ...(text.image === null || text.form !== 'MMS' ? {} : { imageId: text.image }),
  }
}

const Senders = z.object({
  nextKey: z.string().nullish(),
  senderIds: z.array(z.object({ phoneNumber: z.string(), status: z.string().nullish() })),
})
const Balance = z.object({ balance: z.number(), point: z.number().catch(0) })
const Blacks = z.object({
  nextKey: z.string().nullish(),
  blackList: z.array(z.object({ recipientNumber: z.string(), dateCreated: z.string().nullish() })),
})
const Uploaded = z.object({ fileId: z.string().min(1) })

/** What Solapi tells of the shop's account. */
export function solapiAccount(keys: SolapiKeys, world: ProviderWorld = {}): TextAccount {
  const client = solapiClient(keys, world)

  async function pages<S extends z.ZodType<{ readonly nextKey?: string | null | undefined }>>(
    schema: S,
    path: string,
    query: readonly (readonly [string, string])[],
  ): Promise<readonly z.infer<S>[]> {
    const read: z.infer<S>[] = []
    let startKey: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const next = startKey === undefined ? [] : [['startKey', startKey] as const]
      const one = await client.read(schema, path, [...query, ...next])
      read.push(one)
      if (!one.nextKey || one.nextKey === startKey) return read
      startKey = one.nextKey
    }
    throw new Refusal('conflict', 'Solapi: the list does not end.')
  }

  return {
    senders: async () =>
      (await pages(Senders, 'senderid/v1/numbers', []))
        .flatMap((page) => page.senderIds)
        .filter((one) => one.status === 'ACTIVE')
        .map((one) => one.phoneNumber.replace(/\D/g, '')),
    balance: async () => {
      const { balance, point } = await client.read(Balance, 'cash/v1/balance')
      return balance + point
    },
    optOuts: async () =>
      (
        await pages(Blacks, 'iam/v1/black', [
          ['type', 'DENIAL'],
          ['limit', String(pageSize)],
        ])
      )
        .flatMap((page) => page.blackList)
        .flatMap(({ recipientNumber, dateCreated }) => {
          const phone = e164Of(recipientNumber)
          const at = dateCreated ? Date.parse(dateCreated) : Number.NaN
          return phone ? [{ phone, at: Number.isFinite(at) ? at : null }] : []
        }),
    upload: async (picture) => {
      const handed = await upload(client, picture)
      if (handed.kind !== 'handed') throw new Refusal('conflict', `Solapi: ${handed.detail}`)
      return handed.id
    },
  }
}

async function upload(
  client: SolapiClient,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Handed> {
  const file = Buffer.from(bytes).toString('base64')
  const result = await client.post('storage/v1/files', { file, type: 'MMS', name })
  const uploaded =
    result.kind === 'answered' && result.status === 200 ? bodyAs(Uploaded, result.body) : undefined
  return uploaded
    ? { kind: 'handed', id: uploaded.fileId }
    : unhanded(result, { words: client.wordsOf(result), now: client.now() })
}
