import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * What a signed body says: `signature` (base64) must be the HMAC-SHA256 of the body with this secret, compared in constant time.
 * undefined: it is not, and nothing of the body was read. `json` is undefined where the body is none.
 */
export function readSigned(
  body: string,
  by: { readonly secret: string; readonly signature: string | undefined },
): { readonly json: unknown } | undefined {
  const expected = createHmac('sha256', by.secret).update(body).digest()
  const given = Buffer.from(by.signature ?? '', 'base64')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  try {
    return { json: JSON.parse(body) }
  } catch {
    return { json: undefined }
  }
}
