import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Brand } from '../../../server/src/messages/brand.ts'
import { socialKinds, socialName } from '../../../server/src/messages/look.ts'
import { useWords, words } from '../app/language.ts'
import style from './brand.module.css'

const text = words({
  places: { ko: 'SNS 링크', en: 'Social links' },
  placesNote: {
    ko: '메일의 ‘SNS 링크’ 블록에 나와요. 다른 회사의 그림을 불러오지 않도록 글자로 보여줘요.',
    en: 'Shown by the block “Social links”, as words, so that nothing is fetched from other companies.',
  },
  kind: { ko: '어디', en: 'Where' },
  address: { ko: '주소', en: 'Address' },
  remove: { ko: '빼기', en: 'Remove' },
  add: { ko: 'SNS 추가하기', en: 'Add a place' },
})

type BrandPlacesProps = {
  readonly social: Brand['social']
  readonly may: boolean
  readonly error: string | undefined
  readonly put: (social: Brand['social']) => void
}

/** Where else the shop is, as words. */
export function BrandPlaces({ social, may, error, put }: BrandPlacesProps) {
  const said = useWords(text)
  const kinds = socialKinds
  const free = kinds.find((kind) => !social.some((one) => one.kind === kind)) ?? 'website'
  return (
    <div className={style.places}>
      <div>
        <div className={style.label} style={{ marginBottom: 2 }}>
          {said.places}
        </div>
        <div className={style.note}>{said.placesNote}</div>
      </div>
      {social.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place has no name of its own, only its row
        <div key={at} className={style.place}>
          <Select
            aria-label={said.kind}
            allowDeselect={false}
            disabled={!may}
            data={kinds.map((kind) => ({ value: kind, label: socialName[kind] }))}
            value={one.kind}
            onChange={(value) => {
              const kind = kinds.find((known) => known === value) ?? one.kind
              put(social.map((old, place) => (place === at ? { ...old, kind } : old)))
            }}
          />
          <TextInput
            aria-label={said.address}
            type="url"
            placeholder="https://"
            required
            disabled={!may}
            value={one.url}
            onChange={(event) => {
              const url = event.currentTarget.value.trim()
              put(social.map((old, place) => (place === at ? { ...old, url } : old)))
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={said.remove}
            disabled={!may}
            onClick={() => put(social.filter((_, place) => place !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={style.trouble} role="alert">
          {error}
        </p>
      )}
      {may && social.length < 8 && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => put([...social, { kind: free, url: '' }])}
          >
            {said.add}
          </Button>
        </div>
      )}
    </div>
  )
}
