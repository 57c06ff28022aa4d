import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { useKeyset } from '../api/keyset.ts'
import { getInboxMail, listInbox } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { ago, dayAndTime } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, Bones, EmptyState, Failure } from '../design/states.tsx'
import style from './messages.module.css'
import { Paper } from './paper.tsx'

const text = words({
  title: { ko: '테스트 수신함', en: 'Test inbox' },
  purpose: {
    ko: '메일 서버를 연결하기 전에는 모든 메일이 밖으로 나가지 않고 여기에 와요. 받는 사람이 볼 모습 그대로예요.',
    en: 'Until a mail server is connected, every mail arrives here instead of leaving, just as its reader would see it.',
  },
  list: { ko: '받은 메일', en: 'Mails' },
  more: { ko: '더 보기', en: 'Show more' },
  to: { ko: '받는 사람', en: 'To' },
  emptyTitle: { ko: '아직 온 메일이 없어요', en: 'No mail yet' },
  empty: {
    ko: '캠페인을 켜고 상점에서 상품을 담은 뒤 기다려 보세요. 시간이 되면 여기로 메일이 와요.',
    en: 'Switch on a campaign, put something in the cart of the shop and wait. When its time has come, the mail arrives here.',
  },
  mayNot: {
    ko: '메일의 내용은 마케터와 개발자만 볼 수 있어요.',
    en: 'Only marketers and developers may read the mails.',
  },
  make: { ko: '시나리오 고르기', en: 'Choose a playbook' },
})

/** What the recorder was handed, newest first. */
export function Inbox() {
  const said = useWords(text)
  const [params, setParams] = useSearchParams()
  const list = useKeyset(
    ['inbox'],
    (after, signal) => listInbox({ after, limit: 50 }, signal),
    5_000,
  )
  const asked = Number(params.get('mail'))
  const chosen = list.rows?.find((mail) => mail.id === asked)?.id ?? list.rows?.[0]?.id
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const narrow = useMediaQuery('(max-width: 991px)') ?? false
  const shown = may ? chosen !== undefined && <Mail id={chosen} /> : <p>{said.mayNot}</p>
  return (
    <Page title={said.title} purpose={said.purpose} width="wide">
      {list.error && <Failure error={list.error} retry={list.retry} />}
      {!list.rows && !list.error && (
        <Card flush>
          <Bones lines={6} />
        </Card>
      )}
      {list.rows?.length === 0 && (
        <Card flush>
          <EmptyState
            title={said.emptyTitle}
            action={
              <Button component={Link} href="/playbooks">
                {said.make}
              </Button>
            }
          >
            {said.empty}
          </EmptyState>
        </Card>
      )}
      {list.rows && list.rows.length > 0 && (
        <div className={style.split}>
          <Card flush>
            <ul className={style.list} aria-label={said.list} style={{ marginTop: -12 }}>
              {list.rows.map((mail) => (
                <li key={mail.id}>
                  <button
                    type="button"
                    className={style.mailItem}
                    aria-current={mail.id === chosen}
                    onClick={() => setParams({ mail: String(mail.id) }, { replace: true })}
                  >
                    <span className={style.mailTo}>
                      <span>{mail.recipient}</span>
                      <span>{ago(mail.at, Date.now(), language)}</span>
                    </span>
                    <span className={style.mailSubject}>{mail.subject}</span>
                  </button>
                </li>
              ))}
            </ul>
            {list.more && (
              <div style={{ padding: 16 }}>
                <Button variant="default" fullWidth onClick={() => void list.more?.()}>
                  {said.more}
                </Button>
              </div>
            )}
          </Card>
          {narrow ? (
            <Drawer
              opened={asked > 0}
              onClose={() => setParams({}, { replace: true })}
              position="right"
              size="lg"
              title={said.title}
            >
              {shown}
            </Drawer>
          ) : (
            <div className={style.sticky}>{shown}</div>
          )}
        </div>
      )}
    </Page>
  )
}

function Mail({ id }: { readonly id: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const mail = useQuery({
    queryKey: ['inbox', 'one', id],
    queryFn: ({ signal }) => getInboxMail(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (mail.error) return <Failure error={mail.error} retry={() => mail.refetch()} />
  if (!mail.data) return <Bone height={420} />
  const when = dayAndTime(mail.data.at, { timeZone: shop.timeZone, language }, Date.now())
  return (
    <Paper
      subject={mail.data.subject}
      meta={`${said.to} ${mail.data.recipient} · ${when}`}
      html={mail.data.html}
      text={mail.data.text}
    />
  )
}
