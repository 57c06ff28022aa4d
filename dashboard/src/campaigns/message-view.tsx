import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { KakaoView } from './kakao-view.tsx'
import { type MailDrawn, MailView } from './mail-view.tsx'
import { OnsiteView } from './onsite/onsite-view.tsx'
import { PushView, WebhookView } from './push-view.tsx'
import { SmsView } from './sms-view.tsx'

type Props = {
  readonly mail: MailDrawn
  readonly flow: Flow
  readonly content: MessageContent
}

/** A message of the flow as its reader sees it, drawn as its channel shows it. */
export function MessageView({ mail, flow, content }: Props) {
  switch (content.channel) {
    case 'sms':
      return <SmsView mail={mail} flow={flow} content={content} />
    case 'kakao':
      return <KakaoView mail={mail} flow={flow} content={content} />
    case 'web_push':
      return <PushView mail={mail} flow={flow} content={content} />
    case 'webhook':
      return <WebhookView mail={mail} flow={flow} content={content} />
    case 'onsite':
      return <OnsiteView mail={mail} flow={flow} content={content} />
    case 'email':
      return <MailView mail={mail} flow={flow} content={content} />
  }
}
