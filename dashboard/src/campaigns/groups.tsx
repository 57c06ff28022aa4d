import type { CampaignReport, Group } from '../api/campaign-report.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { count, money, percent } from '../design/format.ts'
import style from './report.module.css'

const text = words({
  group: { ko: '그룹', en: 'Group' },
  treatment: { ko: '보내기로 한 고객', en: 'Chosen for a message' },
  holdout: { ko: '대조군', en: 'Held out' },
  people: { ko: '인원', en: 'People' },
  rate: { ko: '구매 완료율', en: 'Completion rate' },
  revenue: { ko: '1인당 매출', en: 'Revenue per person' },
})

/** The two sides of the comparison, counted alike. */
export function Groups({ report }: { readonly report: CampaignReport }) {
  const said = useWords(text)
  return (
    <table className={style.groups}>
      <thead>
        <tr>
          <th scope="col">{said.group}</th>
          <th scope="col">{said.people}</th>
          <th scope="col">{said.rate}</th>
          <th scope="col">{said.revenue}</th>
        </tr>
      </thead>
      <tbody>
        <Side name={said.treatment} group={report.treatment} />
        <Side name={said.holdout} group={report.holdout} held />
      </tbody>
    </table>
  )
}

type SideProps = { readonly name: string; readonly group: Group; readonly held?: boolean }

function Side({ name, group, held = false }: SideProps) {
  const language = useLanguage()
  const { shop } = useSession()
  const each = (amount: number) => (group.people === 0 ? undefined : amount / group.people)
  const rate = each(group.buyers)
  const revenue = each(group.revenue)
  return (
    <tr>
      <td>
        <span className={`${style.key} ${held ? style.keyHeld : ''}`} aria-hidden="true" />
        {name}
      </td>
      <td>{count(group.people, language)}</td>
      <td>{rate === undefined ? '–' : percent(rate)}</td>
      <td>{revenue === undefined ? '–' : money(revenue, shop.currency, language)}</td>
    </tr>
  )
}
