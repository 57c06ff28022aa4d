import { randomUUID } from 'node:crypto'
import { guardedPost } from '../../channels/webhook/guarded-post.driver.ts'
import type { Vault } from '../../vault/vault.service.ts'

type Signer = Pick<Vault, 'sign' | 'verify'>

/** What came of asking whether a host leads to this server. */
export type HostCheck =
  | { readonly kind: 'here' }
  /** Somebody else answers there, or our own server behind a proxy that hides the name it was asked by. */
  | { readonly kind: 'elsewhere'; readonly status: number }
  | { readonly kind: 'silent'; readonly why: string }

const told = (host: string, nonce: string) => `links-here:${host}:${nonce}`

/**
 * Asks a host whether it is this server: it must know our signature from one that is not ours. Only the public internet is
 * asked, over https, without following redirects (`allowPrivate` is for tests).
 */
export async function checkHost(
  signer: Signer,
  host: string,
  allowPrivate = false,
): Promise<HostCheck> {
  const nonce = randomUUID()
  const url = `${allowPrivate ? 'http' : 'https'}://${host}/s/here`
  const ask = (signature: string) =>
    guardedPost({ url, headers: {}, body: JSON.stringify({ nonce, signature }) }, { allowPrivate })
  const right = await ask(signer.sign(told(host, nonce)))
  if (right.kind === 'failed') return { kind: 'silent', why: right.why }
  if (right.status !== 204) return { kind: 'elsewhere', status: right.status }
  const wrong = await ask(signer.sign(told(host, randomUUID())))
  return wrong.kind === 'answered' && wrong.status === 404
    ? { kind: 'here' }
    : { kind: 'elsewhere', status: wrong.kind === 'answered' ? wrong.status : 0 }
}

/** Our side of the question: 204 when the signature is ours and for the name we were asked by. */
export function answerHere(signer: Signer, host: string, body: string): Response {
  return new Response(null, { status: isOurs(signer, host, body) ? 204 : 404 })
}

function isOurs(signer: Signer, host: string, body: string): boolean {
  try {
    const asked: unknown = JSON.parse(body)
    if (typeof asked !== 'object' || asked === null) return false
    const { nonce, signature } = asked as Readonly<Record<string, unknown>>
    if (typeof nonce !== 'string' || typeof signature !== 'string') return false
    return signer.verify(told(host, nonce), signature)
  } catch {
    return false
  }
}
