import type { NotEntered } from './entry.ts'

/** Why a trigger let nobody in, as the dashboard says it. */
export const notEnteredLines = {
  other_event: { ko: '다른 행동이었어요.', en: 'It was another event.' },
  filtered: {
    ko: '행동의 조건에 맞지 않아서 들어오지 않았어요.',
    en: "Did not enter: the event did not fit the trigger's conditions.",
  },
  imported: {
    ko: '파일로 가져온 기록이라서 들어오지 않았어요.',
    en: 'Did not enter: the event was imported.',
  },
  too_late: {
    ko: '하루 넘게 늦게 도착한 행동이라서 들어오지 않았어요.',
    en: 'Did not enter: the event came more than a day late.',
  },
  already_in: {
    ko: '이미 캠페인 안에 있어서 다시 들어오지 않았어요.',
    en: 'Did not enter again: was in the campaign already.',
  },
  reentry: {
    ko: '다시 들어올 수 있는 때가 아니라서 들어오지 않았어요.',
    en: 'Did not enter: it was too soon to enter again.',
  },
  not_in_audience: {
    ko: '대상 세그먼트에 없어서 들어오지 않았어요.',
    en: 'Did not enter: was not in the audience.',
  },
  internal: {
    ko: '내부 직원으로 표시되어 들어오지 않았어요.',
    en: 'Did not enter: is marked as staff.',
  },
} as const satisfies Record<NotEntered, { readonly ko: string; readonly en: string }>
