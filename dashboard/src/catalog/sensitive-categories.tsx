import { Button, TagsInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type CatalogSettings, getCatalogSettings, putCatalogSettings } from '../api/products.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Failure } from '../design/states.tsx'
import style from './products.module.css'

const text = words({
  title: { ko: '민감 분류', en: 'Sensitive categories' },
  note: {
    ko: '분류 이름에 이 말이 들어 있으면 메일·문자·카카오톡에 그 상품의 이름과 사진이 나오지 않아요. 상품마다 따로 바꿀 수도 있어요.',
    en: 'Products of categories whose name holds one of these never appear in mails, texts or KakaoTalk. A product’s own switch outranks it.',
  },
  words: { ko: '분류 이름에 들어 있는 말', en: 'Part of a category’s name' },
  add: { ko: '입력하고 Enter', en: 'Type and press Enter' },
  save: { ko: '민감 분류 저장하기', en: 'Save sensitive categories' },
})

/** Which categories stay out of messages off site. */
export function SensitiveCategories() {
  const settings = useQuery({
    queryKey: ['settings', 'catalog'],
    queryFn: ({ signal }) => getCatalogSettings(signal),
  })
  if (!settings.data) return null
  return <Form key={JSON.stringify(settings.data)} opened={settings.data} />
}

function Form({ opened }: { readonly opened: CatalogSettings }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<readonly string[]>(opened.sensitiveCategories)
  const save = useMutation({
    mutationFn: () => putCatalogSettings({ sensitiveCategories: chosen }, opened),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['settings', 'catalog'] })
      await queries.invalidateQueries({ queryKey: ['products'] })
    },
  })
  const isSame = JSON.stringify(chosen) === JSON.stringify(opened.sensitiveCategories)
  return (
    <div style={{ marginTop: 16 }}>
      <Card title={said.title} note={said.note}>
        <div className={style.form}>
          <TagsInput
            label={said.words}
            placeholder={said.add}
            value={[...chosen]}
            onChange={setChosen}
            maxTags={100}
            readOnly={!may}
          />
          {save.error && <Failure error={save.error} />}
          {may && !isSame && (
            <div>
              <Button loading={save.isPending} onClick={() => save.mutate()}>
                {said.save}
              </Button>
            </div>
          )}
        </div>
      </Card>
    </div>
  )
}
