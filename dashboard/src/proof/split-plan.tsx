import type { SplitMetric, SplitPlan } from '../api/outside-splits.ts'
import { type Language, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { meanText, metricNames } from '../campaigns/metric-words.ts'
import { count, people, percent } from '../design/format.ts'
import style from './splits.module.css'

const text = words({
  nobody: {
    ko: '지금 나눌 고객이 없어요. 조건을 넓혀 보세요.',
    en: 'There is nobody to split now. Widen the conditions.',
  },
  now: {
    ko: (n: string, sent: string, held: string) =>
      `지금 ${n}이에요. 보낼 사람 ${sent}, 대조군 ${held}쯤으로 나뉘어요.`,
    en: (n: string, sent: string, held: string) =>
      `${n} now: about ${sent} to send to and ${held} held out.`,
  },
  base: {
    ko: (days: number, name: string, mean: string) =>
      `같은 고객의 지난 ${days}일 ${name}: ${mean}.`,
    en: (days: number, name: string, mean: string) =>
      `What they did in the last ${days} days, ${name.toLowerCase()}: ${mean}.`,
  },
  baseJoin: {
    ko: (days: number, mean: string) =>
      `회원이 아니던 방문 고객이 ${days}일 안에 가입한 비율: ${mean}. 이 비율로 어림했어요.`,
    en: (days: number, mean: string) =>
      `Of visitors who were no members, ${mean} joined within ${days} days: that is what is expected.`,
  },
  leftOut: {
    ko: (n: string) =>
      `이 밖에 ${n}쯤은 모든 광고를 받지 않는 대조군이라 어느 명단에도 넣지 않아요.`,
    en: (n: string) => `About ${n} more get no advertising at all and are put on neither list.`,
  },
  shows: {
    ko: (lift: string) => `이만한 인원이면 ${lift} 넘게 늘 때 알 수 있어요.`,
    en: (lift: string) => `So many people can show an increase of more than ${lift}.`,
  },
  showsNone: {
    ko: '이만한 인원으로는 큰 효과도 가려내기 어려워요.',
    en: 'So few people can hardly show even a large effect.',
  },
  enough: {
    ko: (lift: string, n: string) => `${lift} 느는 효과를 보려면 ${n}이 필요해요. 충분해요.`,
    en: (lift: string, n: string) => `An increase of ${lift} takes ${n}. That is enough.`,
  },
  more: {
    ko: (lift: string, n: string, more: string) =>
      `${lift} 느는 효과를 보려면 ${n}이 필요해요. ${more} 더 있어야 해요.`,
    en: (lift: string, n: string, more: string) =>
      `An increase of ${lift} takes ${n}: ${more} more.`,
  },
  half: { ko: '대조군이 50 %일 때 가장 적게 들어요.', en: 'Holding out 50 % takes fewest.' },
  unknown: {
    ko: '지난 기록이 적어 미리 어림할 수 없어요. 나누고 재는 데는 문제없어요.',
    en: 'Too little has happened so far to tell what to expect. It can be split and measured all the same.',
  },
  when: {
    ko: (days: number) => `결과는 나눈 지 ${days}일 뒤에 나와요.`,
    en: (days: number) => `The result comes ${days} days after the split.`,
  },
})

type Props = {
  readonly plan: SplitPlan
  readonly share: number
  readonly metric: SplitMetric
  readonly windowDays: number
  readonly language: Language
}

/** How many it would be, and how small an effect they can show. */
export function SplitPlanWords({ plan, share, metric, windowDays, language }: Props) {
  const said = useWords(text)
  const names = useWords(metricNames)
  const { currency } = useSession().shop
  if (plan.people === 0) return <p className={style.plan}>{said.nobody}</p>
  const held = Math.round(plan.people * share)
  const one = plan.shares.find((known) => known.share === share)
  const lift = percent(plan.lift).replace('.0', '')
  const needed = one && people(one.people, language)
  return (
    <div className={style.stack}>
      <p className={style.plan}>
        {said.now(
          people(plan.people, language),
          people(plan.people - held, language),
          people(held, language),
        )}
      </p>
      {plan.leftOut > 0 && (
        <p className={style.note}>{said.leftOut(people(plan.leftOut, language))}</p>
      )}
      {plan.base !== null && metric === 'sign_up' && (
        <p className={style.note}>
          {said.baseJoin(windowDays, meanText(metric, plan.base, { currency, language }))}
        </p>
      )}
      {plan.base !== null && metric !== 'sign_up' && (
        <p className={style.note}>
          {said.base(
            windowDays,
            names[metric],
            meanText(metric, plan.base, { currency, language }),
          )}
        </p>
      )}
      {one && needed ? (
        <>
          <p className={style.plan}>
            {one.smallest === null ? said.showsNone : said.shows(percent(one.smallest))}
          </p>
          <p className={style.note}>
            {one.people <= plan.people
              ? said.enough(lift, needed)
              : said.more(
                  lift,
                  needed,
                  `${count(one.people - plan.people, language)}${language === 'ko' ? '명' : ''}`,
                )}{' '}
            {one.people > plan.people && share < 0.5 && said.half}
          </p>
        </>
      ) : (
        <p className={style.note}>{said.unknown}</p>
      )}
      <p className={style.note}>{said.when(windowDays)}</p>
    </div>
  )
}
