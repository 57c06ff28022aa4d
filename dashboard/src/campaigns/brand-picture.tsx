import { Button, FileButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { BrandContent } from '../../../server/src/messages/kakao/content.ts'
import { problemIn } from '../api/client.ts'
import { pictureAddress, uploadPicture } from '../api/kakao.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import { base64Of } from './base64.ts'
import style from './kakao.module.css'

const text = words({
  picture: { ko: '그림', en: 'Picture' },
  note: {
    ko: 'JPG나 PNG, 500KB까지. 가로가 세로의 두 배인 그림이 가장 잘 보여요.',
    en: 'JPG or PNG up to 500 KB; twice as wide as high looks best.',
  },
  choose: { ko: '그림 올리기', en: 'Upload a picture' },
  replace: { ko: '다른 그림 올리기', en: 'Upload another' },
  large: { ko: '500KB보다 큰 그림이에요. 줄여서 다시 올려 주세요.', en: 'Larger than 500 KB.' },
})

const most = 500 * 1024

type Props = {
  readonly bubble: 'IMAGE' | 'WIDE'
  readonly picture: BrandContent['picture']
  readonly fault: string | undefined
  readonly change: (picture: BrandContent['picture']) => void
}

/** The picture of a bubble: handed to the provider, which names it. */
export function BrandPicture({ bubble, picture, fault, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [isLarge, setLarge] = useState(false)
  const upload = useMutation({
    mutationFn: async (file: File) =>
      uploadPicture({ name: file.name.slice(0, 100), bubble, data: await base64Of(file) }),
    onSuccess: ({ id, url }) => change({ id, url }),
  })
  const problem = problemIn(upload.error)
  const wrong = isLarge ? said.large : problem ? problemSentence(problem, language) : fault
  return (
    <fieldset className={style.blanks}>
      <legend className={style.legend}>{said.picture}</legend>
      <p className={style.note}>{said.note}</p>
      <div className={style.upload}>
        {picture && <img src={pictureAddress(picture.id)} alt="" className={style.thumb} />}
        <FileButton
          accept="image/jpeg,image/png"
          onChange={(file) => {
            if (!file) return
            setLarge(file.size > most)
            if (file.size <= most) upload.mutate(file)
          }}
        >
          {(props) => (
            <Button variant="default" loading={upload.isPending} {...props}>
              {picture ? said.replace : said.choose}
            </Button>
          )}
        </FileButton>
      </div>
      {wrong && (
        <p className={style.fault} role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}
