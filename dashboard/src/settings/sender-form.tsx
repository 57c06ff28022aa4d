import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { ShopSettings } from '../api/settings.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { useShop } from './use-shop.ts'

const text = words({
  title: { ko: '발신자 정보', en: 'Sender' },
  note: {
    ko: '광고 메일에는 보내는 사람이 누구인지 법으로 꼭 밝혀야 해요. 여기에 적은 내용이 메일 아래에 저절로 들어가요.',
    en: 'The law wants every advertising mail to say who sends it. What you write here is put at the foot of each mail.',
  },
  legalName: { ko: '사업자 이름', en: 'Legal name' },
  fromEmail: { ko: '보내는 메일 주소', en: 'Mails are sent from' },
  contactEmail: { ko: '연락 받을 메일 주소', en: 'Contact e-mail' },
  phone: { ko: '연락 받을 전화번호', en: 'Contact phone' },
  address: { ko: '사업장 주소', en: 'Business address' },
  save: { ko: '발신자 정보 저장하기', en: 'Save the sender' },
})

const fields = ['legalName', 'fromEmail', 'contactEmail', 'phone', 'address'] as const

/** Who the shop is in its messages. */
export function SenderForm() {
  const said = useWords(text)
  const { shop } = useShop()
  if (shop.error) return <Failure error={shop.error} retry={() => shop.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {shop.data ? <Form shop={shop.data} /> : <Bones lines={5} />}
    </Card>
  )
}

function Form({ shop: known }: { readonly shop: ShopSettings }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const { saving } = useShop()
  const [form, setForm] = useState(known.sender)
  const [opened, setOpened] = useState(known)
  const problem = problemIn(saving.error)
  const changed = JSON.stringify(form) !== JSON.stringify(opened.sender)
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ change: { sender: form }, seen: opened }, { onSuccess: setOpened })
      }}
    >
      {fields.map((field) => (
        <TextInput
          key={field}
          label={said[field]}
          type={field.endsWith('Email') ? 'email' : 'text'}
          disabled={!may}
          maxLength={300}
          value={form[field]}
          error={problem?.field?.includes(field) ? problemSentence(problem, language) : undefined}
          onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })}
        />
      ))}
      {problem && !problem.field && <Failure error={saving.error} />}
      {may && (
        <div>
          <Button type="submit" loading={saving.isPending} disabled={!changed}>
            {said.save}
          </Button>
        </div>
      )}
    </form>
  )
}
