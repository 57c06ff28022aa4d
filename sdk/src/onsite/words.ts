import type { Rest } from '../../../server/src/messages/onsite/view.ts'

/** What the script itself says on a page, in the language of the message. */
export const words = {
  ko: {
    close: '닫기',
    before: '이전 상품',
    after: '다음 상품',
    copy: '코드 복사하기',
    copied: '복사했어요',
    use: '쿠폰 쓰러 가기',
    ended: '끝났어요',
    terms: '내용 보기',
    choose: '골라 주세요',
    failed: '지금은 안 돼요. 잠시 뒤에 다시 해 주세요.',
    days: (days: number) => (days > 0 ? `${days}일 ` : ''),
  },
  en: {
    close: 'Close',
    before: 'Previous product',
    after: 'Next product',
    copy: 'Copy the code',
    copied: 'Copied',
    use: 'Use the coupon',
    ended: 'Over',
    terms: 'What you agree to',
    choose: 'Choose one',
    failed: 'That did not work. Please try again in a moment.',
    days: (days: number) => (days > 0 ? `${days} d ` : ''),
  },
} as const
export type Words = (typeof words)[keyof typeof words]

/** On the button that closes a message for a while. */
export const restWords: Readonly<Record<'ko' | 'en', Readonly<Record<Rest, string>>>> = {
  ko: {
    today: '오늘 하루 보지 않기',
    '7d': '7일간 보지 않기',
    '30d': '30일간 보지 않기',
    never: '다시 보지 않기',
  },
  en: {
    today: 'Not today',
    '7d': 'Not for 7 days',
    '30d': 'Not for 30 days',
    never: 'Never again',
  },
}
