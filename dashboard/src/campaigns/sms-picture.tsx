import { useMutation } from '@tanstack/react-query'
import { handTextPicture, textPictureAddress } from '../api/text-pictures.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { imageFaultSentence } from '../images/fault.ts'
import { ImageField } from '../images/image-picker.tsx'
import style from './sms.module.css'

const text = words({
  picture: { ko: '그림 (MMS)', en: 'Picture (MMS)' },
})

/** A picture of a text: how the provider names it, and which one of the library it is. */
export type TextPicture = { readonly picture: string; readonly image: string }

type Props = {
  readonly picture: string | undefined
  readonly change: (picture: TextPicture | undefined) => void
}

/** The picture of a text, of the library: handed to the provider in the size that phones take. */
export function SmsPicture({ picture, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const handing = useMutation({
    mutationFn: handTextPicture,
    onSuccess: ({ id }, image) => change({ picture: id, image }),
  })
  return (
    <div aria-busy={handing.isPending}>
      <ImageField
        label={said.picture}
        value={picture === undefined ? '' : textPictureAddress(picture)}
        disabled={handing.isPending}
        pick={({ key }) => handing.mutate(key)}
        clear={() => change(undefined)}
      />
      {handing.error && (
        <div className={style.alarm} role="alert">
          {imageFaultSentence(handing.error, language)}
        </div>
      )}
    </div>
  )
}
