import { Button, Drawer, Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { carriedChannels } from '../../../server/src/messages/intent.ts'
import { useKeyset } from '../api/keyset.ts'
import { getInboxMessage, type InboxLine, listInbox } from '../api/messages.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { ago, dayAndTime } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bone, Bones, EmptyState, Failure } from '../design/states.tsx'
import { channelNames } from './channel-names.ts'
import style from './messages.module.css'
import { Picture } from './picture.tsx'

const text = words({
  title: { ko: '테스트 수신함', en: 'Test inbox' },
  purpose: {
    ko: '아직 연결하지 않은 채널의 메시지는 밖으로 나가지 않고 여기에 와요. 받는 사람이 볼 모습 그대로예요.',
    en: 'Messages of channels that are not connected yet arrive here instead of leaving, just as their readers would see them.',
  },
  list: { ko: '받은 메시지', en: 'Messages' },
  more: { ko: '더 보기', en: 'Show more' },
  to: { ko: '받는 사람', en: 'To' },
  channel: { ko: '채널', en: 'Channel' },
  all: { ko: '모든 채널', en: 'All channels' },
  untitled: { ko: '(글이 없어요)', en: '(no words)' },
  noneTitle: { ko: '이 채널로 온 것은 아직 없어요', en: 'Nothing came by this channel yet' },
  none: {
    ko: '다른 채널을 고르거나, 캠페인을 고칠 때 시험 발송을 눌러 보세요.',
    en: 'Choose another channel, or send yourself a test while writing a campaign.',
  },
  emptyTitle: { ko: '아직 온 메시지가 없어요', en: 'No message yet' },
  empty: {
    ko: '캠페인을 켜고 상점에서 상품을 담은 뒤 기다려 보세요. 시간이 되면 여기로 메시지가 와요.',
    en: 'Switch on a campaign, put something in the cart of the shop and wait. When its time has come, the message arrives here.',
  },
  mayNot: {
    ko: '메시지의 내용은 마케터와 개발자만 볼 수 있어요.',
    en: 'Only marketers and developers may read the messages.',
  },
  make: { ko: '시나리오 고르기', en: 'Choose a playbook' },
})

/** What the recorder was handed, newest first. */
export function Inbox() {
  const said = useWords(text)
  const [params, setParams] = useSearchParams()
  const channel = carriedChannels.find((one) => one === params.get('channel'))
  const list = useKeyset(
    ['inbox', channel],
    (after, signal) => listInbox({ after, channel, limit: 50 }, signal),
    5_000,
  )
  const asked = Number(params.get('mail'))
  const put = (change: { readonly mail?: string }) =>
    setParams({ ...(channel ? { channel } : {}), ...change }, { replace: true })
  const chosen = list.rows?.find((mail) => mail.id === asked)?.id ?? list.rows?.[0]?.id
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const names = useWords(channelNames)
  const narrow = useMediaQuery('(max-width: 991px)') ?? false
  const shown = may ? chosen !== undefined && <Opened id={chosen} /> : <p>{said.mayNot}</p>
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      width="wide"
      action={
        <Select
          aria-label={said.channel}
          w={170}
          allowDeselect={false}
          data={[
            { value: '', label: said.all },
            ...carriedChannels.map((value) => ({ value, label: names[value] })),
          ]}
          value={channel ?? ''}
          onChange={(value) => setParams(value ? { channel: value } : {}, { replace: true })}
        />
      }
    >
      {list.error && <Failure error={list.error} retry={list.retry} />}
      {!list.rows && !list.error && (
        <Card flush>
          <Bones lines={6} />
        </Card>
      )}
      {list.rows?.length === 0 && (
        <Card flush>
          <EmptyState
            title={channel ? said.noneTitle : said.emptyTitle}
            action={
              !channel && (
                <Button component={Link} href="/playbooks">
                  {said.make}
                </Button>
              )
            }
          >
            {channel ? said.none : said.empty}
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
                    onClick={() => put({ mail: String(mail.id) })}
                  >
                    <span className={style.mailTo}>
                      <span>
                        <span className={style.channel}>{names[mail.channel]}</span>
                        {mail.channel !== 'web_push' && ` · ${mail.recipient}`}
                      </span>
                      <span>{ago(mail.at, Date.now(), language)}</span>
                    </span>
                    <span className={style.mailSubject}>
                      {mail.subject || firstWords(mail) || said.untitled}
                    </span>
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
              onClose={() => put({})}
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

function Opened({ id }: { readonly id: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const message = useQuery({
    queryKey: ['inbox', 'one', id],
    queryFn: ({ signal }) => getInboxMessage(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (message.error) return <Failure error={message.error} retry={() => message.refetch()} />
  if (!message.data) return <Bone height={420} />
  const { data } = message
  const when = dayAndTime(data.at, { timeZone: shop.timeZone, language }, Date.now())
  const to = data.recipient === 'web push' ? '' : `${said.to} ${data.recipient} · `
  return <Picture message={data} meta={`${to}${when}`} />
}

/** What a message without a subject is called in the list; a call to a server is one line of JSON. */
function firstWords({ channel, excerpt }: InboxLine): string {
  if (channel === 'webhook') return excerpt.replace(/\s+/g, ' ')
  return excerpt.split('\n').find((line) => line.trim() !== '') ?? ''
}
