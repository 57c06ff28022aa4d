import { TextInput } from '@mantine/core'
import { useWords, words } from '../../app/language.ts'

const text = words({
  wrong: {
    ko: 'https://로 시작하는 주소, /로 시작하는 상점의 경로, {{ cart.url }} 같은 값 가운데 하나를 적어 주세요.',
    en: 'Write an https address, a path of the shop such as /join, or a value such as {{ cart.url }}.',
  },
})

type Props = {
  readonly label: string
  readonly value: string
  readonly put: (value: string) => void
  readonly optional?: boolean
}

/** An address, a path of the shop or one value; what could not be published says so while it is typed. */
export function PlaceBlank({ label, value, put, optional = false }: Props) {
  const said = useWords(text)
  const isRight =
    (optional && value === '') ||
    /^(https?:\/\/\S|\/(?!\/))/i.test(value) ||
    /^\{\{[^{}]+\}\}$/.test(value)
  return (
    <TextInput
      label={label}
      maxLength={2_000}
      value={value}
      error={isRight ? undefined : said.wrong}
      onChange={(event) => put(event.currentTarget.value.trim())}
    />
  )
}
