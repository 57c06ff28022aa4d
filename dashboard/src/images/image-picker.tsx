import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { readPicturePath } from '../../../server/src/images/address.ts'
import { changeImage, type ImageAnswer } from '../api/images.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { EmptyState } from '../design/states.tsx'
import { imageFaultSentence } from './fault.ts'
import { ImageDrop } from './image-drop.tsx'
import { ImageForm, type ImageWords, wordsOf } from './image-form.tsx'
import { ImageGrid } from './image-grid.tsx'
import style from './images.module.css'
import { HiddenHost } from './images.tsx'
import { useUploads } from './use-uploads.ts'

const text = words({
  title: { ko: '그림 고르기', en: 'Choose a picture' },
  emptyTitle: { ko: '보관함이 비어 있어요', en: 'The library is empty' },
  empty: { ko: '위에서 그림을 올리면 여기에 나와요.', en: 'What you upload above is shown here.' },
  use: { ko: '이 그림 쓰기', en: 'Use this picture' },
  others: { ko: '다른 그림 고르기', en: 'Choose another' },
  small: {
    ko: '가로 500px보다 작아서 카카오에는 못 써요. 더 큰 그림을 골라 주세요.',
    en: 'Narrower than 500 px: KakaoTalk does not take it. Choose a larger one.',
  },
  add: { ko: '보관함에서 그림 고르기', en: 'Choose from the library' },
  replace: { ko: '그림 바꾸기', en: 'Another picture' },
  remove: { ko: '그림 빼기', en: 'Remove the picture' },
})

type PickerProps = {
  readonly opened: boolean
  readonly close: () => void
  /** The picture with its words and focus as they are stored now. */
  readonly pick: (image: ImageAnswer) => void
  /** KakaoTalk takes pictures from 500 pixels on. */
  readonly forKakao?: boolean
}

/** Chooses a picture of the library, or brings a new one; it is given out only with words. */
export function ImagePicker({ opened, close, pick, forKakao = false }: PickerProps) {
  const said = useWords(text)
  return (
    <Modal opened={opened} onClose={close} title={said.title} size="xl">
      {opened && (
        <Choosing
          forKakao={forKakao}
          pick={(image) => {
            pick(image)
            close()
          }}
        />
      )}
    </Modal>
  )
}

type ChoosingProps = {
  readonly forKakao: boolean
  readonly pick: (image: ImageAnswer) => void
}

function Choosing({ forKakao, pick }: ChoosingProps) {
  const said = useWords(text)
  const [chosen, setChosen] = useState<ImageAnswer>()
  const { uploads, take } = useUploads(setChosen)
  if (chosen) {
    return (
      <Chosen
        key={chosen.id}
        image={chosen}
        forKakao={forKakao}
        pick={pick}
        back={() => setChosen(undefined)}
      />
    )
  }
  return (
    <div className={style.page}>
      <HiddenHost />
      <ImageDrop uploads={uploads} take={take} />
      <ImageGrid
        chosen={undefined}
        choose={setChosen}
        empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      />
    </div>
  )
}

type ChosenProps = ChoosingProps & { readonly image: ImageAnswer; readonly back: () => void }

function Chosen({ image, forKakao, pick, back }: ChosenProps) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [now, setNow] = useState<ImageWords>(() => wordsOf(image))
  const saving = useMutation({
    mutationFn: async () => {
      const { alt, focus } = now
      const moved = focus.x !== image.focus.x || focus.y !== image.focus.y
      const isSame = alt.trim() === image.alt && !moved
      return isSame ? image : await changeImage(image.id, moved ? { alt, focus } : { alt })
    },
    onSuccess: async (saved) => {
      pick(saved)
      await queries.invalidateQueries({ queryKey: ['images'] })
    },
  })
  const isSmall = forKakao && !image.kakao
  return (
    <div className={style.page}>
      <ImageForm image={image} said={now} isUsed put={setNow} />
      {(saving.error || isSmall) && (
        <p className={style.fault} role="alert">
          {isSmall ? said.small : imageFaultSentence(saving.error, language)}
        </p>
      )}
      <div className={style.acts}>
        <Button variant="default" onClick={back}>
          {said.others}
        </Button>
        <Button
          loading={saving.isPending}
          disabled={now.alt.trim() === '' || isSmall}
          onClick={() => saving.mutate()}
        >
          {said.use}
        </Button>
      </div>
    </div>
  )
}

/** The small file of a picture of the library, by any address of it; undefined for other addresses. */
function thumbOf(address: string): string | undefined {
  const found = readPicturePath(address)
  return found && `/i/${found.key}/small.webp`
}

type FieldProps = {
  /** Absent where a heading above says it. */
  readonly label?: string
  /** Any address of the picture, of the library or elsewhere; empty without one. */
  readonly value: string
  readonly pick: (image: ImageAnswer) => void
  readonly clear?: () => void
  readonly forKakao?: boolean
  readonly disabled?: boolean
}

/** A picture of a form: what it is now, and the button that opens the library. */
export function ImageField({
  label,
  value,
  pick,
  clear,
  forKakao = false,
  disabled = false,
}: FieldProps) {
  const said = useWords(text)
  const [opened, setOpened] = useState(false)
  const shown = thumbOf(value) ?? (/^(https?:\/\/\S+\.\S|\/api\/)/.test(value) ? value : undefined)
  return (
    <div>
      {label && <div className={style.label}>{label}</div>}
      <div className={style.field}>
        {shown && <img src={shown} alt="" className={style.thumb} />}
        <Button variant="default" size="xs" disabled={disabled} onClick={() => setOpened(true)}>
          {shown ? said.replace : said.add}
        </Button>
        {clear && shown && (
          <Button variant="subtle" color="gray" size="xs" disabled={disabled} onClick={clear}>
            {said.remove}
          </Button>
        )}
      </div>
      <ImagePicker opened={opened} close={() => setOpened(false)} pick={pick} forKakao={forKakao} />
    </div>
  )
}
