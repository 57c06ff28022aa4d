import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { KakaoView } from './kakao-view.tsx'
import { type MailDrawn, MailView } from './mail-view.tsx'
import { PushView, WebhookView } from './push-view.tsx'
import { SmsView } from './sms-view.tsx'

type Props = { readonly mail: MailDrawn; readonly flow: Flow }

/** The flow's first message as its reader sees it, drawn as its channel shows it. */
export function MessageView({ mail, flow }: Props) {
  const content = flow.steps.find((step) => step.kind === 'message')?.content
  switch (content?.channel) {
    case 'sms':
      return <SmsView mail={mail} flow={flow} content={content} />
    case 'kakao':
      return <KakaoView mail={mail} flow={flow} content={content} />
    case 'web_push':
      return <PushView mail={mail} flow={flow} content={content} />
    case 'webhook':
      return <WebhookView mail={mail} flow={flow} content={content} />
    default:
      return <MailView mail={mail} flow={flow} />
  }
}
