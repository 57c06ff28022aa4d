import { words } from '../app/language.ts'

/** The words that the pages of splits share. */
export const splitWords = words({
  title: { ko: '다른 도구로 보낸 것도 재기', en: 'Measure what other tools send' },
  everyone: { ko: '모두', en: 'Everyone' },
  email: { ko: '이메일 광고에 동의한 고객', en: 'Agreed to e-mail advertising' },
  sms: { ko: '문자 광고에 동의한 고객', en: 'Agreed to text advertising' },
  drawing: { ko: '나누는 중', en: 'Splitting' },
  failed: { ko: '나누지 못했어요', en: 'Not split' },
  counting: { ko: '세는 중', en: 'Counting' },
  over: { ko: '결과 나옴', en: 'Result is in' },
  days: { ko: (n: number) => `${n}일 동안`, en: (n: number) => `for ${n} days` },
})
