import { api } from './client.ts'

export type TextProviderName = 'solapi' | 'nhn' | 'aligo'

/** The shop's account for text messages, as the settings show it. */
export type TextAccount = {
  readonly provider: TextProviderName | null
  readonly account: string
  /** Never sent back; whether one is stored. */
  readonly hasSecret: boolean
  readonly senderNumber: string
  readonly optOutNumber: string
  readonly smsWon: number
  readonly lmsWon: number
  readonly mmsWon: number
  readonly warnBelowWon: number
  readonly certified: { readonly by: string; readonly at: number } | null
  /** Path to enter at the provider, so that it tells what became of messages. */
  readonly hook: string | null
  readonly state: {
    readonly askedAt: number
    readonly answeredAt: number | null
    readonly error: string | null
    readonly balanceWon: number | null
    readonly isLow: boolean
    readonly optOuts: number | null
  } | null
}
export type TextWrite = Omit<TextAccount, 'hasSecret' | 'certified' | 'hook' | 'state'> & {
  readonly secret?: string
  readonly certified: boolean
}
export const getText = (signal?: AbortSignal) => api.get<TextAccount>('/api/shop/text', {}, signal)
export function putText(body: TextWrite, { state: _, ...seen }: TextAccount) {
  return api.put<TextAccount>('/api/shop/text', body, seen)
}
export const removeText = () => api.delete<unknown>('/api/shop/text')
export const checkText = () =>
  api.post<{
    readonly works: boolean
    readonly detail: string | null
    readonly senders: readonly string[]
  }>('/api/shop/text/check', {})
