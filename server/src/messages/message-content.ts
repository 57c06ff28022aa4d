import { z } from 'zod'
import { CompiledEmail, EmailContent } from './content.ts'
import { CompiledSms, SmsContent } from './sms/content.ts'

/** What a marketer writes, for whichever channel. */
export const MessageContent = z.discriminatedUnion('channel', [EmailContent, SmsContent])
export type MessageContent = z.infer<typeof MessageContent>

/** A message compiled once, as it is kept. */
export const CompiledMessage = z.union([CompiledEmail, CompiledSms])
export type CompiledMessage = z.infer<typeof CompiledMessage>
