import { words } from '../app/language.ts'

/** What each way of reaching people is called. */
export const channelNames = words({
  email: { ko: '이메일', en: 'E-mail' },
  sms: { ko: '문자', en: 'Text message' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  web_push: { ko: '웹 푸시', en: 'Web push' },
  onsite: { ko: '온사이트', en: 'On site' },
  webhook: { ko: '웹훅', en: 'Webhook' },
})
