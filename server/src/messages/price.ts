import type { AnyParcel } from '../channels/carrier.ts'
import { kakaoSettings } from '../channels/kakao/settings.ts'
import { textSection } from '../channels/text/settings.ts'
import type { JsonObject } from '../lib/json.ts'
import { localTime } from '../lib/zone.ts'
import type { MessageChannel } from './intent.ts'

/** What a message is charged as. */
export const forms = ['SMS', 'LMS', 'MMS', 'alimtalk', 'brand'] as const
export type Form = (typeof forms)[number]

const tenThousand = 10_000

/** What a parcel is charged as; null where messages are free, as far as we count. */
export function formOf(parcel: AnyParcel): Form | null {
  switch (parcel.channel) {
    case 'sms':
      return parcel.form
    case 'kakao':
      return parcel.kind
    case 'email':
    case 'web_push':
    case 'webhook':
      return null
  }
}

/** Price of one message in ten-thousandths, by the shop's whole settings; null while nobody has said. */
export function unitPrice(settings: JsonObject, form: Form): number | null {
  const text = textSection(settings.text)
  const kakao = kakaoSettings(settings.kakao)
  const won = {
    SMS: text.smsWon,
    LMS: text.lmsWon,
    MMS: text.mmsWon,
    alimtalk: kakao?.alimtalkWon,
    brand: kakao?.brandWon,
  }[form]
  // 0 is what stands there before anybody filled it in; nobody sends for nothing.
  return won ? Math.round(won * tenThousand) : null
}

const formsOf = {
  sms: ['SMS', 'LMS', 'MMS'],
  kakao: ['alimtalk', 'brand'],
  email: [],
  web_push: [],
  webhook: [],
  onsite: [],
} as const satisfies Record<MessageChannel, readonly Form[]>

/** The dearest that one message of a channel can be, ten-thousandths; 0 where none costs. */
export function dearest(settings: JsonObject, channel: MessageChannel): number {
  return Math.max(0, ...formsOf[channel].map((form) => unitPrice(settings, form) ?? 0))
}

/** Whether messages of a channel cost anything at all. */
export function isPaid(channel: MessageChannel): boolean {
  return formsOf[channel].length > 0
}

/** What a send to so many people costs at most, in currency units, for the dialog before it; null while prices are unknown. */
export function estimateCost(
  settings: JsonObject,
  asked: { readonly recipients: number; readonly form: Form },
): { readonly unit: number; readonly total: number } | null {
  const unit = unitPrice(settings, asked.form)
  if (unit === null) return null
  return { unit: unit / tenThousand, total: (unit * asked.recipients) / tenThousand }
}

/** The calendar month (`yyyymm`) of a time in the shop's zone: budgets are kept by it. */
export function monthIn(at: number, zone: string): number {
  const local = new Date(localTime(at, zone))
  return local.getUTCFullYear() * 100 + local.getUTCMonth() + 1
}
