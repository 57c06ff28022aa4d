import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getPinned } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Bone, Code, Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { pinnedSnippet, snippets } from './snippets.ts'

const text = words({
  html: { ko: 'HTML', en: 'HTML' },
  gtm: { ko: '구글 태그 관리자', en: 'Google Tag Manager' },
  next: { ko: 'Next.js', en: 'Next.js' },
  pinned: { ko: '버전 고정(SRI)', en: 'One version (SRI)' },
  gtmText: {
    ko: '새 태그 → 맞춤 HTML에 붙여 넣고, 트리거는 ‘모든 페이지’로 골라 게시하세요.',
    en: 'New tag → Custom HTML, trigger “All pages”, then publish.',
  },
  pinnedText: {
    ko: '한 글자라도 다른 스크립트는 브라우저가 실행하지 않아요. 업데이트해도 이 버전은 남아 있으니, 새 기능을 쓰려면 이 코드를 다시 붙여 주세요.',
    en: 'The browser runs no other script than exactly this one. It outlives upgrades; paste a new snippet for what is new.',
  },
})

/** The code that a shop puts into its pages, for each way of doing so. */
export function Snippet({ pageKey }: { readonly pageKey: string }) {
  const said = useWords(text)
  const { publicUrl } = useSession()
  const code = snippets(publicUrl, pageKey)
  return (
    <Tabs defaultValue="html" keepMounted={false}>
      <Tabs.List mb={12}>
        <Tabs.Tab value="html">{said.html}</Tabs.Tab>
        <Tabs.Tab value="gtm">{said.gtm}</Tabs.Tab>
        <Tabs.Tab value="next">{said.next}</Tabs.Tab>
        <Tabs.Tab value="pinned">{said.pinned}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html">
        <Code text={code.html} />
      </Tabs.Panel>
      <Tabs.Panel value="gtm">
        <p className={style.note} style={{ marginBottom: 10 }}>
          {said.gtmText}
        </p>
        <Code text={code.gtm} />
      </Tabs.Panel>
      <Tabs.Panel value="next">
        <Code text={code.next} />
      </Tabs.Panel>
      <Tabs.Panel value="pinned">
        <p className={style.note} style={{ marginBottom: 10 }}>
          {said.pinnedText}
        </p>
        <PinnedCode pageKey={pageKey} />
      </Tabs.Panel>
    </Tabs>
  )
}

function PinnedCode({ pageKey }: { readonly pageKey: string }) {
  const { publicUrl } = useSession()
  const pinned = useQuery({
    queryKey: ['sdk', 'pinned'],
    queryFn: ({ signal }) => getPinned(signal),
  })
  if (pinned.data) return <Code text={pinnedSnippet(publicUrl, pageKey, pinned.data)} />
  return pinned.error ? (
    <Failure error={pinned.error} retry={() => pinned.refetch()} />
  ) : (
    <Bone height={90} />
  )
}
