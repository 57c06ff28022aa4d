import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones, Failure } from '../design/states.tsx'
import { Identity } from './identity.tsx'
import { JoinPageForm } from './join-page.tsx'
import style from './settings.module.css'
import { Snippet } from './snippet.tsx'
import { useSetup } from './use-setup.ts'

const text = words({
  title: { ko: '스크립트 설치', en: 'The script' },
  note: {
    ko: '상점의 모든 페이지 <head> 안에 넣어 주세요. 방문 기록을 모으고 화면 메시지를 보여줘요.',
    en: 'Into the <head> of every page: it tells of visits and shows messages on the page.',
  },
  noKey: {
    ko: '코드에 들어갈 키는 개발자와 소유자만 볼 수 있어요. 개발자에게 이 페이지를 열어 달라고 해 주세요.',
    en: 'Only developers and owners see the key of the snippet. Ask a developer to open this page.',
  },
})

/** `/settings/install`: what a shop pastes into its pages. */
export function Install() {
  const said = useWords(text)
  const setup = useSetup()
  const maySign = useMay('developer')
  return (
    <div className={style.stack}>
      <Card title={said.title} note={said.note}>
        {setup.error && !setup.data ? (
          <Failure error={setup.error} retry={() => setup.refetch()} />
        ) : !setup.data ? (
          <Bones lines={4} />
        ) : setup.data.pageKey ? (
          <Snippet pageKey={setup.data.pageKey} />
        ) : (
          <p className={style.note}>{said.noKey}</p>
        )}
      </Card>
      <JoinPageForm />
      {maySign && <Identity />}
    </div>
  )
}
