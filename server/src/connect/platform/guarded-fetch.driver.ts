import type { IncomingHttpHeaders } from 'node:http'
import { request as overHttps } from 'node:https'
import { Readable } from 'node:stream'
import { pinnedLookup } from '../../channels/webhook/guarded-post.driver.ts'

/** Answers that have no body. */
const bare = new Set([101, 204, 205, 304])

/**
 * `fetch` for shops that live at any address: only by https, the name is resolved once, every address it has must lie in the public
 * internet, and the call goes to the one that was checked. Nothing is followed.
 */
export const guardedFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (url.protocol !== 'https:') throw new Error('The address must begin with https://.')
  const lookup = await pinnedLookup(url, false)
  const signal = init?.signal ?? undefined
  return await new Promise((resolve, reject) => {
    const request = overHttps(url, {
      method: init?.method ?? 'GET',
      agent: false,
      lookup,
      ...(signal ? { signal } : {}),
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
    })
    request.once('error', reject)
    request.once('response', (answer) => {
      const status = answer.statusCode ?? 0
      const headers = headersOf(answer.headers)
      if (bare.has(status)) answer.resume()
      const body = bare.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
      resolve(new Response(body, { status, headers }))
    })
    request.end(typeof init?.body === 'string' ? init.body : undefined)
  })
}

function headersOf(headers: IncomingHttpHeaders): Headers {
  const written = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) written.append(name, one)
  }
  return written
}
