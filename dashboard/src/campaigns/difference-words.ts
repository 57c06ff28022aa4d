import type { Difference, FlowSetting } from '../../../server/src/campaigns/flow-differences.ts'
import type { Step } from '../../../server/src/campaigns/steps/table.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import type { Language } from '../app/language.ts'

type Said = { readonly ko: string; readonly en: string }

const settings: { readonly [S in FlowSetting]: Said } = {
  trigger: { ko: '시작 조건', en: 'what lets people in' },
  audience: { ko: '받는 사람', en: 'the audience' },
  reentry: { ko: '다시 들어오는 규칙', en: 'the entry rule' },
  restartOn: { ko: '다시 기다리게 하는 행동', en: 'what restarts waits' },
  exits: { ko: '나가는 조건', en: 'the exits' },
  conditions: { ko: '보내기 직전 조건', en: 'the conditions before sending' },
  goal: { ko: '목표', en: 'the goal' },
  holdoutShare: { ko: '대조군 비율', en: 'the hold-out' },
  precedence: { ko: '우선순위', en: 'the priority' },
  nature: { ko: '광고·정보 구분', en: 'advertising or informational' },
  hours: { ko: '보내는 시간대', en: 'the sending hours' },
  perHour: { ko: '시간당 발송량', en: 'the rate an hour' },
}

/** What each kind of step is called. */
const stepNames: { readonly [K in Step['kind']]: Said } = {
  wait: { ko: '기다리기', en: 'a wait' },
  wait_until: { ko: '정한 때까지 기다리기', en: 'a wait until a time' },
  wait_for: { ko: '행동 기다리기', en: 'a wait for an event' },
  branch: { ko: '조건으로 나누기', en: 'a branch' },
  split: { ko: '무작위로 나누기', en: 'a random split' },
  message: { ko: '메시지', en: 'a message' },
  coupon: { ko: '쿠폰 발급', en: 'a coupon' },
  set_trait: { ko: '고객 정보 바꾸기', en: 'a change of a trait' },
  list: { ko: '명단에 넣고 빼기', en: 'a list' },
  webhook: { ko: '서버 호출', en: 'a call' },
  goto: { ko: '다른 단계로 가기', en: 'a jump' },
  exit: { ko: '끝내기', en: 'an exit' },
}

const verbs = {
  added: { ko: '더했어요', en: 'Added' },
  removed: { ko: '뺐어요', en: 'Removed' },
  changed: { ko: '고쳤어요', en: 'Changed' },
  moved: { ko: '옮겼어요', en: 'Moved' },
} as const

/** One difference of two versions as a sentence. */
export function differenceSentence(one: Difference, language: Language): string {
  const [what, did] =
    one.kind === 'setting'
      ? [settings[one.setting], verbs.changed]
      : [stepNames[one.stepKind], verbs[one.kind]]
  return language === 'ko' ? `${josa(what.ko, '을/를')} ${did.ko}` : `${did.en} ${what.en}`
}
