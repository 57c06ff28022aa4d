import type { ReactNode } from 'react'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { useWords, words } from '../app/language.ts'
import { useVoice } from './flow/editing.ts'
import { oftenNames } from './flow/page-form.tsx'
import { stepSentence } from './flow/step-words.ts'
import { becauseNames } from './nature.ts'
import { isOnPageOnly } from './on-page.ts'
import { whomAndWhen } from './whom-and-when.ts'

const text = words({
  once: { ko: '한 사람에게 평생 한 번이에요.', en: 'Once ever for a person.' },
  what: { ko: '무엇을', en: 'What' },
  split: { ko: 'A/B', en: 'A/B' },
  most: { ko: '얼마나 자주', en: 'How often' },
  mostSays: {
    ko: (days: number) => `마지막 메시지 뒤 ${days}일이 지나야 다시 들어올 수 있어요.`,
    en: (days: number) => `A person can enter again ${days} days after the last message.`,
  },
  mostAtOnce: {
    ko: '나간 고객은 언제든 다시 들어올 수 있어요.',
    en: 'Whoever has left can enter again at any time.',
  },
  holdout: { ko: '대조군', en: 'Hold-out' },
  holdoutNone: {
    ko: '없어요. 모두에게 보내니 메시지 덕분인지 알 수 없어요.',
    en: 'None: everybody gets it, and nobody can tell what the message did.',
  },
  holdoutSays: {
    ko: (share: number) => `${share} %는 일부러 보내지 않고 비교해요.`,
    en: (share: number) => `${share} % are left out on purpose and compared.`,
  },
  learns: {
    ko: (people: number, share: number, after: number) =>
      `처음 ${people.toLocaleString('ko-KR')}명까지는 ${share} %(약 ${Math.round((people * share) / 100).toLocaleString('ko-KR')}명)를, 그 뒤에는 ${after} %를 일부러 빼고 비교해요.`,
    en: (people: number, share: number, after: number) =>
      `${share} % of the first ${people.toLocaleString('en-US')} (about ${Math.round((people * share) / 100).toLocaleString('en-US')}) are left out on purpose, then ${after} %.`,
  },
  pageNone: {
    ko: '없어요. 모두에게 보여주니 메시지 덕분인지 알 수 없어요.',
    en: 'None: everybody sees it, and nobody can tell what the message did.',
  },
  pageSays: {
    ko: (share: number) => `${share} %에게는 일부러 보여주지 않고 비교해요.`,
    en: (share: number) => `${share} % do not see it, on purpose, and are compared.`,
  },
})

/** What a campaign does, line by line, as it is looked over before it is switched on. */
export function useReview(flow: Flow): readonly (readonly [name: string, says: ReactNode])[] {
  const said = useWords(text)
  const because = useWords(becauseNames)
  const oftens = useWords(oftenNames)
  const voice = useVoice()
  const { trigger, reentry } = flow
  const messages = stepsOf(flow).filter(({ kind }) => kind === 'message' || kind === 'webhook')
  const splits = stepsOf(flow).filter(({ kind }) => kind === 'split')
  const share = Math.round(flow.holdoutShare * 100)
  const onPage = isOnPageOnly(flow)
  const none = onPage ? said.pageNone : said.holdoutNone
  const some = onPage ? said.pageSays : said.holdoutSays
  const again =
    reentry.afterDays === null
      ? said.once
      : reentry.afterDays === 0
        ? said.mostAtOnce
        : said.mostSays(reentry.afterDays)
  return [
    ...whomAndWhen({ flow, voice, because }),
    [
      said.what,
      <span key="what">
        {messages.map((step) => (
          <span key={step.id} style={{ display: 'block' }}>
            {stepSentence(step, flow, voice)}
          </span>
        ))}
      </span>,
    ],
    ...splits.map((step) => [said.split, stepSentence(step, flow, voice)] as const),
    // A page asks its own rule; entering again is no matter of days there.
    [said.most, trigger.kind === 'page' ? `${oftens[trigger.often]}.` : again],
    [
      said.holdout,
      flow.learning
        ? said.learns(flow.learning.people, Math.round(flow.learning.share * 100), share)
        : share === 0
          ? none
          : some(share),
    ],
  ]
}
