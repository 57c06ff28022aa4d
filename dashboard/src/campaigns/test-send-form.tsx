import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useDebouncedValue, useSessionStorage } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'
import type { TestSent } from '../../../server/src/campaigns/test-sent.ts'
import { problemIn } from '../api/client.ts'
import { listCustomers } from '../api/customers.ts'
import { listTestGroups, sendTests } from '../api/test-groups.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { channelNames } from '../messages/channel-names.ts'
import style from './test-send.module.css'

const text = words({
  title: { ko: '시험 발송', en: 'Send a test' },
  to: { ko: '받는 사람', en: 'To' },
  me: { ko: (name: string) => `나 (${name})`, en: (name: string) => `Me (${name})` },
  group: {
    ko: (name: string, count: number) => `${name} (${count}명)`,
    en: (name: string, count: number) => `${name} (${count})`,
  },
  groups: { ko: '테스트 그룹 관리하기', en: 'Manage test groups' },
  phone: { ko: '내 휴대폰 번호', en: 'My mobile number' },
  phoneNote: {
    ko: '문자와 카카오는 이 번호로 보내요. 수신거부한 번호로는 보내지 않아요.',
    en: 'Texts and Kakao go to it. Numbers that have refused get nothing.',
  },
  as: { ko: '어느 고객으로 볼까요', en: 'As which customer' },
  sample: { ko: '예시 고객', en: 'A sample customer' },
  nobody: { ko: '그런 고객이 없어요', en: 'Nobody is called so' },
  unnamed: { ko: (id: number) => `이름 모름 (${id})`, en: (id: number) => `Unnamed (${id})` },
  personal: {
    ko: '이 고객의 이름과 담은 상품이 받는 직원에게 보여요. 누구의 정보를 누구에게 보냈는지 감사 기록에 남아요.',
    en: 'The staff who receive it see this customer’s name and cart. Whose data went to whom is kept in the audit log.',
  },
  what: { ko: '보낼 메시지', en: 'Which messages' },
  one: { ko: '이 메시지만', en: 'This message' },
  all: {
    ko: (count: number) => `이 캠페인의 메시지 ${count}개 모두`,
    en: (count: number) => `All ${count} messages of the campaign`,
  },
  note: {
    ko: '[테스트]를 붙여 보내요. 보고서, 발송 한도, 쿠폰에 세지 않고 쿠폰 코드는 예시예요. 한 시간에 100통까지 보낼 수 있어요.',
    en: 'Marked [Test]. It counts in no report, limit or coupon, and its coupon code is made up. At most 100 an hour.',
  },
  approved: {
    ko: '알림톡은 승인받은 글과 한 글자도 다르면 나가지 않아서 [테스트]를 붙이지 않아요.',
    en: 'An Alimtalk has to match the approved template letter by letter, so it goes without the mark.',
  },
  send: { ko: '시험 발송하기', en: 'Send the test' },
  sent: { ko: '보냈어요', en: 'sent' },
  inbox: { ko: '테스트 수신함으로 보냈어요', en: 'sent to the test inbox' },
  no_address: { ko: '이 채널의 주소가 없어요', en: 'has no address for this channel' },
  refused_before: {
    ko: '수신거부한 주소라 보내지 않았어요',
    en: 'has refused messages of the shop; not sent',
  },
  failed: { ko: '메시지를 만들지 못했어요', en: 'the message could not be made' },
  not_taken: {
    ko: '받아 주지 않았어요. 설정의 발송 연결을 확인해 주세요',
    en: 'was not taken; look at the connection in the settings',
  },
  too_many: {
    ko: '한 시간 한도를 넘어 보내지 않았어요',
    en: 'over the limit of the hour; not sent',
  },
  unmarked: { ko: '[테스트] 표시 없이', en: 'without the mark' },
  results: { ko: '시험 발송 결과', en: 'What came of it' },
})

type Props = {
  readonly flow: Flow
  readonly step: number | undefined
  readonly close: () => void
}

/** Who receives the draft, as which customer, and what came of it. */
export function TestSendForm({ flow, step, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { member } = useSession()
  const [group, setGroup] = useState<string>('me')
  const [customer, setCustomer] = useState<number>()
  const [which, setWhich] = useState<'one' | 'all'>('one')
  const [phone, setPhone] = useSessionStorage({ key: 'test-phone', defaultValue: '' })
  const groups = useQuery({
    queryKey: ['test-groups'],
    queryFn: ({ signal }) => listTestGroups(signal),
  })
  const messages = stepsOf(flow).flatMap((one) => (one.kind === 'message' ? [one] : []))
  const chosen = which === 'all' ? messages : messages.filter((one) => one.id === step)
  const contents = chosen.flatMap((one) => chainOf(one).map(({ content }) => content))
  const reachesPhones = contents.some(({ channel }) => channel === 'sms' || channel === 'kakao')
  const isApproved = contents.some((one) => one.channel === 'kakao' && one.kind === 'alimtalk')
  const sending = useMutation({
    mutationFn: () =>
      sendTests({
        draft: flow,
        customer,
        ...(which === 'one' ? { step } : {}),
        ...(group === 'me' ? (phone.trim() === '' ? {} : { phone }) : { group: Number(group) }),
      }),
  })
  return (
    <Modal opened onClose={close} title={said.title} size="lg">
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          sending.mutate()
        }}
      >
        <Select
          label={said.to}
          allowDeselect={false}
          data={[
            { value: 'me', label: said.me(member.email) },
            ...(groups.data?.items ?? []).map((one) => ({
              value: String(one.id),
              label: said.group(one.name, one.people.length),
            })),
          ]}
          value={group}
          onChange={(value) => setGroup(value ?? 'me')}
        />
        <Link href="/settings/staff">{said.groups}</Link>
        {group === 'me' && reachesPhones && (
          <TextInput
            type="tel"
            label={said.phone}
            description={said.phoneNote}
            placeholder="010-1234-5678"
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
          />
        )}
        <AsCustomer customer={customer} pick={setCustomer} />
        {messages.length > 1 && (
          <Select
            label={said.what}
            allowDeselect={false}
            data={[
              { value: 'one', label: said.one },
              { value: 'all', label: said.all(messages.length) },
            ]}
            value={which}
            onChange={(value) => setWhich(value === 'all' ? 'all' : 'one')}
          />
        )}
        <p className={style.note}>
          {said.note} {isApproved && said.approved}
        </p>
        {sending.error && (
          <p role="alert" className={style.problem}>
            {problemSentence(problemIn(sending.error), language)}
          </p>
        )}
        <Results items={sending.data?.items} />
        <Button type="submit" loading={sending.isPending}>
          {said.send}
        </Button>
      </form>
    </Modal>
  )
}

function AsCustomer({
  customer,
  pick,
}: {
  readonly customer: number | undefined
  readonly pick: (customer: number | undefined) => void
}) {
  const said = useWords(text)
  const [asked, setAsked] = useState('')
  const [search] = useDebouncedValue(asked, 250)
  const found = useQuery({
    queryKey: ['customers', 'pick', search],
    queryFn: ({ signal }) => listCustomers({ search, limit: 8 }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <Select
      label={said.as}
      description={customer === undefined ? undefined : said.personal}
      placeholder={said.sample}
      searchable
      clearable
      nothingFoundMessage={said.nobody}
      data={(found.data?.items ?? []).map(({ id, name }) => ({
        value: String(id),
        label: name ?? said.unnamed(id),
      }))}
      // The server has looked by name, address and number already.
      filter={({ options }) => options}
      value={customer === undefined ? null : String(customer)}
      onSearchChange={setAsked}
      onChange={(id) => pick(id === null ? undefined : Number(id))}
    />
  )
}

function Results({ items }: { readonly items: readonly TestSent[] | undefined }) {
  const said = useWords(text)
  const channels = useWords(channelNames)
  if (!items) return null
  return (
    <div role="status">
      <ul aria-label={said.results} className={style.results}>
        {items.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that is never reordered
          <li key={index}>
            <b>{one.name}</b> · {channels[one.channel as keyof typeof channels] ?? one.channel} ·{' '}
            {said[one.outcome]}
            {(one.outcome === 'sent' || one.outcome === 'inbox') &&
              !one.marked &&
              ` (${said.unmarked})`}
            {one.outcome === 'failed' && one.detail !== null && `: ${one.detail}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
