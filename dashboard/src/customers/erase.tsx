import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { type CustomerDetail, eraseCustomer } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { personName } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './customers.module.css'
import { ErasedLists } from './erased-lists.tsx'

const text = words({
  title: {
    ko: (name: string) => `${name}의 정보를 지울까요?`,
    en: (name: string) => `Erase ${name}?`,
  },
  warning: {
    ko: '되돌릴 수 없어요. 기다리던 메시지도 보내지 않고, 캠페인과 세그먼트에서 바로 빠져요.',
    en: 'This cannot be undone. Waiting messages are not sent, and the person leaves campaigns and segments at once.',
  },
  type: {
    ko: (id: number, name: string) =>
      `지우려면 고객 번호(${id})${name === '' ? '를' : `나 이름(${name})을`} 적어 주세요.`,
    en: (id: number, name: string) =>
      `Type the number ${id}${name === '' ? '' : ` or the name “${name}”`} to erase.`,
  },
  go: { ko: '이 고객의 정보 지우기', en: 'Erase this person' },
  keep: { ko: '그대로 두기', en: 'Keep it' },
})

type Props = { readonly person: CustomerDetail; readonly close: () => void }

/** What goes, what stays and why; goes on only when the person is named by hand. */
export function Erase({ person, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  const erasing = useMutation({
    mutationFn: () => eraseCustomer(person.id),
    onSuccess: async () => {
      go(`/customers/${person.id}/erased`)
      queries.removeQueries({ queryKey: ['customers', 'one'] })
      await queries.invalidateQueries({ queryKey: ['customers'] })
    },
  })
  const name = person.name?.trim() ?? ''
  const matches = typed.trim() === String(person.id) || (name !== '' && typed.trim() === name)
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={said.title(
        name === '' || language === 'en' ? personName(person.name, language) : `${name} 고객`,
      )}
      closeOnClickOutside={false}
    >
      <form
        className={style.stack}
        onSubmit={(event) => {
          event.preventDefault()
          if (matches) erasing.mutate()
        }}
      >
        <p className={style.warning}>{said.warning}</p>
        <ErasedLists />
        <TextInput
          data-autofocus
          label={said.type(person.id, name)}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {erasing.error && <Failure error={erasing.error} />}
        <div className={style.buttons}>
          <Button variant="default" onClick={close}>
            {said.keep}
          </Button>
          <Button type="submit" color="red" disabled={!matches} loading={erasing.isPending}>
            {said.go}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
