import type { ConsentChannel, ConsentScope } from '../../consent/consent.ts'
import type { EmailContent } from '../content.ts'
import { koreanDate } from '../filters.ts'
import type { Notice } from '../intent.ts'
import type { SmsContent } from '../sms/content.ts'

/** Languages the notices are written in. */
export type NoticeLanguage = 'ko' | 'en'
/** Channels a notice can go by. */
export type Carrier = 'email' | 'sms'

const channelNames = {
  ko: {
    email: '이메일',
    sms: '문자',
    kakao: '카카오톡',
    web_push: '웹 알림',
    app_push: '앱 알림',
    phone: '전화',
  },
  en: {
    email: 'e-mail',
    sms: 'text message',
    kakao: 'KakaoTalk',
    web_push: 'browser notification',
    app_push: 'app notification',
    phone: 'phone call',
  },
} as const satisfies Record<NoticeLanguage, Record<ConsentChannel, string>>

/** How a channel is called in a language. */
export function channelName(channel: ConsentChannel, language: NoticeLanguage): string {
  return channelNames[language][channel]
}

/** Something a person said: when (UTC ms), to what, yes or no. */
export type Said = {
  readonly at: number
  readonly channels: readonly ConsentChannel[]
  readonly scope: ConsentScope
  readonly granted: boolean
}

export type Tongue = { readonly language: NoticeLanguage; readonly zone: string }

/** The day as the notices write it, on the shop's clocks. */
export function noticeDay(at: number, { language, zone }: Tongue): string {
  const format = language === 'ko' ? 'YYYY년 M월 D일' : 'YYYY-MM-DD'
  return koreanDate(at, format, { zone, now: at })
}

/** One sentence of what was said and that it was done; who said it stands before it in Korean. */
export function saidSentence(said: Said, tongue: Tongue): string {
  const { language } = tongue
  const day = noticeDay(said.at, tongue)
  const channels = said.channels.map((one) => channelName(one, language))
  if (language === 'ko') {
    const what = `${day} ${channels.join('·')} ${scopeWords.ko[said.scope]}`
    return said.granted
      ? `${what}에 동의하셨고, 정상 처리되었습니다.`
      : `${what}을 거부(동의 철회)하셨고, 정상 처리되었습니다.`
  }
  const what = `${scopeWords.en[said.scope]} by ${channels.join(' and ')}`
  return said.granted
    ? `On ${day} you agreed to ${what}. This is now in effect.`
    : `On ${day} you refused (withdrew your consent to) ${what}. This is now in effect.`
}

/** What somebody on a page wants to agree to, as the question whether it was they says it. */
export function askSentence(
  grants: readonly { readonly channel: ConsentChannel; readonly scope: ConsentScope }[],
  { language }: Tongue,
): string {
  const byScope = [...Map.groupBy(grants, (one) => one.scope)].map(([scope, some]) => {
    const channels = [...new Set(some.map((one) => channelName(one.channel, language)))]
    return language === 'ko'
      ? `${channels.join('·')} ${scopeWords.ko[scope]}`
      : `${scopeWords.en[scope]} by ${channels.join(' and ')}`
  })
  return language === 'ko'
    ? `${byScope.join(', ')}에 동의하겠다고 요청하셨습니다.`
    : `You asked to agree to ${byScope.join(', and to ')}.`
}

const scopeWords = {
  ko: {
    ad_day: '광고성 정보 수신',
    ad_night: '야간(21시~8시) 광고성 정보 수신',
    personal_data_marketing: '개인정보의 마케팅 이용',
  },
  en: {
    ad_day: 'advertising',
    ad_night: 'advertising at night (21:00 to 08:00)',
    personal_data_marketing: 'the use of your personal data for marketing',
  },
} as const satisfies Record<NoticeLanguage, Record<ConsentScope, string>>

const titles = {
  ko: {
    consent_result: '수신동의 처리결과 안내',
    consent_reconfirm: '광고성 정보 수신동의 확인 안내',
    consent_confirm: '수신동의 확인 요청',
  },
  en: {
    consent_result: 'Your choice about advertising',
    consent_reconfirm: 'Your consent to advertising',
    consent_confirm: 'Please confirm your consent',
  },
} as const satisfies Record<NoticeLanguage, Record<Notice, string>>

const leads = {
  ko: {
    consent_result: '변경',
    consent_reconfirm:
      '계속 받기를 원하시면 별도 조치가 필요 없으며, 원하지 않으시면 아래 링크에서 철회하실 수 있습니다. 철회',
    consent_confirm:
      '본인이 요청하셨다면 24시간 안에 아래 링크에서 동의를 마쳐 주세요. 요청하지 않으셨다면 이 안내를 무시하시면 되고, 아무것도 바뀌지 않습니다. 동의하기',
  },
  en: {
    consent_result: 'To change it',
    consent_reconfirm:
      'If you wish to go on receiving it, you need do nothing. If not, you can withdraw here',
    consent_confirm:
      'If this was you, please finish within 24 hours at the link below. If not, ignore this message; nothing will change. Agree',
  },
} as const satisfies Record<NoticeLanguage, Record<Notice, string>>

function linkOf(notice: Notice): string {
  return notice === 'consent_confirm' ? '{{ link.confirm }}' : '{{ link.preferences }}'
}

/**
 * The standard text of a notice: sender, fact and date of what was said, result, and how to change it; nothing that promotes
 * (Network Act article 50(7) and (8), decree articles 62-2 and 62-3). `notice.text` comes with the message.
 */
export function noticeContent(
  notice: Notice,
  carrier: Carrier,
  language: NoticeLanguage,
): EmailContent | SmsContent {
  const title = titles[language][notice]
  const lead = leads[language][notice]
  const link = linkOf(notice)
  const sender = language === 'ko' ? '전송자: {{ notice.sender }}' : 'Sender: {{ notice.sender }}'
  const person =
    language === 'ko' ? '{{ customer.name | nim }}은 {{ notice.text }}' : '{{ notice.text }}'
  if (carrier === 'sms')
    return {
      channel: 'sms',
      subject: title,
      text: `[{{ shop.name }}] ${title}\n${sender}\n${person}\n${lead}: ${link}`,
    }
  const sentences = lead.lastIndexOf('. ')
  return {
    channel: 'email',
    subject: `[{{ shop.name }}] ${title}`,
    preheader: '',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: title },
        { kind: 'text', text: sender },
        { kind: 'text', text: person },
        ...(sentences === -1
          ? []
          : [{ kind: 'text' as const, text: lead.slice(0, sentences + 1) }]),
        { kind: 'button', label: buttons[language][notice], url: link },
      ],
    },
  }
}

const buttons = {
  ko: {
    consent_result: '수신 설정 바꾸기',
    consent_reconfirm: '수신 설정 보기',
    consent_confirm: '동의 마치기',
  },
  en: {
    consent_result: 'Change my choice',
    consent_reconfirm: 'See my choice',
    consent_confirm: 'Agree',
  },
} as const satisfies Record<NoticeLanguage, Record<Notice, string>>
