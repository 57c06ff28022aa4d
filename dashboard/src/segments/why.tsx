import { IconCheck, IconX } from '@tabler/icons-react'
import type { Definition } from '../../../server/src/segments/definition.ts'
import type { Why } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { dayAndTime } from '../design/format.ts'
import { useSources } from './sources.ts'
import { toldParts } from './told.ts'
import style from './why.module.css'

const text = words({
  holds: { ko: '맞아요', en: 'holds' },
  fails: { ko: '아니에요', en: 'does not hold' },
  until: {
    ko: (when: string) => `아무 일이 없어도 ${when}에 바뀔 수 있어요.`,
    en: (when: string) => `Time alone may change this at ${when}.`,
  },
})

type Props = {
  readonly why: Why
  readonly definition: Definition | undefined
  readonly brief?: boolean
}

/** Why one person is in: each condition with its truth and what was found. Groups are told by their parts. */
export function WhyParts({ why, definition, brief = false }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const named = useSources()
  const told = toldParts(why, definition, { language, named })
  const shown = brief ? told.filter(({ holds }) => holds).slice(0, 3) : told
  return (
    <>
      <ul className={style.parts}>
        {shown.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
          <li key={index} className={part.holds ? style.holds : style.fails}>
            {part.holds ? (
              <IconCheck size={15} aria-label={said.holds} />
            ) : (
              <IconX size={15} aria-label={said.fails} />
            )}
            <span>
              {part.sentence}
              {part.found && <b>{part.found}</b>}
            </span>
          </li>
        ))}
      </ul>
      {!brief && why.nextFlipAt !== null && (
        <p className={style.until}>
          {said.until(dayAndTime(why.nextFlipAt, { timeZone, language }, Date.now()))}
        </p>
      )}
    </>
  )
}
