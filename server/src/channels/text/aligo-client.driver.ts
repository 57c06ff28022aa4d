import type { z } from 'zod'
import { systemClock } from '../../lib/clock.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type AskResult, ask } from '../ask.driver.ts'
import { bodyAs } from '../call-answer.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { AligoAnswer } from './aligo-answer.ts'

export type AligoKeys = { readonly userId: string; readonly key: string }

const realBaseUrl = 'https://apis.aligo.in'

/** Aligo's HTTP interface: forms in, JSON out. */
export function aligoClient(keys: AligoKeys, world: ProviderWorld) {
  const now = world.now ?? systemClock.now
  const post = async (
    path: string,
    fields: Readonly<Record<string, string>>,
    picture?: Uint8Array,
  ) => {
    // Its pages name the user `user_id` for sending and `userid` for asking.
    const all = { key: keys.key, user_id: keys.userId, userid: keys.userId, ...fields }
    const form = picture ? withPicture(all, picture) : new URLSearchParams(all)
    // Encoded here, so that the whole form has its length and one boundary.
    const encoded = new Response(form)
    return await ask(
      {
        method: 'POST',
        url: `${world.baseUrl ?? realBaseUrl}/${path}/`,
        headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
        body: new Uint8Array(await encoded.arrayBuffer()),
      },
      world.patience,
    )
  }
  return {
    now,
    post,
    /** What was asked for, or a refusal in Aligo's own words. */
    read: async <S extends z.ZodType<{ readonly result_code: number }>>(
      schema: S,
      path: string,
      fields: Readonly<Record<string, string>>,
    ): Promise<z.infer<S>> => {
      const result = await post(path, fields)
      const body = result.kind === 'answered' ? bodyAs(schema, result.body) : undefined
      if (body === undefined || body.result_code < 1)
        throw new Refusal('conflict', `Aligo: ${aligoWords(result)}`)
      return body
    },
  }
}
export type AligoClient = ReturnType<typeof aligoClient>

function withPicture(fields: Readonly<Record<string, string>>, picture: Uint8Array): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('image1', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'picture.jpg')
  return form
}

/** What it said, in its own words. */
export function aligoWords(result: AskResult): string {
  if (result.kind !== 'answered') return result.why
  const answer = bodyAs(AligoAnswer, result.body)
  return answer
    ? `${answer.result_code} ${answer.message}`.trim()
    : `answered ${result.status} with something unreadable`
}
