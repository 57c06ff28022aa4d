import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** First byte of what is sealed: AES-256-GCM, 12-byte nonce, 16-byte tag. Another number is another way to open it. */
const formatAesGcm = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals what must not lie open, names contacts without showing them, signs links. Each purpose has a key of its own,
 * derived from the one secret by HKDF-SHA256 (RFC 5869), so that no two uses can be played against each other.
 */
export function vault(
  secret: Uint8Array,
  /** Keys that came with a shop from another installation, base64url by purpose: they stand in the place of our own. */
  carried: ReadonlyMap<string, string> = new Map(),
) {
  if (secret.length < 32) throw new Error('The secret must have at least 32 bytes.')
  const derived = new Map<string, KeyObject>()

  // Made into a key once: handed over as bytes each time, a signature takes four times as long.
  function keyFor(purpose: string): KeyObject {
    const known = derived.get(purpose)
    if (known) return known
    const brought = carried.get(purpose)
    const bytes =
      brought === undefined
        ? Buffer.from(hkdfSync('sha256', secret, 'danggol', purpose, 32))
        : Buffer.from(brought, 'base64url')
    const key = createSecretKey(bytes)
    // Purposes are words of the program and ids of shops; the bound only keeps a mistake from growing.
    if (derived.size >= 10_000) derived.clear()
    derived.set(purpose, key)
    return key
  }

  const mac = (purpose: string, text: string): Buffer =>
    createHmac('sha256', keyFor(purpose)).update(text, 'utf8').digest()

  return {
    /** The key of a purpose, for another installation to go on with; never that of sealing. */
    keyToCarry: (purpose: `hash:${string}` | 'sign'): string =>
      keyFor(purpose).export().toString('base64url'),
    /** AES-256-GCM with a fresh nonce, base64url; the same text seals differently each time. */
    seal: (text: string): string => seal(keyFor('seal'), text),
    /** Throws when the text was sealed with another secret, was changed, or is not sealed at all. */
    open: (sealed: string): string => open(keyFor('seal'), sealed),
    /** Keyed hash of a normalised value (HMAC-SHA256, base64url, 43 characters); another kind gives another hash. */
    hash: (kind: string, value: string): string => mac(`hash:${kind}`, value).toString('base64url'),
    /** Signature of a link's contents (base64url). */
    sign: (text: string): string => mac('sign', text).toString('base64url'),
    /** Constant-time check of a signature made by `sign`. */
    verify: (text: string, signature: string): boolean =>
      matches(mac('sign', text), Buffer.from(signature, 'base64url')),
    /**
     * The secret a shop's own server signs its members' ids with: `hex(hmacSha256(identitySecret, userId))`. Shown to
     * the shop's developer, so it is a key of its own that opens nothing else.
     */
    identitySecret: (shop: number): string =>
      keyFor(`identity:${shop}`).export().toString('base64url'),
    /** Whether a signature (64 hex digits or base64url) of a member's id was made with the shop's identity secret. */
    vouchesFor: (shop: number, userId: string, signature: string): boolean => {
      const made = createHmac('sha256', keyFor(`identity:${shop}`).export().toString('base64url'))
        .update(userId)
        .digest()
      return matches(
        made,
        Buffer.from(signature, /^[0-9a-f]{64}$/i.test(signature) ? 'hex' : 'base64url'),
      )
    },
    /** Names the secret without telling it, so that data can say which secret it was sealed with. */
    fingerprint: keyFor('fingerprint').export().toString('hex').slice(0, 16),
  }
}
export type Vault = ReturnType<typeof vault>

function seal(key: KeyObject, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const head = Buffer.of(formatAesGcm)
  cipher.setAAD(head)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()]).toString('base64url')
}

function open(key: KeyObject, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 1 + nonceBytes + tagBytes) throw new Error('This is not a sealed value.')
  if (bytes[0] !== formatAesGcm) {
    throw new Error(`This value is sealed in format ${bytes[0]}, which this version does not know.`)
  }
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(bytes.subarray(0, 1))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const body = bytes.subarray(1 + nonceBytes, -tagBytes)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    throw new Error(
      'This value was sealed with another secret, or it was changed. Start with the DANGGOL_SECRET or secret.key it was made with.',
    )
  }
}

function matches(made: Buffer, given: Buffer): boolean {
  return given.length === made.length && timingSafeEqual(made, given)
}
