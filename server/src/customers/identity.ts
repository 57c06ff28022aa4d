/**
 * How a happening says whom it belongs to. Contacts never travel in the clear: `hash` is the keyed hash that finds a
 * customer, `sealed` the encrypted address.
 */
export type ContactKey = {
  /** Keyed HMAC-SHA256 of the normalised address, base64url. */
  readonly hash: string
  /** AES-256-GCM of the normalised address, base64url. */
  readonly sealed: string
  /** `k***@example.com`, `010-****-5678`: what roles without a need to know see. */
  readonly masked: string
}

export type Ids = {
  /** The device's id as the SDK made it. */
  readonly anonymous?: string
  /** The shop's own id of a member. */
  readonly user?: string
  readonly email?: ContactKey
  readonly phone?: ContactKey
  /** True when a secret key or a valid signature vouched for `user`; false is a claim from a browser. */
  readonly verified: boolean
  /** The device is a kiosk (`data-mode="shared"`): its anonymous history never joins a member. */
  readonly kiosk?: boolean
  /** Set on happenings that Danggol itself derives: the customer is already known. */
  readonly customer?: number
}
