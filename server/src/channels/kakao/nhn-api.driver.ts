import type { z } from 'zod'
import { type AskResult, ask } from '../ask.driver.ts'
import { bodyAs } from '../call-answer.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { NhnAnswer, type NhnService } from './nhn-wire.ts'
import type { KakaoKeys } from './settings.ts'

const realBase = 'https://kakaotalk-bizmessage.api.nhncloudservice.com'
const services = { a: 'alimtalk/v2.3', b: 'brand-message/v1.0' } as const

export type NhnResult<T> =
  | { readonly kind: 'ok'; readonly answer: T }
  /** It said no, with a code of its own. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  | Exclude<AskResult, { readonly kind: 'answered' }>
  /** Something else than its own answers: a gateway's error page, a limit. */
  | {
      readonly kind: 'foreign'
      readonly status: number
      readonly retryAfter: string | null
      readonly words: string
    }

/** NHN Cloud's KakaoTalk Bizmessage with one appkey. */
export function nhnApi({ apiKey, secret }: KakaoKeys, world: ProviderWorld) {
  const urlOf = (service: NhnService, path: string) =>
    `${world.baseUrl ?? realBase}/${services[service]}/appkeys/${apiKey}/${path}`

  async function call<S extends z.ZodType>(
    request: Parameters<typeof ask>[0],
    schema: S,
  ): Promise<NhnResult<z.infer<S>>> {
    return read(await ask(request, world.patience), schema)
  }

  return {
    get: <S extends z.ZodType>(service: NhnService, path: string, schema: S) =>
      call({ url: urlOf(service, path), method: 'GET', headers: headers(secret) }, schema),
    post: <S extends z.ZodType>(
      service: NhnService,
      path: string,
      sent: { readonly body: object; readonly schema: S; readonly once?: string },
    ) =>
      call(
        {
          url: urlOf(service, path),
          method: 'POST',
          headers: {
            ...headers(secret),
            ...(sent.once === undefined ? {} : { 'x-nc-api-idempotency-key': sent.once }),
          },
          body: JSON.stringify(sent.body),
        },
        sent.schema,
      ),
    /** A picture in a form; the client would not set a boundary of ours. */
    upload: <S extends z.ZodType>(
      path: string,
      form: { readonly bytes: Uint8Array<ArrayBuffer>; readonly boundary: string },
      schema: S,
    ) =>
      call(
        {
          url: urlOf('b', path),
          method: 'POST',
          headers: {
            ...headers(secret),
            'content-type': `multipart/form-data; boundary=${form.boundary}`,
          },
          body: form.bytes,
        },
        schema,
      ),
  }
}
export type NhnApi = ReturnType<typeof nhnApi>

function headers(secret: string) {
  return {
    'content-type': 'application/json;charset=UTF-8',
    'x-secret-key': secret,
    'user-agent': 'danggol',
  }
}

function read<S extends z.ZodType>(result: AskResult, schema: S): NhnResult<z.infer<S>> {
  if (result.kind !== 'answered') return result
  const head = bodyAs(NhnAnswer, result.body)
  if (!head) return foreign(result, result.body.slice(0, 200))
  const { resultCode, resultMessage, isSuccessful } = head.header
  if (!isSuccessful) return { kind: 'refused', code: resultCode, message: resultMessage ?? '' }
  const whole = bodyAs(schema, result.body)
  return whole === undefined
    ? foreign(result, 'the answer could not be read')
    : { kind: 'ok', answer: whole }
}

function foreign(
  { status, headers: told }: Extract<AskResult, { readonly kind: 'answered' }>,
  words: string,
) {
  return { kind: 'foreign', status, retryAfter: told.get('retry-after'), words } as const
}
