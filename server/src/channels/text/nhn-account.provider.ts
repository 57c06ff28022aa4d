import { z } from 'zod'
import { Refusal } from '../../lib/refusal.ts'
import type { TextAccount } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { NhnAnswer, type NhnKeys, nhnClient } from './nhn-client.driver.ts'
import { nhnUpload } from './nhn-upload.driver.ts'
import { e164Of, koreanTime } from './numbers.ts'

const pageSize = 1_000
const mostPages = 200

const SenderPage = NhnAnswer.extend({
  body: z.object({
    totalCount: z.number(),
    data: z.array(
      z.object({ sendNo: z.string(), useYn: z.string().nullish(), blockYn: z.string().nullish() }),
    ),
  }),
})
const RefusedPage = NhnAnswer.extend({
  body: z.object({
    totalCount: z.number(),
    data: z.array(z.object({ recipientNo: z.string(), requestDate: z.string().nullish() })),
  }),
})
/** What NHN Cloud tells of the shop's account: it sends a bill each month, so there is no balance. */
export function nhnAccount(
  keys: NhnKeys,
  settings: { readonly optOutNumber: string },
  world: ProviderWorld = {},
): TextAccount {
  const client = nhnClient(keys, world)

  async function everyRow<Row>(
    schema: z.ZodType<{ body: { readonly totalCount: number; readonly data: readonly Row[] } }>,
    path: string,
    query: Readonly<Record<string, string>>,
  ): Promise<readonly Row[]> {
    const rows: Row[] = []
    for (let pageNum = 1; pageNum <= mostPages; pageNum++) {
      const asked = { ...query, pageNum: String(pageNum), pageSize: String(pageSize) }
      const { body } = client.expected(schema, await client.get(path, asked))
      rows.push(...body.data)
      if (rows.length >= body.totalCount || body.data.length === 0) return rows
    }
    throw new Refusal('conflict', 'NHN Cloud: the list does not end.')
  }

  return {
    senders: async () =>
      (await everyRow(SenderPage, 'sendNos', {}))
        .filter((one) => one.useYn !== 'N' && one.blockYn !== 'Y')
        .map((one) => one.sendNo.replace(/\D/g, '')),
    balance: async () => null,
    optOuts: async () => {
      if (settings.optOutNumber === '') return null
      const query = { unsubscribeNo: settings.optOutNumber }
      const rows = await everyRow(RefusedPage, 'blockservice/recipients', query)
      return rows.flatMap(({ recipientNo, requestDate }) => {
        const phone = e164Of(recipientNo)
        return phone ? [{ phone, at: koreanTime(requestDate ?? '') ?? null }] : []
      })
    },
    // Only to hear now what is wrong with it: the name it gets expires while a campaign goes on.
    upload: async ({ bytes }) => {
      const handed = await nhnUpload(client, bytes)
      if (handed.kind !== 'handed') throw new Refusal('conflict', `NHN Cloud: ${handed.detail}`)
      return null
    },
  }
}
