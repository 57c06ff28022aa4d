import { Button, Tabs } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { showIdentitySecret } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Code, Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { signing } from './snippets.ts'

const text = words({
  title: { ko: '로그인한 회원 확인', en: 'Signed-in members' },
  note: {
    ko: '상점 서버가 회원 번호에 서명해 주면 화면 메시지가 그 회원의 이름과 장바구니로 말해요. 서명이 없으면 처음 온 사람처럼 대해요.',
    en: 'With member ids signed by your server, messages on the page speak to that member. Without it everybody is a stranger.',
  },
  secret: {
    ko: '1. 비밀 값을 서버의 환경 변수 DANGGOL_IDENTITY_SECRET에 넣어 주세요.',
    en: '1. Put the secret into the environment of your server as DANGGOL_IDENTITY_SECRET.',
  },
  show: { ko: '비밀 값 보기', en: 'Show the secret' },
  logged: {
    ko: '페이지 코드에는 절대 넣지 마세요. 누가 봤는지 기록에 남아요.',
    en: 'Never put it into a page. Who looks at it is recorded.',
  },
  sign: { ko: '2. 서버에서 회원 번호에 서명하세요.', en: '2. Sign the member id on your server.' },
  page: {
    ko: '3. 로그인한 회원의 페이지에서 서명을 함께 보내 주세요.',
    en: '3. On pages of signed-in members, hand the signature along.',
  },
})

/** How a shop proves who is signed in: the secret, and what its server does with it. */
export function Identity() {
  const said = useWords(text)
  const showing = useMutation({ mutationFn: showIdentitySecret })
  return (
    <Card title={said.title} note={said.note}>
      <div className={style.stack}>
        <p>{said.secret}</p>
        {showing.data ? (
          <Code text={showing.data.secret} />
        ) : (
          <div>
            <Button variant="default" loading={showing.isPending} onClick={() => showing.mutate()}>
              {said.show}
            </Button>
          </div>
        )}
        {showing.error && <Failure error={showing.error} retry={() => showing.mutate()} />}
        <p className={style.note}>{said.logged}</p>
        <p>{said.sign}</p>
        <Tabs defaultValue="node" keepMounted={false}>
          <Tabs.List mb={12}>
            <Tabs.Tab value="node">Node.js</Tabs.Tab>
            <Tabs.Tab value="php">PHP</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="node">
            <Code text={signing.node} />
          </Tabs.Panel>
          <Tabs.Panel value="php">
            <Code text={signing.php} />
          </Tabs.Panel>
        </Tabs>
        <p>{said.page}</p>
        <Code text={signing.page} />
      </div>
    </Card>
  )
}
