import { words } from './language.ts'

export const roleNames = words({
  owner: { ko: '소유자', en: 'Owner' },
  marketer: { ko: '마케터', en: 'Marketer' },
  developer: { ko: '개발자', en: 'Developer' },
  viewer: { ko: '보기 전용', en: 'Viewer' },
})

export const roleMeanings = words({
  owner: { ko: '모든 일을 할 수 있어요.', en: 'May do everything.' },
  marketer: {
    ko: '세그먼트와 캠페인을 만들고 켤 수 있어요.',
    en: 'Makes segments and campaigns and switches them on.',
  },
  developer: {
    ko: '키와 발송 설정을 다루고 기록을 볼 수 있어요.',
    en: 'Handles keys and sending, and sees the audit log.',
  },
  viewer: { ko: '보기만 할 수 있어요.', en: 'May look, not change.' },
})
