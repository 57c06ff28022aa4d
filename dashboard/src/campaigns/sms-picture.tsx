import { Button, FileButton, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { problemIn } from '../api/client.ts'
import { uploadTextPicture } from '../api/text-pictures.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import { base64Of } from './base64.ts'
import { asJpeg } from './jpeg.ts'
import style from './sms.module.css'

const text = words({
  add: { ko: '그림 넣기 (MMS)', en: 'Add a picture (MMS)' },
  another: { ko: '다른 그림 넣기', en: 'Another picture' },
  remove: { ko: '그림 빼기', en: 'Remove the picture' },
  wrong: {
    ko: '그림을 읽지 못했어요. JPG나 PNG로 다시 골라 주세요.',
    en: 'The picture cannot be read. Choose a JPG or PNG.',
  },
})

/** What carriers take: Solapi's SDK says 200 KB; a phone's screen needs no more than so many pixels. */
const limits = { bytes: 200 * 1024, pixels: 1_000 } as const

type Props = {
  readonly picture: string | undefined
  readonly change: (picture: string | undefined) => void
}

/** The picture of a text: made small enough here, then handed to the provider. */
export function SmsPicture({ picture, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const jpeg = await asJpeg(file, limits)
      return uploadTextPicture({ name: file.name.slice(0, 100), data: await base64Of(jpeg) })
    },
    onSuccess: ({ id }) => change(id),
  })
  const problem = problemIn(upload.error)
  return (
    <div>
      <Group gap={8}>
        <FileButton
          accept="image/jpeg,image/png,image/webp"
          onChange={(file) => file && upload.mutate(file)}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={upload.isPending}>
              {picture ? said.another : said.add}
            </Button>
          )}
        </FileButton>
        {picture && (
          <Button variant="subtle" color="gray" size="xs" onClick={() => change(undefined)}>
            {said.remove}
          </Button>
        )}
      </Group>
      {upload.error && (
        <div className={style.alarm} role="alert">
          {problem ? problemSentence(problem, language) : said.wrong}
        </div>
      )}
    </div>
  )
}
