import type { Difference, FlowSetting } from '../../../server/src/campaigns/flow-differences.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import { inLanguage, type Language } from '../app/language.ts'
import { kindNames } from './flow/step-words.ts'

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
  learning: { ko: '배우는 기간', en: 'the learning period' },
  precedence: { ko: '우선순위', en: 'the priority' },
  nature: { ko: '광고·정보 구분', en: 'advertising or informational' },
  hours: { ko: '보내는 시간대', en: 'the sending hours' },
  perHour: { ko: '시간당 발송량', en: 'the rate an hour' },
}

const verbs = {
  added: { ko: '더했어요', en: 'Added' },
  removed: { ko: '뺐어요', en: 'Removed' },
  changed: { ko: '고쳤어요', en: 'Changed' },
  moved: { ko: '옮겼어요', en: 'Moved' },
} as const

/** One difference of two versions as a sentence. */
export function differenceSentence(one: Difference, language: Language): string {
  if (one.kind === 'setting') {
    const { ko, en } = settings[one.setting]
    return language === 'ko' ? `${josa(ko, '을/를')} 고쳤어요` : `Changed ${en}`
  }
  const [step, did] = [inLanguage(kindNames, language)[one.stepKind], verbs[one.kind][language]]
  return language === 'ko' ? `‘${step}’ 단계를 ${did}` : `${did} the step “${step}”`
}
