import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { day } from '../design/format.ts'
import style from './value.module.css'

const text = words({
  ended: {
    ko: (when: string) =>
      `마지막 주문이 있던 ${when}에 서서 본 숫자예요. 그 뒤로는 주문 기록이 없어요.`,
    en: (when: string) => `As of ${when}, when the last order was made; nothing is known after it.`,
  },
})

/** Said where the shop's orders have ended: the figures stand on the day of the last one. */
export function Ended({ asOf, madeAt }: { readonly asOf: number; readonly madeAt: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  if (asOf === madeAt) return null
  return (
    <p className={style.line} style={{ margin: '0 0 16px' }}>
      {said.ended(day(asOf, { timeZone: shop.timeZone, language }, madeAt))}
    </p>
  )
}
