import { bodyAs } from '../call-answer.ts'
import type { TextAccount } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import { AligoAnswer, AligoRecent, AligoRemain } from './aligo-answer.ts'
import { type AligoKeys, aligoClient, aligoWords } from './aligo-client.driver.ts'

const pageSize = 500

/** What Aligo tells of the shop's account. Its 080 list is in its console only, and it counts messages, not money. */
export function aligoAccount(
  keys: AligoKeys,
  settings: { readonly smsPrice: number },
  world: ProviderWorld = {},
): TextAccount {
  const client = aligoClient(keys, world)
  return {
    // There is no list of registered numbers; those of messages it carried lately were registered.
    senders: async () => {
      const read = await client.read(AligoRecent, 'list', {
        page: '1',
        page_size: String(pageSize),
      })
      const numbers = read.list.map((one) => one.sender.replace(/\D/g, ''))
      return [...new Set(numbers.filter((number) => number !== ''))]
    },
    balance: async () => {
      const { SMS_CNT } = await client.read(AligoRemain, 'remain', {})
      return SMS_CNT === undefined ? null : SMS_CNT * settings.smsPrice
    },
    optOuts: async () => null,
    // It names no pictures: each goes along with its messages.
    upload: async () => null,
  }
}

/** Whether Aligo would send from this number: a message to itself in test mode, which is neither sent nor charged. */
export async function aligoTakesSender(
  keys: AligoKeys,
  sender: string,
  world: ProviderWorld = {},
): Promise<{ readonly takes: boolean; readonly words: string }> {
  const result = await aligoClient(keys, world).post('send', {
    sender,
    receiver: sender,
    msg: '발신번호 확인',
    msg_type: 'SMS',
    testmode_yn: 'Y',
  })
  const answer = result.kind === 'answered' ? bodyAs(AligoAnswer, result.body) : undefined
  return { takes: answer !== undefined && answer.result_code > 0, words: aligoWords(result) }
}
