import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useParams } from 'wouter'
import { listVersions, restoreVersion, type Version } from '../api/campaign-shelf.ts'
import { getCampaign } from '../api/campaigns.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure, Tag } from '../design/states.tsx'
import style from './campaigns.module.css'
import { differenceSentence, differenceValues } from './difference-words.ts'

const text = words({
  title: { ko: '바뀐 기록', en: 'Versions' },
  purpose: {
    ko: '반영할 때마다 한 판씩 남아요. 이전 판을 초안으로 되돌려 볼 수 있고, 반영하기 전까지는 아무것도 바뀌지 않아요.',
    en: 'Each publication is kept. An earlier one can be had back as the draft; nothing changes until you publish it.',
  },
  back: { ko: '캠페인', en: 'Campaign' },
  numbered: { ko: (n: number) => `${n}판`, en: (n: number) => `Version ${n}` },
  now: { ko: '지금 쓰는 판', en: 'in use' },
  first: { ko: '처음 반영했어요.', en: 'The first one.' },
  same: { ko: '흐름은 그대로예요.', en: 'The flow is the same.' },
  restore: { ko: '초안으로 되돌리기', en: 'Restore as the draft' },
  restored: { ko: '초안으로 가져왔어요. 확인하고 반영해 주세요.', en: 'Restored as the draft.' },
  more: { ko: '더 보기', en: 'Show more' },
  none: { ko: '없음', en: 'none' },
  byKey: { ko: '우리 서버', en: 'your server' },
  emptyTitle: { ko: '아직 반영한 적이 없어요', en: 'Nothing published yet' },
  empty: {
    ko: '캠페인을 켜면 그때의 흐름이 여기에 남아요.',
    en: 'When the campaign is switched on, its flow is kept here.',
  },
})

/** `/campaigns/7/versions`: what each publication changed; each can be had back as the draft. */
export function Versions() {
  const said = useWords(text)
  const id = Number(useParams<{ readonly id: string }>().id)
  const queries = useQueryClient()
  const [, go] = useLocation()
  const campaign = useQuery({
    queryKey: ['campaigns', 'one', id],
    queryFn: ({ signal }) => getCampaign(id, signal),
  })
  const list = useKeyset(['campaigns', 'versions', id], (after, signal) =>
    listVersions(id, { after, limit: 20 }, signal),
  )
  const restoring = useMutation({
    mutationFn: (version: number) => restoreVersion(id, version),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['campaigns'] })
      notifications.show({ message: said.restored })
      go(`/campaigns/${id}`)
    },
  })
  const error = list.error ?? campaign.error ?? restoring.error
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      back={{ to: `/campaigns/${id}`, label: campaign.data?.name ?? said.back }}
    >
      <Card flush>
        {error ? <Failure error={error} retry={list.retry} /> : !list.rows && <Bones lines={4} />}
        {list.rows?.length === 0 && <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
        <ol className={style.versions}>
          {list.rows?.map((version) => (
            <li key={version.version}>
              <OneVersion
                version={version}
                current={version.version === campaign.data?.version}
                busy={restoring.isPending}
                restore={() => restoring.mutate(version.version)}
              />
            </li>
          ))}
        </ol>
        {list.more && (
          <Button
            variant="subtle"
            loading={list.moreBusy}
            onClick={() => void list.more?.()}
            m={12}
          >
            {said.more}
          </Button>
        )}
      </Card>
    </Page>
  )
}

function OneVersion(props: {
  readonly version: Version
  readonly current: boolean
  readonly busy: boolean
  readonly restore: () => void
}) {
  const { version, current } = props
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const { timeZone } = useSession().shop
  const what = version.differences.map((one) => ({
    says: differenceSentence(one, language),
    values: differenceValues(one, language),
  }))
  return (
    <>
      <div style={{ flex: '1 1 280px', minWidth: 0 }}>
        <b>{said.numbered(version.version)}</b> {current && <Tag meaning="accent">{said.now}</Tag>}
        <div className={style.stepNote}>
          {dayAndTime(version.at, { timeZone, language }, Date.now())} ·{' '}
          {version.by.startsWith('key:') ? said.byKey : version.by}
        </div>
        <ul className={style.versionChanges}>
          {what.length > 0 ? (
            what.map(({ says, values }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two steps of one kind read the same
              <li key={at}>
                {says}
                {values.map(({ name, was, is }, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two texts may change the same way
                  <div key={nth} className={style.stepNote}>
                    {name !== undefined && `${name}: `}
                    <del>{was ?? said.none}</del> → <ins>{is ?? said.none}</ins>
                  </div>
                ))}
              </li>
            ))
          ) : (
            <li>{version.version === 1 ? said.first : said.same}</li>
          )}
        </ul>
      </div>
      {may && !current && (
        <Button variant="default" size="compact-sm" disabled={props.busy} onClick={props.restore}>
          {said.restore}
        </Button>
      )}
    </>
  )
}
