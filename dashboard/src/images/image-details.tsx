import { Button, Drawer } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import {
  changeImage,
  type ImageAnswer,
  type ImageUseAnswer,
  listImageUses,
  removeImage,
  restoreImage,
} from '../api/images.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { imageFaultSentence } from './fault.ts'
import { ImageForm, wordsOf } from './image-form.tsx'
import style from './images.module.css'

const text = words({
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  uses: { ko: '쓰이는 곳', en: 'Where it is used' },
  unused: { ko: '아직 아무 데도 쓰지 않았어요.', en: 'It is not used anywhere yet.' },
  brand: { ko: '브랜드 (로고)', en: 'Brand (logo)' },
  live: { ko: '켜져 있어요', en: 'live' },
  draft: { ko: '작성 중', en: 'draft' },
  sent: { ko: '예전에 썼어요', en: 'was used' },
  remove: { ko: '보관함에서 지우기', en: 'Delete from the library' },
  held: {
    ko: '쓰이는 곳에서 먼저 다른 그림으로 바꾸면 지울 수 있어요.',
    en: 'It can be deleted once these places have another picture.',
  },
  stays: {
    ko: '지워도 이미 보낸 메시지에는 계속 보여요. 30일 안에는 되살릴 수 있어요.',
    en: 'What was sent goes on showing it. It can be brought back within 30 days.',
  },
  gone: { ko: '그림을 지웠어요.', en: 'The picture is deleted.' },
  undo: { ko: '되살리기', en: 'Undo' },
  back: { ko: '되살렸어요.', en: 'It is back.' },
  sizes: { ko: '만들어진 크기', en: 'Sizes that were made' },
  large: { ko: '팝업', en: 'Popup' },
  letter: { ko: '메일', en: 'Mail' },
  card: { ko: '문자 (MMS)', en: 'Text (MMS)' },
  kakao: { ko: '카카오', en: 'KakaoTalk' },
  kakaoSize: { ko: '800×400, 800×600', en: '800×400, 800×600' },
  kakaoSmall: { ko: '가로 500px보다 작아서 못 써요', en: 'too small: 500 px wide at least' },
})

type Props = {
  readonly image: ImageAnswer | undefined
  readonly close: () => void
}

/** One picture: its words, focus and tags, where it is used, what was made of it. */
export function ImageDetails({ image, close }: Props) {
  return (
    <Drawer
      opened={image !== undefined}
      onClose={close}
      position="right"
      size="md"
      title={image?.name}
    >
      {image && <Details key={image.id} image={image} close={close} />}
    </Drawer>
  )
}

function Details({ image, close }: { readonly image: ImageAnswer; readonly close: () => void }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer') && image.deletedAt === null
  const queries = useQueryClient()
  const [now, setNow] = useState(() => wordsOf(image))
  const saving = useMutation({
    mutationFn: () => changeImage(image.id, now),
    onSuccess: async () => {
      notifications.show({ message: said.saved })
      await queries.invalidateQueries({ queryKey: ['images'] })
      close()
    },
  })
  return (
    <form
      className={style.details}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <ImageForm image={image} said={now} disabled={!may} put={setNow} />
      {saving.error && (
        <p className={style.fault} role="alert">
          {imageFaultSentence(saving.error, language)}
        </p>
      )}
      {may && (
        <Button type="submit" loading={saving.isPending} disabled={now.name.trim() === ''}>
          {said.save}
        </Button>
      )}
      <Sizes image={image} />
      <Uses image={image} may={may} close={close} />
      {image.deletedAt !== null && <BackButton image={image} close={close} />}
    </form>
  )
}

function Sizes({ image }: { readonly image: ImageAnswer }) {
  const said = useWords(text)
  const rows = (['large', 'letter', 'card'] as const).flatMap((name) => {
    const file = image.files[name]
    return file
      ? [[said[name], `${file.width}×${file.height} · ${kilobytes(file.bytes)}`] as const]
      : []
  })
  return (
    <section>
      <h3 className={style.label}>{said.sizes}</h3>
      <dl className={style.sizes}>
        {[...rows, [said.kakao, image.kakao ? said.kakaoSize : said.kakaoSmall] as const].map(
          ([name, size]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{size}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}

const kilobytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} KB`

const isHeld = (use: ImageUseAnswer): boolean => use.kind === 'brand' || use.as !== 'sent'

type UsesProps = {
  readonly image: ImageAnswer
  readonly may: boolean
  readonly close: () => void
}

function Uses({ image, may, close }: UsesProps) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const undo = useRestore()
  const uses = useQuery({
    queryKey: ['images', 'uses', image.id],
    queryFn: ({ signal }) => listImageUses(image.id, signal),
  })
  const removing = useMutation({
    mutationFn: () => removeImage(image.id),
    onSuccess: async () => {
      close()
      const id = `image-gone-${image.id}`
      notifications.show({
        id,
        autoClose: 12_000,
        message: (
          <span className={style.undo}>
            {said.gone}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                undo.mutate(image.id)
              }}
            >
              {said.undo}
            </Button>
          </span>
        ),
      })
      await queries.invalidateQueries({ queryKey: ['images'] })
    },
  })
  if (uses.error) return <Failure error={uses.error} retry={() => uses.refetch()} />
  if (!uses.data) return <Bones lines={2} />
  const { items } = uses.data
  const held = items.some(isHeld)
  return (
    <section>
      <h3 className={style.label}>{said.uses}</h3>
      {items.length === 0 && <p className={style.note}>{said.unused}</p>}
      <ul className={style.uses}>
        {items.map((use) =>
          use.kind === 'brand' ? (
            <li key="brand">
              <Link href="/settings/brand">{said.brand}</Link>
            </li>
          ) : (
            <li key={use.id}>
              <Link href={`/campaigns/${use.id}`}>{use.name}</Link> <Tag>{said[use.as]}</Tag>
            </li>
          ),
        )}
      </ul>
      {may && (
        <>
          <p className={style.note}>{held ? said.held : said.stays}</p>
          {removing.error && (
            <p className={style.fault} role="alert">
              {imageFaultSentence(removing.error, language)}
            </p>
          )}
          <Button
            variant="light"
            color="red"
            disabled={held}
            loading={removing.isPending}
            onClick={() => removing.mutate()}
          >
            {said.remove}
          </Button>
        </>
      )}
    </section>
  )
}

function BackButton({ image, close }: { readonly image: ImageAnswer; readonly close: () => void }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const undo = useRestore()
  if (!may) return null
  return (
    <Button
      variant="default"
      loading={undo.isPending}
      onClick={() => undo.mutate(image.id, { onSuccess: close })}
    >
      {said.undo}
    </Button>
  )
}

/** Brings a deleted picture back. */
function useRestore() {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: restoreImage,
    onSuccess: async () => {
      notifications.show({ message: said.back })
      await queries.invalidateQueries({ queryKey: ['images'] })
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: imageFaultSentence(error, language) }),
  })
}
