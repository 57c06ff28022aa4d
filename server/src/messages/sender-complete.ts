import type { Shop } from '../shops/shop.ts'
import { senderProblems } from './compose.ts'
import type { ParsedMessage } from './draw.ts'
import { optOutNumberOf } from './sms/opt-out-number.ts'

/**
 * Whether the shop lacks what the law wants said of the sender in such a message, or the way out of it. Asked when a message is
 * decided and again when it is handed over: settings may have been emptied in between.
 */
export function isSenderIncomplete(shop: Shop, message: ParsedMessage): boolean {
  const { channel, nature } = message
  switch (channel) {
    case 'email':
      return senderProblems(shop.sender, nature).length > 0
    case 'web_push':
    case 'webhook':
    case 'onsite':
      return false
    case 'sms':
      return nature.purpose === 'advertising' && optOutNumberOf(shop.settings) === ''
    case 'kakao': {
      const { compiled } = message
      return compiled.kind === 'brand' && compiled.bubble !== 'WIDE' && shop.sender.phone === ''
    }
  }
}
