import { Button, Popover } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { Condition } from '../../../server/src/segments/definition.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { listPopover } from '../design/list-popover.ts'
import style from './blank.module.css'
import { ChoiceList } from './choice-list.tsx'
import { offersOf } from './offers.ts'
import { useSources } from './sources.ts'
import { useToday } from './value-blanks.tsx'

const text = words({
  add: { ko: '조건 더하기', en: 'Add a condition' },
  addInside: { ko: '묶음에 조건 더하기', en: 'Add to this group' },
  search: {
    ko: '누구를 찾나요? 예: 장바구니, 안 산, 방문',
    en: 'Whom are you looking for? Cart, no order, visits …',
  },
  label: { ko: '조건 고르기', en: 'Pick a condition' },
})

function useOffers() {
  const sources = useSources()
  const language = useLanguage()
  const { shop } = useSession()
  return useMemo(
    () => offersOf(sources, language, shop.currency),
    [sources, language, shop.currency],
  )
}

/** After a condition came, the keyboard stands on its first blank. */
function focusRow(row: string) {
  setTimeout(() => {
    const blank = document.querySelector<HTMLElement>(
      `[data-row="${row}"] [data-sentence] :is([data-blank], [data-add])`,
    )
    blank?.focus()
  })
}

type Props = {
  readonly add: (condition: Condition) => void
  /** The place the new condition will stand at. */
  readonly row: string
  readonly nested?: boolean
}

/** The sentences to start with, open on the empty page. */
export function FirstOffer({ add, row }: Props) {
  const said = useWords(text)
  const offers = useOffers()
  const today = useToday()
  return (
    <div className={style.first}>
      <ChoiceList
        label={said.label}
        choices={offers}
        placeholder={said.search}
        autoFocus
        onPick={(value) => {
          const offer = offers.find((one) => one.value === value)
          if (!offer) return
          add(offer.make(today))
          focusRow(row)
        }}
      />
    </div>
  )
}

/** The same behind a button, at the end of a group. */
export function AddCondition({ add, row, nested = false }: Props) {
  const said = useWords(text)
  const offers = useOffers()
  const today = useToday()
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Popover opened={opened} onChange={setOpened} {...listPopover}>
      <Popover.Target>
        <Button
          ref={button}
          variant={nested ? 'subtle' : 'light'}
          size={nested ? 'compact-sm' : 'sm'}
          leftSection={<IconPlus size={16} />}
          aria-haspopup="listbox"
          aria-expanded={opened}
          data-add={row}
          style={{ justifySelf: 'start' }}
          onClick={() => setOpened(!opened)}
        >
          {nested ? said.addInside : said.add}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={`${style.dropdown} ${style.wide}`}>
        <ChoiceList
          label={said.label}
          choices={offers}
          placeholder={said.search}
          autoFocus
          onLeave={() => {
            setOpened(false)
            button.current?.focus({ preventScroll: true })
          }}
          onPick={(value) => {
            const offer = offers.find((one) => one.value === value)
            setOpened(false)
            if (!offer) return
            add(offer.make(today))
            focusRow(row)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
