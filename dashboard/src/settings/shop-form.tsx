import { Button, Select, TextInput } from '@mantine/core'
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
  title: { ko: '상점', en: 'Shop' },
  name: { ko: '상점 이름', en: 'Name' },
  nameNote: { ko: '메일과 화면에 이 이름이 보여요.', en: 'Seen in mails and here.' },
  url: { ko: '상점 주소', en: 'Address' },
  urlNote: {
    ko: '메일의 ‘장바구니로 가기’ 같은 링크가 이 주소로 이어져요. 예: https://myshop.co.kr',
    en: 'Links in mails lead here. For example https://myshop.co.kr',
  },
  zone: { ko: '시간대', en: 'Time zone' },
  zoneNote: {
    ko: '하루의 시작과 밤 시간을 이 시간대로 정해요.',
    en: 'Where days begin and nights fall.',
  },
  currency: { ko: '통화', en: 'Currency' },
  language: { ko: '메시지 언어', en: 'Language of messages' },
  korean: { ko: '한국어', en: 'Korean' },
  english: { ko: '영어', en: 'English' },
  save: { ko: '상점 정보 저장하기', en: 'Save the shop' },
})

export function ShopForm() {
  const said = useWords(text)
  const { shop } = useShop()
  if (shop.error) return <Failure error={shop.error} retry={() => shop.refetch()} />
  return (
    <Card title={said.title}>{shop.data ? <Form known={shop.data} /> : <Bones lines={5} />}</Card>
  )
}

const zones = [
  'Asia/Seoul',
  ...Intl.supportedValuesOf('timeZone').filter((z) => z !== 'Asia/Seoul'),
]
const currencies = ['KRW', 'USD', 'EUR', 'GBP', 'JPY', 'CNY', 'TWD', 'VND', 'SGD']

function Form({ known }: { readonly known: ShopSettings }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const { saving } = useShop()
  const [form, setForm] = useState(known)
  const [opened, setOpened] = useState(known)
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.includes(field) ? problemSentence(problem, language) : undefined
  const changed = JSON.stringify(form) !== JSON.stringify(known)
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        const { name, url, timeZone, currency } = form
        const messages = form.language === 'en' ? ('en' as const) : ('ko' as const)
        const change = { name, url, timeZone, currency, language: messages }
        saving.mutate({ change, seen: opened }, { onSuccess: setOpened })
      }}
    >
      <TextInput
        label={said.name}
        description={said.nameNote}
        maxLength={100}
        required
        withAsterisk={false}
        disabled={!may}
        value={form.name}
        error={wrong('name')}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <TextInput
        label={said.url}
        description={said.urlNote}
        type="url"
        disabled={!may}
        value={form.url}
        error={wrong('url')}
        onChange={(event) => setForm({ ...form, url: event.currentTarget.value })}
      />
      <Select
        label={said.zone}
        description={said.zoneNote}
        searchable
        allowDeselect={false}
        disabled={!may}
        data={zones}
        value={form.timeZone}
        error={wrong('timeZone')}
        onChange={(value) => value && setForm({ ...form, timeZone: value })}
      />
      <div className={style.pair}>
        <Select
          label={said.currency}
          allowDeselect={false}
          disabled={!may}
          data={[...new Set([...currencies, form.currency])]}
          value={form.currency}
          onChange={(value) => value && setForm({ ...form, currency: value })}
        />
        <Select
          label={said.language}
          allowDeselect={false}
          disabled={!may}
          data={[
            { value: 'ko', label: said.korean },
            { value: 'en', label: said.english },
          ]}
          value={form.language}
          onChange={(value) => value && setForm({ ...form, language: value })}
        />
      </div>
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
