import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** What begins a secret: the rest is base64. */
export const secretPrefix = 'whsec_'

/** What one delivery is signed over. */
export type Signed = {
  /** The same for every attempt, so that a receiver can tell repeats. */
  readonly id: string
  /** When this attempt is made, whole seconds since 1970. */
  readonly seconds: number
  readonly body: string
}

/**
 * Headers of a delivery as standardwebhooks.com has them: `webhook-signature` is `v1,` and base64 of HMAC-SHA256 over
 * `id.seconds.body` with the secret's bytes.
 */
export function signedHeaders(
  { id, seconds, body }: Signed,
  secret: string,
): Readonly<Record<string, string>> {
  const mac = hmac(sha256, bytesOf(secret), utf8ToBytes(`${id}.${seconds}.${body}`))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${base64(mac)}`,
  }
}

function bytesOf(secret: string): Uint8Array {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
