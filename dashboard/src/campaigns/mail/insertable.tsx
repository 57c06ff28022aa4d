import { Textarea, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useWords, words } from '../../app/language.ts'
import { inserted, ValueMenu, values } from '../value-menu.tsx'

const text = words({
  addressWrong: {
    ko: 'https://로 시작하는 주소나 {{ cart.url }} 같은 값을 적어 주세요.',
    en: 'Write an address beginning with https://, or a value such as {{ cart.url }}.',
  },
})

type Props = {
  readonly label: string
  readonly note?: string
  readonly value: string
  readonly put: (value: string) => void
  readonly error?: string | undefined
  readonly oneLine?: boolean
}

// The browser itself measures it: what is measured before the font has come cuts the second line off.
const grown = { input: { fieldSizing: 'content', minHeight: 36, maxHeight: 280 } } as const

/** A text that may name the person and their cart; values are put in where the cursor stands. */
export function Insertable({ label, note, value, put, error, oneLine = false }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const typed = (next: string) => put(oneLine ? next.replace(/\n/g, ' ') : next)
  return (
    <div>
      <Textarea
        ref={field}
        label={label}
        description={note}
        rows={2}
        styles={grown}
        value={value}
        error={error}
        onChange={(event) => typed(event.currentTarget.value)}
      />
      <ValueMenu offers={values} insert={(token) => typed(inserted(value, token, field.current))} />
    </div>
  )
}

type AddressProps = {
  readonly label: string
  readonly value: string
  readonly put: (value: string) => void
  readonly optional?: boolean
}

/** An address or one value; what could not be published says so while it is typed. */
export function AddressField({ label, value, put, optional = false }: AddressProps) {
  const said = useWords(text)
  const isRight =
    (optional && value === '') ||
    /^https?:\/\/\S+\.\S+/i.test(value) ||
    /^\{\{[^{}]+\}\}$/.test(value) ||
    /^https?:\/\/localhost/i.test(value)
  return (
    <TextInput
      label={label}
      type="url"
      maxLength={2_000}
      value={value}
      error={isRight ? undefined : said.addressWrong}
      onChange={(event) => put(event.currentTarget.value.trim())}
    />
  )
}
