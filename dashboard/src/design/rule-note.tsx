import { Tooltip } from '@mantine/core'
import { IconGavel } from '@tabler/icons-react'
import type { NamedRule } from '../../../server/src/messages/law.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import style from './hint.module.css'

const text = words({
  read: {
    ko: (day: string) => `${day}에 마지막으로 살펴봤어요. 법률 자문은 아니에요.`,
    en: (day: string) => `Last read on ${day}. This is not legal advice.`,
  },
})

/** The rule of law or of a channel behind a refusal; what it says opens on hover and by keyboard. */
export function RuleNote({ rule }: { readonly rule: NamedRule | null | undefined }) {
  const said = useWords(text)
  const language = useLanguage()
  if (!rule) return null
  const says = `${rule.text[language]} ${said.read(rule.reviewed)}`
  return (
    <Tooltip label={says} w={300} multiline position="top">
      <button
        type="button"
        className={style.rule}
        aria-label={`${rule.article[language]}: ${says}`}
      >
        <IconGavel size={14} aria-hidden />
        {rule.article[language]}
      </button>
    </Tooltip>
  )
}
