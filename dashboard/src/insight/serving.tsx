import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listPlaybooks } from '../api/campaigns.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BeginPlaybook } from '../campaigns/begin-playbook.tsx'
import { ForChosen } from '../campaigns/for-chosen.tsx'
import { StateTag } from '../campaigns/state.tsx'
import style from './insight.module.css'

const text = words({
  report: { ko: '보고서', en: 'Report' },
  draft: { ko: '이어서 쓰기', en: 'Continue' },
})

/** The campaign that the shop made of a playbook for everybody it is for, or the way to one. */
export function Serving({ playbook }: { readonly playbook: string }) {
  const said = useWords(text)
  const language = useLanguage()
  // Without its counts the gallery is as of now.
  const playbooks = useQuery({
    queryKey: ['playbooks', 'uncounted'],
    queryFn: ({ signal }) => listPlaybooks(signal, { count: 'false' }),
    staleTime: 30_000,
  })
  // A button to begin, where a draft is about to appear, would make a second one.
  if (playbooks.isLoading) return null
  const known = playbooks.data?.items.find((one) => one.id === playbook)
  const campaign = known?.campaign
  const forChosen = <ForChosen count={known?.chosen ?? 0} look={style.quietLink} />
  if (!campaign || campaign.state === 'stopped') {
    return (
      <span className={style.campaign}>
        {known && <span>{known.name[language]}</span>}
        <BeginPlaybook playbook={playbook} />
        {forChosen}
      </span>
    )
  }
  const { id, name, state } = campaign
  return (
    <span className={style.campaign}>
      <StateTag state={state} />
      <Link href={`/campaigns/${id}`} className={style.link ?? ''}>
        {name}
      </Link>
      <Link
        href={state === 'draft' ? `/campaigns/${id}` : `/campaigns/${id}/report`}
        className={style.quietLink ?? ''}
        aria-label={`${state === 'draft' ? said.draft : said.report}: ${name}`}
      >
        {state === 'draft' ? said.draft : said.report}
      </Link>
      {forChosen}
    </span>
  )
}
