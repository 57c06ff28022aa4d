import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import { bodyAs } from '../call-answer.ts'
import type { Alimtalk, BrandMessage, KakaoAccount, Provider } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { solapiClient, solapiMessages } from '../solapi.driver.ts'
import { dialled } from '../text/numbers.ts'
import type { KakaoKeys } from './settings.ts'
import {
  SolapiChannels,
  SolapiTemplates,
  solapiKakaoMessage,
  solapiTemplate,
} from './solapi-wire.ts'

const pageSize = 500
/** Pages read of one list at most: 20,000 templates. */
const pagesLimit = 40

/** Alimtalk and Brand Message by Solapi, over the same interface as its texts. */
export function solapiKakao(
  { from = '', ...keys }: KakaoKeys & { readonly from?: string },
  world: ProviderWorld = {},
): Provider<Alimtalk | BrandMessage> & { readonly reports: NonNullable<Provider['reports']> } {
  const messages = solapiMessages({ apiKey: keys.apiKey, apiSecret: keys.secret }, world)
  return {
    name: 'solapi',
    reportsDelivery: true,
    send: async (parcel) => {
      const to = dialled(parcel.to)
      if (to?.country !== '82') {
        return { kind: 'permanent', cause: 'no_address', detail: 'not a Korean phone number' }
      }
      const message = solapiKakaoMessage(parcel, { to: to.number, from })
      return messages.send({ key: parcel.key, message })
    },
    lookUp: messages.lookUp,
    reports: messages.reports,
    close: messages.close,
  }
}

const Uploaded = z.object({ fileId: z.string().min(1) })

/** What Solapi tells of the shop's Kakao channels. */
export function solapiKakaoAccount(keys: KakaoKeys, world: ProviderWorld = {}): KakaoAccount {
  const client = solapiClient({ apiKey: keys.apiKey, apiSecret: keys.secret }, world)

  async function pages<S extends z.ZodType<{ readonly nextKey?: string | null | undefined }>>(
    schema: S,
    path: string,
  ): Promise<readonly z.infer<S>[]> {
    const read: z.infer<S>[] = []
    let startKey: string | undefined
    for (let page = 0; page < pagesLimit; page++) {
      const next = startKey === undefined ? [] : [['startKey', startKey] as const]
      const one = await client.read(schema, path, [['limit', String(pageSize)], ...next])
      read.push(one)
      if (!one.nextKey || one.nextKey === startKey) return read
      startKey = one.nextKey
    }
    throw new Refusal('conflict', 'Solapi: the list does not end.')
  }

  return {
    profiles: async () =>
      (await pages(SolapiChannels, 'kakao/v2/channels'))
        .flatMap((page) => page.channelList)
        .map(({ channelId, searchId }) => ({ id: channelId, name: searchId })),
    templates: async () =>
      (await pages(SolapiTemplates, 'kakao/v2/templates'))
        .flatMap((page) => page.templateList)
        .map(solapiTemplate)
        .filter((template) => template.profile !== ''),
    upload: async ({ name, bytes, bubble }) => {
      const result = await client.post('storage/v1/files', {
        file: Buffer.from(bytes).toString('base64'),
        type: bubble === 'WIDE' ? 'BMS_WIDE' : 'BMS',
        name,
      })
      const uploaded =
        result.kind === 'answered' && result.status === 200
          ? bodyAs(Uploaded, result.body)
          : undefined
      if (!uploaded) throw new Refusal('conflict', `Solapi: ${client.wordsOf(result)}`)
      return { id: uploaded.fileId, url: null }
    },
  }
}
