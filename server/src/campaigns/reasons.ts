import type { EndReason } from './end-reason.ts'

/** Why an enrolment is over, as the dashboard says it. */
export const endReasons = {
  completed: { ko: '마지막 단계까지 갔어요.', en: 'Reached the end.' },
  exit_step: { ko: '나가기 단계에서 끝났어요.', en: 'Ended at an exit step.' },
  ordered: {
    ko: '메시지를 보내기 전에 주문했어요.',
    en: 'Ordered before the message was sent.',
  },
  exit_event: { ko: '나가는 조건의 행동을 했어요.', en: 'Did what ends the campaign.' },
  goal_reached: { ko: '목표를 이뤄서 끝났어요.', en: 'Reached the goal.' },
  condition_no_longer: {
    ko: '보낼 조건에 더 이상 맞지 않아 보내지 않았어요.',
    en: 'Not sent: the conditions no longer held.',
  },
  step_removed: {
    ko: '서 있던 단계가 새 버전에서 없어져 끝났어요.',
    en: 'Ended: the step was taken out of the new version.',
  },
  cart_empty: { ko: '장바구니가 비어서 보내지 않았어요.', en: 'Not sent: the cart was empty.' },
  nothing_sellable: {
    ko: '담은 상품을 살 수 없게 되어 보내지 않았어요.',
    en: 'Not sent: nothing in the cart could be bought.',
  },
  merged: {
    ko: '같은 사람으로 밝혀져 먼저 들어온 쪽으로 합쳤어요.',
    en: 'Turned out to be the same person; the earlier entry goes on.',
  },
  campaign_stopped: {
    ko: '캠페인이 중지되어 보내지 않았어요.',
    en: 'Not sent: the campaign was stopped.',
  },
  erased: { ko: '고객 정보가 삭제되었어요.', en: "The customer's data was erased." },
  internal: {
    ko: '내부 직원으로 표시되어 끝났어요.',
    en: 'Ended: was marked as staff.',
  },
  too_many_steps: {
    ko: '한 번에 너무 많은 단계를 지나서 멈췄어요.',
    en: 'Stopped: too many steps at one moment.',
  },
} as const satisfies Record<EndReason, { readonly ko: string; readonly en: string }>

/** The line for a stored end reason; one this version does not know is shown as it is. */
export function endReasonLine(reason: string): { readonly ko: string; readonly en: string } {
  const known: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = endReasons
  return known[reason] ?? { ko: reason, en: reason }
}
