import { z } from 'zod'
import { CompiledEmail, EmailContent } from './content.ts'
import { CompiledKakao, KakaoContent } from './kakao/content.ts'
import { CompiledOnsite, OnsiteContent } from './onsite/content.ts'
import { CompiledPush, PushContent } from './push/content.ts'
import { CompiledSms, SmsContent } from './sms/content.ts'
import { CompiledWebhook, WebhookContent } from './webhook/content.ts'

/** What a marketer writes, for whichever channel. */
export const MessageContent = z.discriminatedUnion('channel', [
  EmailContent,
  SmsContent,
  KakaoContent,
  PushContent,
  WebhookContent,
  OnsiteContent,
])
export type MessageContent = z.infer<typeof MessageContent>

/** A message compiled once, as it is kept. */
export const CompiledMessage = z.union([
  CompiledEmail,
  CompiledSms,
  CompiledKakao,
  CompiledPush,
  CompiledWebhook,
  CompiledOnsite,
])
export type CompiledMessage = z.infer<typeof CompiledMessage>
