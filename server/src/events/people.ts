import { normaliseEmail, normalisePhone } from '../customers/contact.ts'
import type { ContactKey, Ids } from '../customers/identity.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'

/** Longest id a shop or an SDK may give, in UTF-16 units. */
const idLimit = 255

/**
 * What programs send as an id when they have none. Taken as ids they would make one customer of all visitors, so they
 * count as missing.
 */
const placeholders: ReadonlySet<string> = new Set([
  'undefined',
  'null',
  '(null)',
  'nil',
  'none',
  'nan',
  '[object object]',
  'true',
  'false',
  '0',
  '-1',
  'anonymous',
  'guest',
  'unknown',
])

export type IdRead =
  | { readonly kind: 'id'; readonly id: string | undefined }
  | { readonly kind: 'refused'; readonly reason: string }

/** An id: text or a whole number; empty and placeholder ids are missing. NUL and over-long ids are refused. */
export function readId(value: Json | undefined): IdRead {
  if (value === undefined || value === null) return { kind: 'id', id: undefined }
  const id = typeof value === 'string' ? value : numberText(value)
  if (id === undefined) return { kind: 'refused', reason: 'It must be text or a number.' }
  if (id.length > idLimit)
    return { kind: 'refused', reason: `It is longer than ${idLimit} characters.` }
  if (id.includes('\u0000')) return { kind: 'refused', reason: 'It must not contain NUL.' }
  if (id.trim() === '' || placeholders.has(id.trim().toLowerCase()))
    return { kind: 'id', id: undefined }
  return { kind: 'id', id }
}

export type Protect = (kind: 'email' | 'phone', normalised: string) => ContactKey

/** The contacts of one happening, and its properties or traits without them. */
export type TakenOut = {
  readonly contacts: Pick<Ids, 'email' | 'phone'>
  readonly kept: JsonObject
}

const noContacts = {}

/**
 * Takes `email` and `phone` out of traits or properties: nothing of them stays in the clear. One that can't be delivered
 * to, or a number that is only lent (050), is dropped and leaves `email_invalid: true` (`phone_invalid`), so that a shop can find and
 * mend such records.
 */
export function takeContacts(from: JsonObject, protect: Protect): TakenOut {
  if (from.email === undefined && from.phone === undefined)
    return { contacts: noContacts, kept: from }
  const { email, phone, ...kept } = from
  const mail = readContact('email', email, protect)
  const call = readContact('phone', phone, protect)
  return {
    contacts: {
      ...(mail.key ? { email: mail.key } : {}),
      ...(call.key ? { phone: call.key } : {}),
    },
    kept: {
      ...kept,
      ...(mail.invalid ? { email_invalid: true } : {}),
      ...(call.invalid ? { phone_invalid: true } : {}),
    },
  }
}

/** Contacts alone, from a part of the event that is not kept. */
export function contactsOf(from: Json | undefined, protect: Protect): Pick<Ids, 'email' | 'phone'> {
  return isJsonObject(from) ? takeContacts(from, protect).contacts : noContacts
}

function readContact(
  kind: 'email' | 'phone',
  value: Json | undefined,
  protect: Protect,
): { readonly key?: ContactKey; readonly invalid: boolean } {
  if (value === undefined || value === null || value === '') return { invalid: false }
  const text = typeof value === 'string' ? value : (numberText(value) ?? '')
  const normalised = kind === 'email' ? normaliseEmail(text) : ownPhone(text)
  return normalised === undefined
    ? { invalid: true }
    : { key: protect(kind, normalised), invalid: false }
}

/** Numbers that a marketplace lends for a while (050) name nobody and are written to by nobody: the next one to have it is somebody else. */
function ownPhone(text: string): string | undefined {
  const phone = normalisePhone(text)
  return phone?.kind === 'safe' ? undefined : phone?.e164
}
