import { z } from 'zod'
import type { Json } from '../lib/json.ts'
import type { AnyParcel } from './carrier.ts'

const Button = z.object({ name: z.string() })
const Piece = z.object({ title: z.string(), description: z.string() })

/** What the picture of a message needs beside its subject and text, by channel; mail needs nothing more. Never an address. */
export const Shown = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('sms'),
    form: z.enum(['SMS', 'LMS', 'MMS']),
    /** Sender number, digits; empty while none is chosen. */
    from: z.string(),
    /** Id of the picture as it was handed over. */
    picture: z.string().nullable(),
  }),
  z.object({
    channel: z.literal('kakao'),
    kind: z.enum(['alimtalk', 'brand']),
    /** Id of the sending Kakao channel. */
    profile: z.string(),
    buttons: z.array(Button),
    /** Of a Brand Message. */
    bubble: z.enum(['TEXT', 'IMAGE', 'WIDE']).nullable(),
    /** Id of the picture as it was handed over. */
    picture: z.string().nullable(),
    coupon: Piece.nullable(),
    /** What stands around the text of an Alimtalk, where it is known. */
    around: z
      .object({
        header: z.string().exactOptional(),
        title: z.string().exactOptional(),
        subtitle: z.string().exactOptional(),
        items: z.array(Piece).exactOptional(),
        extra: z.string().exactOptional(),
      })
      .nullable(),
  }),
  z.object({
    channel: z.literal('web_push'),
    url: z.string(),
    icon: z.string().nullable(),
    image: z.string().nullable(),
  }),
  z.object({ channel: z.literal('webhook'), host: z.string() }),
])
export type Shown = z.infer<typeof Shown>

/** What is kept of a parcel for its picture; null of a mail. */
export function shownOf(parcel: AnyParcel): Shown | null {
  const { channel } = parcel
  switch (channel) {
    case 'email':
      return null
    case 'sms':
      return {
        channel,
        form: parcel.form,
        from: parcel.from,
        picture: parcel.image,
      }
    case 'kakao':
      return {
        channel,
        kind: parcel.kind,
        profile: parcel.profile,
        buttons: parcel.buttons.map(({ name }) => ({ name })),
        bubble: parcel.kind === 'brand' ? parcel.bubble : null,
        picture: parcel.kind === 'brand' ? parcel.image : null,
        coupon: parcel.kind === 'brand' ? parcel.coupon : null,
        around: null,
      }
    case 'web_push':
      return { channel, url: parcel.url, icon: parcel.icon, image: parcel.image }
    case 'webhook':
      return { channel, host: hostOf(parcel.url) }
  }
}

/** Reads what was kept; what does not fit is no picture, and the text is shown alone. */
export function readShown(kept: Json): Shown | null {
  return Shown.safeParse(kept).data ?? null
}

/** The host of an address; what cannot be read has none. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return ''
  }
}
