import { Button, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import { addOffice, type OwnPeople, removeOffice, switchBots } from '../api/own-people.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { DataTable } from '../design/data-table.tsx'
import { ago } from '../design/format.ts'
import { problemSentence } from '../design/problem-words.ts'
import { NamedLines } from './named-lines.tsx'
import style from './settings.module.css'

const text = words({
  offices: { ko: '사무실 IP', en: 'Office network' },
  officesNote: {
    ko: '이 IP에서 온 방문은 내부 직원으로 봐요. IP 자체는 저장하지 않고, 사무실에서 왔다는 것만 남겨요.',
    en: 'Whoever visits from these addresses is staff. The address itself is not kept, only that it was the office.',
  },
  care: {
    ko: '매장 손님이 쓰는 와이파이는 넣지 마세요. 여기서 지워도 이미 표시된 사람은 그대로예요. 고객 화면에서 풀 수 있어요.',
    en: 'Leave out the Wi-Fi that customers use. Removing one here does not unmark anybody; do that on their page.',
  },
  network: { ko: 'IP 또는 범위', en: 'Address or range' },
  name: { ko: '어디인가요', en: 'Where it is' },
  place: { ko: '본사', en: 'Head office' },
  add: { ko: '추가하기', en: 'Add' },
  none: { ko: '아직 적은 IP가 없어요.', en: 'No addresses yet.' },
  wrong: {
    ko: '바깥에서 보이는 회사 IP를 적어 주세요. 예: 203.0.113.7 또는 203.0.113.0/24. 192.168.x.x 같은 안쪽 IP와 너무 넓은 범위는 넣을 수 없어요.',
    en: 'Write the address the office has on the internet, such as 203.0.113.7 or 203.0.113.0/24. Private (192.168.x.x) and very wide ranges are not taken.',
  },
  bots: { ko: '봇 방문', en: 'Bots' },
  botsNote: {
    ko: '검색 로봇, 화면 없는 브라우저, 서버 감시 도구의 방문은 고객으로 세지 않아요. 쇼핑몰 서버가 직접 보내는 기록은 가리지 않아요.',
    en: 'Visits of crawlers, browsers without a screen and uptime monitors make no customers. What your own server sends is never judged.',
  },
  leave: { ko: '봇 방문 빼기', en: 'Leave bots out' },
  counted: {
    ko: (count: string) => `지난 30일 동안 봇으로 본 방문 기록 ${count}건을 뺐어요.`,
    en: (count: string) => `${count} events of bots were left out in the last 30 days.`,
  },
  nobody: { ko: '지난 30일 동안 봇으로 본 방문이 없어요.', en: 'No bots in the last 30 days.' },
  bot: { ko: '봇', en: 'Bot' },
  events: { ko: '기록', en: 'Events' },
  last: { ko: '마지막', en: 'Last' },
  saved: { ko: '바꿨어요.', en: 'Changed.' },
})

type Props = { readonly known: OwnPeople }

/** Which visits are nobody's behaviour: those from the office, and those of bots. */
export function OwnVisits({ known }: Props) {
  return (
    <>
      <Offices known={known} />
      <Bots known={known} />
    </>
  )
}

function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const language = useLanguage()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own-people'] }),
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
}

function Offices({ known }: Props) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [network, setNetwork] = useState('')
  const [name, setName] = useState('')
  const removing = useChange(removeOffice)
  const adding = useMutation({
    mutationFn: addOffice,
    onSuccess: () => {
      setNetwork('')
      setName('')
      return queries.invalidateQueries({ queryKey: ['own-people'] })
    },
  })
  return (
    <Card title={said.offices} note={said.officesNote}>
      <div className={style.stack}>
        {may && (
          <form
            className={style.adding}
            onSubmit={(event) => {
              event.preventDefault()
              adding.mutate({ network, name })
            }}
          >
            <TextInput
              label={said.network}
              placeholder="203.0.113.0/24"
              value={network}
              error={adding.isError ? said.wrong : undefined}
              onChange={(event) => setNetwork(event.currentTarget.value)}
            />
            <TextInput
              label={said.name}
              placeholder={said.place}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button
              type="submit"
              loading={adding.isPending}
              disabled={network.trim() === '' || name.trim() === ''}
            >
              {said.add}
            </Button>
          </form>
        )}
        <NamedLines
          label={said.offices}
          empty={said.none}
          lines={known.offices.map((one) => ({
            key: one.network,
            text: one.network,
            name: one.name,
          }))}
          {...(may ? { remove: (one: string) => removing.mutate(one) } : {})}
        />
        <p className={style.note}>{said.care}</p>
      </div>
    </Card>
  )
}

function Bots({ known }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer', 'developer')
  const switching = useChange(switchBots)
  const numbers = new Intl.NumberFormat(language === 'ko' ? 'ko-KR' : 'en-US')
  const all = known.bots.reduce((sum, one) => sum + one.happenings, 0)
  const now = Date.now()
  return (
    <Card title={said.bots} note={said.botsNote}>
      <div className={style.stack}>
        <Switch
          label={said.leave}
          checked={known.leaveOutBots}
          disabled={!may || switching.isPending}
          onChange={(event) => switching.mutate(event.currentTarget.checked)}
        />
        <p style={{ margin: 0 }}>{all > 0 ? said.counted(numbers.format(all)) : said.nobody}</p>
        {all > 0 && (
          <DataTable
            label={`${said.bots}: ${shop.name}`}
            keyOf={(row) => row.bot}
            rows={known.bots}
            columns={[
              { key: 'bot', head: said.bot, cell: (row) => row.bot },
              {
                key: 'events',
                head: said.events,
                align: 'right',
                cell: (row) => numbers.format(row.happenings),
              },
              {
                key: 'last',
                head: said.last,
                align: 'right',
                cell: (row) => ago(row.lastAt, now, language),
              },
            ]}
          />
        )}
      </div>
    </Card>
  )
}
