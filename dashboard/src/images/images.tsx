import { Alert, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { ImageAnswer } from '../api/images.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Page } from '../design/page.tsx'
import { EmptyState } from '../design/states.tsx'
import { ImageDetails } from './image-details.tsx'
import { ImageDrop } from './image-drop.tsx'
import { ImageGrid, useImages } from './image-grid.tsx'
import style from './images.module.css'
import { useUploads } from './use-uploads.ts'

const text = words({
  title: { ko: '이미지 보관함', en: 'Image library' },
  purpose: {
    ko: '한 번 올리면 메일, 문자, 카카오, 팝업에서 함께 써요.',
    en: 'Upload once, use in mails, texts, KakaoTalk and popups.',
  },
  which: { ko: '어떤 그림을 볼까요', en: 'Which pictures' },
  kept: { ko: '보관 중', en: 'In the library' },
  deleted: { ko: '지운 그림', en: 'Deleted' },
  emptyTitle: { ko: '아직 그림이 없어요', en: 'No pictures yet' },
  empty: {
    ko: '로고와 상품 사진부터 올려 보세요. 채널마다 크기를 따로 만들 필요가 없어요.',
    en: 'Begin with your logo and photos of products. No need to make a size for every channel.',
  },
  noneTitle: { ko: '지운 그림이 없어요', en: 'Nothing was deleted' },
  none: {
    ko: '지운 그림은 30일 동안 여기에 있어요. 그 안에는 되살릴 수 있어요.',
    en: 'Deleted pictures stay here for 30 days and can be brought back.',
  },
  hidden: {
    ko: (host: string) =>
      `지금 서버 주소(${host})는 밖에서 열 수 없어서, 고객이 받은 메일과 푸시에는 그림이 안 보여요. 서버를 켤 때 PUBLIC_URL에 공개 주소를 적어 주세요.`,
    en: (host: string) =>
      `This server’s address (${host}) cannot be reached from outside, so pictures stay empty in mails and notifications. Set PUBLIC_URL to its public address.`,
  },
})

/** `/images`: the shop's pictures. */
export function ImagesPage() {
  const said = useWords(text)
  const may = useMay('marketer')
  const [deleted, setDeleted] = useState(false)
  const [opened, setOpened] = useState<ImageAnswer>()
  const { uploads, take } = useUploads(() => setDeleted(false))
  return (
    <Page title={said.title} purpose={said.purpose}>
      <div className={style.page}>
        <HiddenHost />
        {may && <ImageDrop uploads={uploads} take={take} />}
        <SegmentedControl
          className={style.which ?? ''}
          aria-label={said.which}
          value={deleted ? 'deleted' : 'kept'}
          onChange={(value) => setDeleted(value === 'deleted')}
          data={[
            { value: 'kept', label: said.kept },
            { value: 'deleted', label: said.deleted },
          ]}
        />
        <ImageGrid
          key={String(deleted)}
          deleted={deleted}
          chosen={opened?.id}
          choose={setOpened}
          empty={
            <EmptyState title={deleted ? said.noneTitle : said.emptyTitle}>
              {deleted ? said.none : said.empty}
            </EmptyState>
          }
        />
      </div>
      <ImageDetails image={opened} close={() => setOpened(undefined)} />
    </Page>
  )
}

/** Says that mails cannot show pictures while the server has no public address. */
export function HiddenHost() {
  const said = useWords(text)
  const { data } = useImages({ word: '', tag: '', deleted: false })
  const [first] = data?.pages ?? []
  if (!first || first.isPublic) return null
  return <Alert color="orange">{said.hidden(first.host)}</Alert>
}
