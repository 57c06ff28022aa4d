import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getNumberChecks } from '../../api/numbers.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { count, dayAndTime } from '../../design/format.ts'
import { Tag } from '../../design/states.tsx'

const text = words({
  matched: {
    ko: (at: string) => `쇼핑몰 숫자와 ${at}에 맞았어요`,
    en: (at: string) => `Matched the shop’s numbers ${at}`,
  },
  differs: {
    ko: (n: string) => `쇼핑몰 숫자와 다른 것이 ${n}건 있어요`,
    en: (n: string) => `${n} differ from the shop’s numbers`,
  },
})

/** When our numbers were last the same as the shop's; nothing where nothing of the shop is known. */
export function Matched() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const checks = useQuery({
    queryKey: ['number-checks'],
    queryFn: ({ signal }) => getNumberChecks(signal),
  })
  const newest = [...(checks.data?.items ?? [])].sort((a, b) => b.checkedAt - a.checkedAt)[0]
  if (!newest) return null
  const { differences, matchedAt, period, checkedAt } = newest
  const when = { timeZone: shop.timeZone, language }
  return (
    <Link href={`/connect/numbers?period=${period}`}>
      {differences === 0 ? (
        <Tag meaning="quiet" dot>
          {said.matched(dayAndTime(matchedAt ?? checkedAt, when))}
        </Tag>
      ) : (
        <Tag meaning="attention" dot>
          {said.differs(count(differences, language))}
        </Tag>
      )}
    </Link>
  )
}
