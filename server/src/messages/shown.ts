import { hostOf, type Shown } from '../channels/shown.ts'
import type { DrawnMessage } from './draw.ts'

/** What the picture of a drawn message needs, as the test inbox keeps it of one that was handed over; null of a mail. */
export function shownOfDrawn(drawn: DrawnMessage, from: { readonly number: string }): Shown | null {
  if (drawn.kind !== 'ok') return null
  switch (drawn.channel) {
    case 'email':
      return null
    case 'sms': {
      const { channel, form, picture } = drawn
      return { channel, form, from: from.number, picture }
    }
    case 'kakao': {
      const { channel, form, profile } = drawn
      const isBrand = form === 'brand'
      return {
        channel,
        kind: form,
        profile,
        buttons: drawn.buttons.map(({ name }) => ({ name })),
        bubble: isBrand ? drawn.bubble : null,
        picture: isBrand ? (drawn.picture?.id ?? null) : null,
        coupon: isBrand ? drawn.coupon : null,
        around: isBrand ? null : { ...drawn.around, items: [...(drawn.around.items ?? [])] },
      }
    }
    case 'web_push': {
      const { channel, url, icon, image } = drawn
      return { channel, url, icon, image }
    }
    case 'webhook':
      return { channel: 'webhook', host: hostOf(drawn.url) }
    // The view itself is the picture.
    case 'onsite':
      return null
  }
}
