import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A number as text providers take it: country calling code, and the number as dialled within that country. */
export type DialledNumber = { readonly country: string; readonly number: string }

/** A number in E.164 as it is dialled in its own country, digits only (`+821012345678` is 82 and 01012345678). */
export function dialled(e164: string): DialledNumber | undefined {
  const mobile = /^\+8210(\d{8})$/.exec(e164)
  if (mobile) return { country: '82', number: `010${mobile[1]}` }
  const number = parsePhoneNumberFromString(e164)
  if (!number) return undefined
  const digits =
    number.countryCallingCode === '82'
      ? number.formatNational().replace(/\D/g, '')
      : number.nationalNumber
  return { country: number.countryCallingCode, number: digits }
}

/** A Korean number as a provider writes it, in E.164; undefined when it is none. */
export function e164Of(text: string): string | undefined {
  const plain = /^0?10(\d{8})$/.exec(text)
  if (plain) return `+8210${plain[1]}`
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'KR', extract: false })
  return number?.isValid() ? number.number : undefined
}

/** `2026-11-22 09:00:00(.0)` of a Korean provider, in UTC ms; undefined when it is no such time. Korea has no summer time. */
export function koreanTime(text: string): number | undefined {
  const at = Date.parse(`${text.trim().replace(' ', 'T')}+09:00`)
  return Number.isFinite(at) ? at : undefined
}
