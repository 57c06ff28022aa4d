import { z } from 'zod'
import { systemClock } from '../../lib/clock.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type AskResult, ask } from '../ask.driver.ts'
import { bodyAs } from '../call-answer.ts'
import type { ProviderWorld } from '../provider-world.ts'

export type NhnKeys = { readonly appKey: string; readonly secretKey: string }

const realBaseUrl = 'https://sms.api.nhncloudservice.com'

const Header = z.object({
  isSuccessful: z.boolean(),
  resultCode: z.number(),
  resultMessage: z.string().nullish(),
})
/** Every answer has this. */
export const NhnAnswer = z.object({ header: Header })

/** NHN Cloud's HTTP interface for texts, v3.0. */
export function nhnClient(keys: NhnKeys, world: ProviderWorld) {
  const now = world.now ?? systemClock.now
  const root = `${world.baseUrl ?? realBaseUrl}/sms/v3.0/appKeys/${encodeURIComponent(keys.appKey)}`
  const headers = {
    'x-secret-key': keys.secretKey,
    'content-type': 'application/json;charset=UTF-8',
  }
  const get = (path: string, query: Readonly<Record<string, string>>) =>
    ask(
      { method: 'GET', url: `${root}/${path}?${new URLSearchParams(query)}`, headers },
      world.patience,
    )
  const post = (path: string, body: JsonObject) =>
    ask(
      { method: 'POST', url: `${root}/${path}`, headers, body: JSON.stringify(body) },
      world.patience,
    )
  return {
    now,
    get,
    post,
    /** What was asked for, or a refusal in NHN Cloud's own words. */
    expected: <S extends z.ZodType>(schema: S, result: AskResult): z.infer<S> => {
      const body =
        result.kind === 'answered' && result.status === 200
          ? bodyAs(schema, result.body)
          : undefined
      if (body === undefined) throw new Refusal('conflict', `NHN Cloud: ${nhnWords(result)}`)
      return body
    },
  }
}
export type NhnClient = ReturnType<typeof nhnClient>

/** What it said, in its own words. */
export function nhnWords(result: AskResult): string {
  if (result.kind !== 'answered') return result.why
  const header = bodyAs(NhnAnswer, result.body)?.header
  return header
    ? `${header.resultCode} ${header.resultMessage ?? ''}`.trim()
    : `answered ${result.status} with something unreadable`
}
