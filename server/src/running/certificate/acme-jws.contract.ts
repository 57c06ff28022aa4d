import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from 'node:crypto'

/** A request that was proven to be its account's, or why it was not. */
export type Jws = {
  readonly kind: 'trusted'
  readonly jwk: JsonWebKey | undefined
  /** The account's address; empty when it has none yet. */
  readonly account: string
  readonly payload: Readonly<Record<string, unknown>> | undefined
}
type Distrust = {
  readonly kind: 'refused'
  readonly status: number
  readonly type: string
  readonly detail: string
}

type Header = {
  readonly alg: string
  readonly nonce: string
  readonly url: string
  readonly jwk?: JsonWebKey
  readonly kid?: string
}

/** Nonces that count once, and signatures of requests (RFC 8555, 6.2 to 6.5); every seventh good nonce is refused. */
export function guard(keyOf: (account: string) => JsonWebKey | undefined) {
  const nonces = new Set<string>()
  const seen = { requests: 0, badNonces: 0 }
  const refused = (status: number, type: string, detail: string): Distrust => ({
    kind: 'refused',
    status,
    type,
    detail,
  })
  return {
    seen,
    nonce: (): string => {
      const made = randomBytes(12).toString('base64url')
      nonces.add(made)
      return made
    },
    trusted: (url: string, text: string): Jws | Distrust => {
      const parts = JSON.parse(text) as { protected: string; payload: string; signature: string }
      const header = decoded(parts.protected) as Header
      seen.requests++
      if (!nonces.delete(header.nonce) || seen.requests % 7 === 0) {
        seen.badNonces++
        return refused(400, 'badNonce', 'JWS has an invalid anti-replay nonce')
      }
      if (header.url !== url) return refused(401, 'unauthorized', 'JWS names another URL')
      const key = header.jwk ?? keyOf(header.kid ?? '')
      if (!key) return refused(400, 'accountDoesNotExist', 'No such account')
      const isSigned = verify(
        'sha256',
        Buffer.from(`${parts.protected}.${parts.payload}`),
        { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
        Buffer.from(parts.signature, 'base64url'),
      )
      if (header.alg !== 'ES256' || !isSigned) return refused(400, 'malformed', 'JWS is not signed')
      const payload =
        parts.payload === '' ? undefined : (decoded(parts.payload) as Record<string, unknown>)
      return { kind: 'trusted', jwk: header.jwk, account: header.kid ?? '', payload }
    },
  }
}

/** RFC 7638. */
export function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

const decoded = (text: string): unknown =>
  JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
