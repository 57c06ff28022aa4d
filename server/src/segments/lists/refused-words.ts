import type { RefusedReason } from './list.ts'

/** Why a line of a file put nobody on a list, as whoever brought it reads it. */
export const refusedWords: Readonly<
  Record<RefusedReason, { readonly ko: string; readonly en: string }>
> = {
  empty: { ko: '비어 있어요', en: 'It is empty' },
  unreadable: {
    ko: '이메일이나 전화번호의 모양이 아니에요',
    en: 'It is no e-mail address and no phone number',
  },
  not_found: { ko: '그런 고객이 없어요', en: 'There is no such customer' },
  too_many: {
    ko: '열 명이 넘는 고객이 같이 쓰는 값이에요',
    en: 'More than ten customers share it',
  },
}
