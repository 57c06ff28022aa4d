import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { createCampaign, listPlaybooks, type PlaybookCard } from '../api/campaigns.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { people } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './campaigns.module.css'
import { StepMark } from './step-mark.tsx'

const text = words({
  title: { ko: '시나리오', en: 'Playbooks' },
  purpose: {
    ko: '검증해 볼 만한 캠페인을 미리 써 두었어요. 고르면 바로 고칠 수 있는 초안이 돼요.',
    en: 'Campaigns worth trying, written for you. Choose one and it becomes a draft you can change.',
  },
  enters: { ko: '들어오는 손님', en: 'Who enters' },
  today: { ko: '하루 동안 들어올 손님', en: 'Would enter in a day' },
  result: { ko: '우리 상점 결과', en: 'In this shop' },
  noResult: {
    ko: '아직 없어요. 켜면 대조군과 비교해 알려드려요.',
    en: 'none yet; once live it is compared with its hold-out',
  },
  use: { ko: '이 시나리오로 초안 만들기', en: 'Make a draft of this' },
})

/** Ready-made campaigns, each with its flow drawn small. */
export function Gallery() {
  const said = useWords(text)
  const playbooks = useQuery({
    queryKey: ['playbooks'],
    queryFn: ({ signal }) => listPlaybooks(signal),
    staleTime: 300_000,
  })
  return (
    <Page title={said.title} purpose={said.purpose}>
      {playbooks.error && <Failure error={playbooks.error} retry={() => playbooks.refetch()} />}
      <div className={style.gallery}>
        {playbooks.isLoading && (
          <Card flush>
            <Bones lines={7} />
          </Card>
        )}
        {playbooks.data?.items.map((playbook) => (
          <PlaybookTile key={playbook.id} playbook={playbook} />
        ))}
      </div>
    </Page>
  )
}

function PlaybookTile({ playbook }: { readonly playbook: PlaybookCard }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const [, go] = useLocation()
  const queries = useQueryClient()
  const making = useMutation({
    mutationFn: () => createCampaign({ playbook: playbook.id, name: playbook.name[language] }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['campaigns'] })
      go(`/campaigns/${made.id}`)
    },
  })
  return (
    <Card>
      <div className={style.play}>
        <ol className={style.sketch}>
          {playbook.sketch.map((step) => (
            <li key={step.text.ko}>
              <StepMark kind={step.kind} />
              {step.text[language]}
            </li>
          ))}
        </ol>
        <h2 className={style.playName}>{playbook.name[language]}</h2>
        <p className={style.about}>{playbook.about[language]}</p>
        <dl className={style.facts}>
          <dt>{said.enters}</dt>
          <dd>{playbook.enters[language]}</dd>
          <dt>{said.today}</dt>
          <dd>{people(playbook.wouldEnterToday, language)}</dd>
          <dt>{said.result}</dt>
          <dd>{said.noResult}</dd>
        </dl>
        <div className={style.grow} />
        {making.error && <Failure error={making.error} />}
        {may && (
          <Button fullWidth loading={making.isPending} onClick={() => making.mutate()}>
            {said.use}
          </Button>
        )}
      </div>
    </Card>
  )
}
