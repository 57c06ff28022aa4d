import type { ConsentChannel } from '../consent/consent.ts'
import type { Fact, Words } from './fact.ts'

const channels: readonly { readonly channel: ConsentChannel; readonly label: Words }[] = [
  { channel: 'email', label: { ko: '이메일', en: 'E-mail' } },
  { channel: 'sms', label: { ko: '문자', en: 'SMS' } },
  { channel: 'kakao', label: { ko: '카카오톡', en: 'KakaoTalk' } },
  { channel: 'web_push', label: { ko: '웹 푸시', en: 'Web push' } },
  { channel: 'app_push', label: { ko: '앱 푸시', en: 'App push' } },
  { channel: 'phone', label: { ko: '전화', en: 'Phone call' } },
]
const scopes: readonly { readonly scope: string; readonly label: Words }[] = [
  { scope: 'ad_day', label: { ko: '광고 수신동의', en: 'advertising consent' } },
  { scope: 'ad_night', label: { ko: '야간 광고 수신동의', en: 'night advertising consent' } },
  {
    scope: 'personal_data_marketing',
    label: { ko: '마케팅 개인정보 동의', en: 'marketing use of personal data' },
  },
]

/** Whether each channel may be and can be used: what the ledger says now, and whether an address answers to it. */
export const consentFacts: readonly Fact[] = [
  ...channels.map(
    ({ channel, label }): Fact => ({
      path: `reach.${channel}`,
      type: 'boolean',
      group: 'reach',
      label: {
        ko: `${label.ko} 광고를 받을 수 있음`,
        en: `Can be advertised to by ${label.en}`,
      },
      note: {
        ko: '연락처와 낮 광고 동의가 있고 발송이 막히지 않았어요.',
        en: 'Has an address and consent by day, and the address is not suppressed.',
      },
      fresh: 'event',
      always: true,
    }),
  ),
  ...channels.flatMap(({ channel, label }) =>
    scopes.map(
      (one): Fact => ({
        path: `consent.${channel}.${one.scope}`,
        type: 'boolean',
        group: 'reach',
        label: { ko: `${label.ko} ${one.label.ko}`, en: `${label.en}: ${one.label.en}` },
        note: { ko: '동의 기록이 지금 말하는 그대로예요.', en: 'As the consent ledger says now.' },
        fresh: 'event',
        always: true,
      }),
    ),
  ),
]

/** The lists (uploads of ids, e-mails or phones) a person is on. */
export const listFacts: readonly Fact[] = [
  {
    path: 'lists',
    type: 'list',
    group: 'lists',
    label: { ko: '들어 있는 명단', en: 'On these lists' },
    note: { ko: '올린 명단의 번호들이에요.', en: 'Ids of the lists that were uploaded.' },
    fresh: 'event',
    names: 'list',
  },
]
