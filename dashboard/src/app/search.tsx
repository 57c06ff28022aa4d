import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { listCampaigns } from '../api/campaigns.ts'
import { listCustomers } from '../api/customers.ts'
import { personName } from '../design/format.ts'
import { useLanguage, useWords, words } from './language.ts'
import { pageNames, rail } from './pages.ts'
import style from './shell.module.css'

const text = words({
  title: { ko: '찾기', en: 'Find' },
  placeholder: { ko: '이름, 이메일, 전화번호, 페이지', en: 'A name, e-mail, phone number or page' },
  page: { ko: '페이지', en: 'Page' },
  customer: { ko: '고객', en: 'Customer' },
  campaign: { ko: '캠페인', en: 'Campaign' },
  nothing: {
    ko: '찾지 못했어요. 전체 이메일이나 전화번호로 다시 찾아보세요.',
    en: 'Nothing found. Try a whole e-mail address or phone number.',
  },
})

type Props = { readonly opened: boolean; readonly onClose: () => void }

/** ⌘K: pages, campaigns and people by one line of text. */
export function Search({ opened, onClose }: Props) {
  const said = useWords(text)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={said.title}
      size="lg"
      yOffset="12vh"
      centered={false}
    >
      <Find close={onClose} />
    </Modal>
  )
}

type Found = { readonly to: string; readonly label: string; readonly kind: string }

function useFound(typed: string): readonly Found[] {
  const said = useWords(text)
  const names = useWords(pageNames)
  const language = useLanguage()
  const [settled] = useDebouncedValue(typed.trim(), 200)
  const people = useQuery({
    queryKey: ['customers', 'find', settled],
    queryFn: ({ signal }) => listCustomers({ search: settled, limit: 6 }, signal),
    enabled: settled.length > 0,
  })
  const campaigns = useQuery({
    queryKey: ['campaigns', 'find'],
    queryFn: ({ signal }) => listCampaigns({ limit: 100 }, signal),
  })
  const has = (label: string) => label.toLowerCase().includes(typed.trim().toLowerCase())
  const pages = rail
    .flatMap((part) => part.items)
    .map((item) => ({ to: item.to, label: names[item.name], kind: said.page }))
  const found = [
    ...pages,
    ...(campaigns.data?.items ?? []).map((one) => ({
      to: `/campaigns/${one.id}`,
      label: one.name,
      kind: said.campaign,
    })),
  ].filter((one) => has(one.label))
  const persons = (settled.length > 0 ? (people.data?.items ?? []) : []).map((one) => ({
    to: `/customers/${one.id}`,
    label: personName(one.name, language),
    kind: said.customer,
  }))
  return [...persons, ...found].slice(0, 14)
}

function Find({ close }: { readonly close: () => void }) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [, go] = useLocation()
  const found = useFound(typed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts at its first result
  useEffect(() => setAt(0), [typed])
  const open = (one: Found | undefined) => {
    if (!one) return
    close()
    go(one.to)
  }
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((before) => Math.min(found.length - 1, Math.max(0, before + step)))
    }
    if (event.key === 'Enter') open(found[at])
  }
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        leftSection={<IconSearch size={18} />}
        placeholder={said.placeholder}
        aria-label={said.placeholder}
        role="combobox"
        aria-expanded
        aria-controls="found"
        {...(found[at] ? { 'aria-activedescendant': `found-${at}` } : {})}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={steer}
      />
      <div className={style.results} id="found" role="listbox" aria-label={said.title}>
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above owns the keyboard
          <div
            key={`${one.kind}${one.to}`}
            id={`found-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={`${style.result} ${index === at ? style.chosen : ''}`}
            onMouseMove={() => setAt(index)}
            onClick={() => open(one)}
          >
            {one.label}
            <small>{one.kind}</small>
          </div>
        ))}
        {found.length === 0 && <div className={style.result}>{said.nothing}</div>}
      </div>
    </>
  )
}
