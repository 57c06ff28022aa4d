import type { LinkSigner } from './link.ts'

/** What a Message-ID of ours names. */
export type MailName = {
  readonly shop: number
  /** Outbox id; 0 for a test send. */
  readonly message: number
  readonly attempt: number
  /** UTC ms of the hand-over. */
  readonly at: number
}

/** 22 characters of base64url are 132 bits. */
const signatureChars = 22

/**
 * The Message-ID of a mail, without angle brackets (RFC 5322, 3.6.4). Signed: a report that a mail came back closes an
 * address, and only whoever holds the mail can name it; guessing a neighbour's number does not do.
 */
export function messageIdOf(name: MailName, domain: string, signer: LinkSigner): string {
  const { shop, message, attempt, at } = name
  const numbers = `${shop}.${message}.${attempt}.${at}`
  return `${numbers}.${signatureOf(numbers, signer)}@${domain}`
}

/** Reads what `messageIdOf` made; undefined when it was not made here or a character was changed. */
export function readMessageId(text: string, signer: LinkSigner): MailName | undefined {
  const [, numbers = '', signature = ''] =
    /^(\d{1,15}\.\d{1,15}\.\d{1,6}\.\d{1,15})\.([\w-]{22})@/.exec(text) ?? []
  if (numbers === '' || signatureOf(numbers, signer) !== signature) return undefined
  const [shop = 0, message = 0, attempt = 0, at = 0] = numbers.split('.').map(Number)
  return { shop, message, attempt, at }
}

const signatureOf = (numbers: string, signer: LinkSigner) =>
  signer.sign(`mail:${numbers}`).slice(0, signatureChars)
