import type { EffectReport } from '../api/effect.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { EffectRow, EffectTable, useEffectHeads } from './effect-table.tsx'
import style from './report.module.css'

const text = words({
  title: { ko: '나빠지면 안 되는 것', en: 'What must not get worse' },
  note: {
    ko: '메시지가 부른 피해가 없는지 같은 방법으로 비교해요.',
    en: 'Harm the message may do, compared in the same way.',
  },
  opt_out: { ko: '수신거부', en: 'Opt-outs' },
  complaint: { ko: '불만 신고', en: 'Complaints' },
  refund: { ko: '환불한 고객', en: 'People refunded' },
  outcome: { ko: '무엇', en: 'What' },
  difference: { ko: '차이', en: 'Difference' },
  tooMany: {
    ko: '수신거부가 0.5 %를 넘었어요. 받는 사람과 횟수를 줄여 보세요.',
    en: 'More than 0.5 % opted out. Message fewer people, less often.',
  },
  worse: {
    ko: (what: string) => `${what}: 대조군보다 확실히 많아요.`,
    en: (what: string) => `${what}: certainly more than in the hold-out.`,
  },
})

/** Above this share of opt-outs the campaign harms more than one campaign is worth. */
const optOutLimit = 0.005

/** Opt-outs, complaints and refunds of both groups. */
export function Guards({
  guards,
  onPage = false,
}: Pick<EffectReport, 'guards'> & { readonly onPage?: boolean }) {
  const said = useWords(text)
  const { treatment, holdout } = useEffectHeads(onPage)
  const known = guards.some(({ effect }) => effect.people.treatment > 0)
  if (!known) return null
  const left = guards.find(({ kind }) => kind === 'opt_out')?.effect
  const isTooMany =
    left && left.verdict !== 'too_little' && (left.means.treatment ?? 0) > optOutLimit
  const worse = guards.filter(({ effect }) => effect.verdict === 'helps')
  return (
    <Card title={said.title} note={said.note}>
      {isTooMany && <p className={style.alarm}>{said.tooMany}</p>}
      {worse.map(({ kind }) => (
        <p key={kind} className={style.alarm}>
          {said.worse(said[kind])}
        </p>
      ))}
      <EffectTable
        isSmall
        heads={[said.outcome, treatment, holdout, said.difference].map((label) => ({ label }))}
      >
        {guards.map(({ kind, effect }) => (
          <EffectRow
            key={kind}
            name={said[kind]}
            metric="purchase"
            {...{ effect, onPage }}
            isTrusted
            isSmall
          />
        ))}
      </EffectTable>
    </Card>
  )
}
