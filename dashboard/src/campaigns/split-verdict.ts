import type { SplitReport } from '../../../server/src/campaigns/split-report.ts'
import { leastPeople } from '../../../server/src/statistics/power.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { people, points, pointsRange } from '../design/format.ts'

const text = words({
  early: { ko: '비교하기엔 아직 일러요.', en: 'It is too early to compare.' },
  earlyText: {
    ko: (n: string) => `어느 쪽이나 ${n}은 있어야 나은 쪽을 말할 수 있어요.`,
    en: (n: string) => `Each side needs ${n} before anything can be said.`,
  },
  off: {
    ko: '나눔이 어긋나서 나은 쪽을 말할 수 없어요.',
    en: 'The split is off, so none can be called better.',
  },
  offText: {
    ko: '각 쪽의 인원이 정한 비율과 너무 달라요. 한쪽에서만 고객이 빠지는 곳이 있는지 연결과 조건을 확인해 주세요.',
    en: 'The sides are not as large as set. One of them may be losing people: look at connections and conditions.',
  },
  better: {
    ko: (name: string) => `‘${name}’ 쪽이 목표를 더 자주 이뤘어요.`,
    en: (name: string) => `“${name}” reached the goal more often.`,
  },
  unsure: {
    ko: '어느 쪽이 나은지 아직 확실하지 않아요.',
    en: 'Which is better is not certain yet.',
  },
  difference: {
    ko: (next: string, by: string, range: string) =>
      `‘${next}’ 쪽과의 차이는 ${by}예요 (구간 ${range}).`,
    en: (next: string, by: string, range: string) =>
      `The difference to “${next}” is ${by} (interval ${range}).`,
  },
  now: {
    ko: (name: string, next: string) => `지금은 ‘${name}’ 쪽이 ‘${next}’ 쪽보다 높아요.`,
    en: (name: string, next: string) => `“${name}” is above “${next}” now.`,
  },
  chance: {
    ko: (by: string, range: string) => `차이 ${by}는 우연일 수 있어요 (구간 ${range}).`,
    en: (by: string, range: string) => `The difference of ${by} may be chance (interval ${range}).`,
  },
  level: {
    ko: (range: string) => `지금까지는 차이가 없어요 (구간 ${range}).`,
    en: (range: string) => `There is no difference so far (interval ${range}).`,
  },
  even: {
    ko: (n: string) => `이 비교는 고르게 나눈 ${n}만 셌어요.`,
    en: (n: string) => `Only the ${n} who were shared out evenly are compared.`,
  },
  learnt: {
    ko: (n: string) => `잘되는 쪽으로 보낸 ${n}은 뺐어요.`,
    en: (n: string) => `The ${n} sent where it went well are left out.`,
  },
  reshared: {
    ko: '비율이 바뀌어서, 같은 비율로 나눈 사람끼리만 비교했어요.',
    en: 'The shares were changed: people are compared with those shared out by the same ones.',
  },
})

export type SplitVerdict = {
  readonly meaning: 'caused' | 'held' | 'off'
  readonly headline: string
  /** The numbers it rests on. */
  readonly says: string
  /** Who is compared with whom; undefined where everybody is with everybody. */
  readonly whom: string | undefined
}

/** What a split says in plain words: which arm is better and by how much, or that nobody can say yet. */
export function splitVerdict(split: SplitReport, language: Language): SplitVerdict {
  const said = inLanguage(text, language)
  const { ahead, arms } = split
  const whom = whomOf(split, language)
  if (split.isMismatched) return { meaning: 'off', headline: said.off, says: said.offText, whom }
  if (!ahead) {
    const says = said.earlyText(people(leastPeople, language))
    return { meaning: 'held', headline: said.early, says, whom }
  }
  const nameOf = (id: string) => arms.find((arm) => arm.id === id)?.name ?? id
  const [best, next] = [nameOf(ahead.arm), nameOf(ahead.than)]
  const by = points(ahead.value, language)
  const range = pointsRange(ahead.low, ahead.high, language)
  if (split.leader !== null) {
    const says = said.difference(next, by, range)
    return { meaning: 'caused', headline: said.better(best), says, whom }
  }
  const says =
    ahead.value > 0 ? `${said.now(best, next)} ${said.chance(by, range)}` : said.level(range)
  return { meaning: 'held', headline: said.unsure, says, whom }
}

function whomOf(split: SplitReport, language: Language): string | undefined {
  const said = inLanguage(text, language)
  const sentences = [
    ...(split.mode === 'adaptive' ? [evenlyDrawn(split.arms, language)] : []),
    ...(split.reshared ? [said.reshared] : []),
  ]
  return sentences.length > 0 ? sentences.join(' ') : undefined
}

function evenlyDrawn(arms: SplitReport['arms'], language: Language): string {
  const said = inLanguage(text, language)
  const judged = arms.reduce((sum, arm) => sum + arm.judged.people, 0)
  const all = arms.reduce((sum, arm) => sum + arm.all.people, 0)
  const even = said.even(people(judged, language))
  return all > judged ? `${even} ${said.learnt(people(all - judged, language))}` : even
}
