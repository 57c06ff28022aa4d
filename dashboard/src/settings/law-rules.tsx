import type { Rule } from '../../../server/src/messages/law/rule.ts'
import { law } from '../../../server/src/messages/law.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import style from './law-rules.module.css'

const text = words({
  title: { ko: '법과 발송 규칙', en: 'Law and sending rules' },
  note: {
    ko: '보내지 않은 이유에 나오는 규칙을 모두 모았어요. 엔지니어가 정리한 것이고 법률 자문이 아니에요. 중요한 일은 변호사와 확인해 주세요.',
    en: 'Every rule that a refusal may name. Written by engineers; this is not legal advice. Ask a lawyer where it matters.',
  },
  fine: {
    ko: '광고 규칙(정보통신망법 제50조)을 어기면 3천만 원 이하의 과태료나, 2026년 10월부터는 관련 매출액의 6 %까지 과징금을 낼 수 있어요 (제50조의9, 제76조).',
    en: 'Breaking the rules of advertising (Network Act, article 50) can cost a fine of up to ₩30 million or, since October 2026, up to 6 % of the revenue concerned (articles 50-9 and 76).',
  },
  kept: { ko: '단골이 지키는 방법', en: 'How it is held to' },
  open: { ko: '확인하지 못한 것', en: 'Not confirmed' },
  read: {
    ko: (day: string) => `${day}에 마지막으로 살펴봄`,
    en: (day: string) => `last read ${day}`,
  },
  count: { ko: (n: number) => `규칙 ${n}개`, en: (n: number) => `${n} rules` },
})

/** 설정 > 법과 발송 규칙: each rule with its article, how it is held to, when it was read and what stays open. */
export function LawRules() {
  const said = useWords(text)
  const language = useLanguage()
  const rules = Object.entries<Rule>(law)
  return (
    <Card
      title={said.title}
      note={said.note}
      beside={<span className={style.read}>{said.count(rules.length)}</span>}
    >
      <p className={style.fine}>{said.fine}</p>
      <ul className={style.rules}>
        {rules.map(([key, rule]) => (
          <li key={key} id={key} className={style.rule}>
            <div className={style.article}>
              {rule.article[language]}
              <span className={style.read}>{said.read(rule.reviewed)}</span>
            </div>
            <p className={style.text}>{rule.text[language]}</p>
            <dl className={style.how}>
              <dt>{said.kept}</dt>
              <dd>{rule.kept[language]}</dd>
              {rule.unconfirmed && (
                <>
                  <dt className={style.open}>{said.open}</dt>
                  <dd>{rule.unconfirmed[language]}</dd>
                </>
              )}
            </dl>
          </li>
        ))}
      </ul>
    </Card>
  )
}
