import { useMutation } from '@tanstack/react-query'
import type { BrandContent } from '../../../server/src/messages/kakao/content.ts'
import { handPicture, pictureAddress } from '../api/kakao.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { imageFaultSentence } from '../images/fault.ts'
import { ImageField } from '../images/image-picker.tsx'
import style from './kakao.module.css'

const text = words({
  picture: { ko: '그림', en: 'Picture' },
  note: {
    ko: '카카오에 맞게 저절로 잘려요. 초점을 정하면 그곳은 꼭 보여요.',
    en: 'Cut to Kakao’s shape by itself; its focus stays in sight.',
  },
})

type Props = {
  readonly bubble: 'IMAGE' | 'WIDE'
  readonly picture: BrandContent['picture']
  readonly fault: string | undefined
  readonly change: (picture: BrandContent['picture']) => void
}

/** The picture of a bubble, of the library: cut to its shape and handed to the provider, which names it. */
export function BrandPicture({ bubble, picture, fault, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const handing = useMutation({
    mutationFn: (image: string) => handPicture({ image, bubble }),
    onSuccess: ({ id, url }, image) => change({ id, url, image }),
  })
  const wrong = handing.error ? imageFaultSentence(handing.error, language) : fault
  return (
    <fieldset className={style.blanks} aria-busy={handing.isPending}>
      <legend className={style.legend}>{said.picture}</legend>
      <p className={style.note}>{said.note}</p>
      <ImageField
        value={picture ? pictureAddress(picture.id) : ''}
        forKakao
        disabled={handing.isPending}
        pick={({ key }) => handing.mutate(key)}
      />
      {wrong && (
        <p className={style.fault} role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
