import { Button, Modal, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getCallSecret, makeCallSecret } from '../api/push.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones, Code, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '웹훅', en: 'Webhooks' },
  note: {
    ko: '캠페인이 고객 대신 상점의 서버를 불러요. 포인트를 주거나, 상담원에게 알리거나, 다른 도구로 이어갈 때 써요.',
    en: 'A campaign calls the shop’s own server instead of a person: to give points, tell an agent, or go on in another tool.',
  },
  on: { ko: '켜짐', en: 'On' },
  off: { ko: '꺼짐', en: 'Off' },
  offSays: {
    ko: '비밀을 만들기 전에는 호출이 밖으로 나가지 않고 테스트 수신함에 와요.',
    en: 'Until there is a secret, calls stay in the test inbox.',
  },
  onSays: {
    ko: '모든 호출에 비밀로 서명해요. 받는 서버가 서명을 확인해야 아무나 부른 것과 구별할 수 있어요.',
    en: 'Every call is signed with the secret; the server verifies it to tell our calls from anybody’s.',
  },
  make: { ko: '비밀 만들기', en: 'Make the secret' },
  again: { ko: '새 비밀로 바꾸기', en: 'Replace the secret' },
  againTitle: { ko: '새 비밀로 바꿀까요?', en: 'Replace the secret?' },
  againText: {
    ko: '다음 호출부터 새 비밀로 서명해요. 받는 서버가 새 비밀을 알 때까지 서명 확인이 실패해요.',
    en: 'The next call is signed with the new one; verification fails until the server knows it.',
  },
  keep: { ko: '그대로 두기', en: 'Keep it' },
  onceTitle: { ko: '지금 복사해 두세요', en: 'Copy it now' },
  once: { ko: '비밀은 이번 한 번만 보여드려요.', en: 'The secret is shown this once only.' },
  close: { ko: '복사했어요', en: 'I have copied it' },
  mayNot: {
    ko: '비밀을 만드는 일은 개발자와 소유자가 할 수 있어요.',
    en: 'Developers and owners make the secret.',
  },
  verify: { ko: '받는 서버에서 확인하기', en: 'Verify on the server' },
  verifyNote: {
    ko: 'Standard Webhooks 규격이라 여러 언어의 라이브러리를 그대로 쓸 수 있어요. 5분이 지난 호출과 이미 본 webhook-id는 버려 주세요.',
    en: 'It follows Standard Webhooks, so the libraries of many languages work as they are. Drop calls older than 5 minutes and ids seen before.',
  },
  body: { ko: '받는 내용', en: 'What arrives' },
  retry: {
    ko: '연결하지 못하거나 잠시 뒤에 오라고 답하면 다시 불러요. 그때도 webhook-id는 같아요. 보낸 뒤 답을 듣지 못한 호출은 두 번 일어나지 않도록 다시 부르지 않아요. 내부망 주소는 부르지 않아요.',
    en: 'Calls that could not connect, or were told to come later, are made again under the same webhook-id. A call whose answer was lost is not made twice. Private addresses are never called.',
  },
})

const node = `import { Webhook } from 'standardwebhooks'

// The body as it came, before any JSON is read.
const call = new Webhook(process.env.DANGGOL_SECRET).verify(rawBody, request.headers)`
const python = `from standardwebhooks import Webhook

# The body as it came, before any JSON is read.
call = Webhook(os.environ["DANGGOL_SECRET"]).verify(raw_body, request.headers)`
const arrives = `POST /your-path
webhook-id: msg_1.482.1
webhook-timestamp: 1795327200
webhook-signature: v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo=

{
  "type": "message",
  "message_id": 482,
  "customer_id": 71,
  "at": 1795327200000,
  "values": { "coupon_code": "WELCOME-7K2" }
}`

/** 설정 > 웹훅: the secret that calls of campaigns are signed with, and how the shop's server verifies them. */
export function WebhookSettings() {
  const said = useWords(text)
  const queries = useQueryClient()
  const may = useMay('developer')
  const [asking, { open, close }] = useDisclosure(false)
  const known = useQuery({
    queryKey: ['call-secret'],
    queryFn: ({ signal }) => getCallSecret(signal),
  })
  const making = useMutation({
    mutationFn: makeCallSecret,
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: ['call-secret'] })
    },
  })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  if (!known.data)
    return (
      <Card title={said.title} note={said.note}>
        <Bones lines={5} />
      </Card>
    )
  const { isSet } = known.data
  return (
    <div className={style.stack}>
      <Card
        title={said.title}
        note={said.note}
        beside={
          <Tag dot meaning={isSet ? 'caused' : 'attention'}>
            {isSet ? said.on : said.off}
          </Tag>
        }
      >
        <div className={style.form}>
          <p className={style.note}>{isSet ? said.onSays : said.offSays}</p>
          {making.error && <Failure error={making.error} />}
          {!may && <p className={style.note}>{said.mayNot}</p>}
          {may && (
            <div className={style.buttons}>
              <Button
                variant={isSet ? 'default' : 'filled'}
                loading={making.isPending}
                onClick={isSet ? open : () => making.mutate()}
              >
                {isSet ? said.again : said.make}
              </Button>
            </div>
          )}
        </div>
      </Card>
      <Verify />
      <Modal opened={asking} onClose={close} title={said.againTitle}>
        <div className={style.stack}>
          <p className={style.note}>{said.againText}</p>
          <div className={style.buttons} style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={close} data-autofocus>
              {said.keep}
            </Button>
            <Button color="red" loading={making.isPending} onClick={() => making.mutate()}>
              {said.again}
            </Button>
          </div>
        </div>
      </Modal>
      {making.data && (
        <Modal
          opened
          onClose={() => making.reset()}
          title={said.onceTitle}
          size="lg"
          closeOnClickOutside={false}
        >
          <div className={style.stack}>
            <p className={style.note}>{said.once}</p>
            <Code text={making.data.secret} />
            <Button onClick={() => making.reset()}>{said.close}</Button>
          </div>
        </Modal>
      )}
    </div>
  )
}

function Verify() {
  const said = useWords(text)
  return (
    <>
      <Card title={said.verify} note={said.verifyNote}>
        <Tabs defaultValue="node">
          <Tabs.List mb={12}>
            <Tabs.Tab value="node">Node.js</Tabs.Tab>
            <Tabs.Tab value="python">Python</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="node">
            <Code text={node} />
          </Tabs.Panel>
          <Tabs.Panel value="python">
            <Code text={python} />
          </Tabs.Panel>
        </Tabs>
      </Card>
      <Card title={said.body} note={said.retry}>
        <Code text={arrives} />
      </Card>
    </>
  )
}
