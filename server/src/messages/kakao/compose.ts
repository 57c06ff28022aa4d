import { advertisingLabel } from '../compose.ts'
import type { Bubble } from './content.ts'

/** Who sends a Brand Message, as its footer says it. */
export type BrandSender = {
  readonly shopName: string
  readonly phone: string
  /** The 080 number to refuse by; empty while there is none. */
  readonly optOutNumber: string
}

/**
 * The text of a Brand Message as the provider receives it (Network Act, article 50(4); decree article 61(3) and table 6): `(광고)` is its
 * first characters, the way to refuse without cost its last line, the sender's name and phone above it. WIDE has room for one
 * line break: its sender is named by the head of the bubble. Whether Kakao's own bubble already carries the label could
 * not be confirmed; twice is safer than not at all.
 */
export function composedBrandText(bubble: Bubble, body: string, sender: BrandSender): string {
  const out = optOutLine(sender)
  const labelled = `${advertisingLabel} ${body}`
  if (bubble === 'WIDE') return `${labelled}\n${out}`
  const who = [sender.shopName, sender.phone].filter((part) => part !== '').join(' ')
  return `${labelled}\n\n${who}\n${out}`
}

/** By the 080 number, or by blocking the channel: both cost the reader nothing. */
function optOutLine({ optOutNumber }: BrandSender): string {
  return optOutNumber === '' ? '수신거부: 홈 > 채널차단' : `무료수신거부 ${optOutNumber}`
}
