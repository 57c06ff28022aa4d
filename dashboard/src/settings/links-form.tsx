import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LinkSettings } from '../../../server/src/messages/links/link-settings.ts'
import { problemIn } from '../api/client.ts'
import { checkLinkHost, getLinks, type HostAnswer, type Links, putLinks } from '../api/links.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '링크', en: 'Links' },
  note: {
    ko: '문자 속 주소는 받는 사람마다 다른 짧은 링크로 바뀌어요. 눌렀는지만 세고, 링크에는 개인정보가 들어가지 않아요.',
    en: 'Addresses in text messages become short links, one for each person. Only the click is counted; a link holds no personal data.',
  },
  looks: {
    ko: (sample: string, bytes: number) => `지금은 ${sample} 처럼 보여요 (${bytes}바이트).`,
    en: (sample: string, bytes: number) => `They look like ${sample} now (${bytes} bytes).`,
  },
  host: { ko: '짧은 도메인', en: 'Short host' },
  hostNote: {
    ko: '예: onsh.kr. 14바이트까지 쓸 수 있어요. 이 도메인을 이 서버로 연결하고 https를 켜 주세요. 비우면 서버 주소를 써요.',
    en: 'For example onsh.kr, at most 14 bytes. Point it at this server, with https. Empty: the server’s own address.',
  },
  hostWrong: {
    ko: '도메인 이름만 14바이트까지 적어 주세요. 그래야 링크가 22바이트를 넘지 않아요. 예: onsh.kr',
    en: 'Only a host name, at most 14 bytes, so that a link takes 22. For example onsh.kr',
  },
  expiry: { ko: '링크가 살아 있는 날', en: 'Days a link lives' },
  expiryNote: {
    ko: '그 뒤에 누르면 상점 첫 화면으로 가요.',
    en: 'After that it leads to the front page of the shop.',
  },
  utm: {
    ko: '상점 링크에 어디서 왔는지 붙이기 (utm_source=danggol)',
    en: 'Say where visits come from (utm_source=danggol)',
  },
  utmNote: {
    ko: '보낸 방법과 캠페인 이름이 함께 붙어요. 직접 적은 utm 값은 그대로 둬요.',
    en: 'With the channel and the name of the campaign. What you wrote yourself is never changed.',
  },
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  check: { ko: '연결 확인하기', en: 'Check that it leads here' },
  here: {
    ko: '이 도메인이 이 서버로 이어져 있어요.',
    en: 'This host leads to this server.',
  },
  elsewhere: {
    ko: (status: string) =>
      `다른 서버가 답했어요${status}. 도메인 설정과, 프록시가 Host 이름을 그대로 넘기는지 확인해 주세요.`,
    en: (status: string) =>
      `Another server answered${status}. Check the domain, and that the proxy passes the Host name on.`,
  },
  silent: {
    ko: (why: string) => `답이 없어요. 도메인과 https 인증서를 확인해 주세요. (${why})`,
    en: (why: string) => `No answer. Check the domain and its certificate. (${why})`,
  },
})

/** Where the links of text messages live, for how long, and what they tell web statistics. */
export function LinksForm() {
  const said = useWords(text)
  const links = useQuery({
    queryKey: ['shop', 'links'],
    queryFn: ({ signal }) => getLinks(signal),
  })
  if (links.error) return <Failure error={links.error} retry={() => links.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {links.data ? <Form known={links.data} /> : <Bones lines={4} />}
    </Card>
  )
}

function Form({ known }: { readonly known: Links }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('developer')
  const queries = useQueryClient()
  const [host, setHost] = useState(known.host)
  const [expiryDays, setExpiryDays] = useState(known.expiryDays)
  const [utm, setUtm] = useState(known.utm)
  const [opened, setOpened] = useState(known)
  const save = useMutation({
    mutationFn: () => putLinks({ host: host.trim(), expiryDays, utm }, opened),
    onSuccess: (next) => {
      setOpened(next)
      queries.setQueryData(['shop', 'links'], next)
      notifications.show({ message: said.saved })
    },
  })
  const check = useMutation({ mutationFn: () => checkLinkHost(host.trim()) })
  const problem = save.error && problemIn(save.error)
  const isHost = LinkSettings.shape.host.safeParse(host).success
  const wrong = !isHost ? said.hostWrong : problem ? problemSentence(problem, language) : undefined
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className={style.note}>{said.looks(known.sample, known.bytes)}</p>
      <TextInput
        label={said.host}
        description={said.hostNote}
        placeholder="onsh.kr"
        disabled={!may}
        value={host}
        error={wrong}
        onChange={(event) => {
          check.reset()
          setHost(event.currentTarget.value)
        }}
      />
      <NumberInput
        label={said.expiry}
        description={said.expiryNote}
        min={1}
        max={365}
        disabled={!may}
        value={expiryDays}
        onChange={(value) => setExpiryDays(Number(value) || 1)}
      />
      <Checkbox
        label={said.utm}
        description={said.utmNote}
        disabled={!may}
        checked={utm}
        onChange={(event) => setUtm(event.currentTarget.checked)}
      />
      {may && (
        <Group gap={8}>
          <Button type="submit" disabled={!isHost} loading={save.isPending}>
            {said.save}
          </Button>
          <Button
            variant="default"
            disabled={host.trim() === '' || !isHost}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {said.check}
          </Button>
        </Group>
      )}
      {check.data && <Checked answer={check.data} />}
      {check.error && <Failure error={check.error} />}
    </form>
  )
}

function Checked({ answer }: { readonly answer: HostAnswer }) {
  const said = useWords(text)
  const language = useLanguage()
  const says = {
    here: () => said.here,
    elsewhere: () => said.elsewhere(answer.status ? ` (${answer.status})` : ''),
    silent: () => said.silent(providerSentence(answer.detail ?? '', language)),
  }[answer.answer]
  const color = answer.answer === 'here' ? 'var(--caused)' : 'var(--attention)'
  return (
    <p role="status" style={{ color }}>
      {says()}
    </p>
  )
}
