import {
  ActionIcon,
  Button,
  ColorInput,
  NumberInput,
  SegmentedControl,
  Select,
  TextInput,
} from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Brand } from '../../../server/src/messages/brand.ts'
import { socialKinds, socialName } from '../../../server/src/messages/look.ts'
import { problemIn } from '../api/client.ts'
import { getBrand, putBrand } from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { BrandSample } from './mail-brand-sample.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '메일 디자인', en: 'Design of mails' },
  note: {
    ko: '모든 메일에 우리 상점의 모습을 입혀요. 켜져 있는 캠페인은 다시 반영할 때 바뀌어요.',
    en: 'Every mail wears your shop’s look. Campaigns that are on take it when they are published again.',
  },
  logo: { ko: '로고 그림 주소', en: 'Address of the logo' },
  logoNote: {
    ko: 'https로 시작하는 PNG나 JPG 주소예요. 비워 두면 상점 이름을 보여줘요.',
    en: 'An https address of a PNG or JPG. The shop’s name stands there without one.',
  },
  width: { ko: '로고 너비 (px)', en: 'Width of the logo (px)' },
  color: { ko: '버튼 색', en: 'Colour of buttons' },
  font: { ko: '글꼴', en: 'Font' },
  sans: { ko: '고딕', en: 'Sans serif' },
  serif: { ko: '명조', en: 'Serif' },
  corners: { ko: '모서리', en: 'Corners' },
  round: { ko: '둥글게', en: 'Round' },
  square: { ko: '반듯하게', en: 'Square' },
  places: { ko: 'SNS 링크', en: 'Social links' },
  placesNote: {
    ko: '메일의 ‘SNS 링크’ 블록에 나와요. 다른 회사의 그림을 불러오지 않도록 글자로 보여줘요.',
    en: 'Shown by the block “Social links”, as words, so that nothing is fetched from other companies.',
  },
  kind: { ko: '어디', en: 'Where' },
  address: { ko: '주소', en: 'Address' },
  remove: { ko: '빼기', en: 'Remove' },
  add: { ko: 'SNS 추가하기', en: 'Add a place' },
  save: { ko: '이 모습으로 하기', en: 'Use this look' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

/** `/settings/brand`: logo, colour, font and places of the shop's mails. */
export function MailBrand() {
  const said = useWords(text)
  const brand = useQuery({ queryKey: ['brand'], queryFn: ({ signal }) => getBrand(signal) })
  if (brand.error) return <Failure error={brand.error} retry={() => brand.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {brand.isSuccess ? <BrandForm known={brand.data} /> : <Bones lines={6} />}
    </Card>
  )
}

function BrandForm({ known }: { readonly known: Brand }) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [brand, setBrand] = useState<Brand>(known)
  const [opened, setOpened] = useState(known)
  const saving = useMutation({
    mutationFn: () => putBrand(brand, opened),
    onSuccess: async (next) => {
      setOpened(next)
      queries.setQueryData(['brand'], next)
      await queries.invalidateQueries({ queryKey: ['campaigns', 'preview'] })
      notifications.show({ message: said.saved })
    },
  })
  const problem = problemIn(saving.error)
  const wrong = (field: string) =>
    problem?.field?.startsWith(field) ? problemSentence(problem, language) : undefined
  return (
    <div className={style.brand}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <TextInput
          label={said.logo}
          description={said.logoNote}
          type="url"
          maxLength={2_000}
          disabled={!may}
          value={brand.logo}
          error={wrong('logo')}
          onChange={(event) => setBrand({ ...brand, logo: event.currentTarget.value.trim() })}
        />
        <div className={style.pair}>
          <NumberInput
            label={said.width}
            min={40}
            max={400}
            disabled={!may}
            value={brand.logoWidth}
            onChange={(value) => setBrand({ ...brand, logoWidth: Number(value) || 160 })}
          />
          <ColorInput
            label={said.color}
            format="hex"
            withEyeDropper={false}
            disabled={!may}
            value={brand.color}
            error={wrong('color')}
            onChange={(color) => setBrand({ ...brand, color })}
          />
        </div>
        <div className={style.pair}>
          <Choice
            label={said.font}
            disabled={!may}
            value={brand.font}
            options={{ sans: said.sans, serif: said.serif }}
            choose={(font) => setBrand({ ...brand, font })}
          />
          <Choice
            label={said.corners}
            disabled={!may}
            value={brand.corners}
            options={{ round: said.round, square: said.square }}
            choose={(corners) => setBrand({ ...brand, corners })}
          />
        </div>
        <Places
          social={brand.social}
          may={may}
          error={wrong('social')}
          put={(social) => setBrand({ ...brand, social })}
        />
        {problem && !/^(logo|color|social)/.test(problem.field ?? '') && (
          <Failure error={saving.error} />
        )}
        {may && (
          <div>
            <Button type="submit" loading={saving.isPending}>
              {said.save}
            </Button>
          </div>
        )}
      </form>
      <BrandSample brand={brand} />
    </div>
  )
}

type ChoiceProps<V extends string> = {
  readonly label: string
  readonly disabled: boolean
  readonly value: V
  readonly options: Readonly<Record<V, string>>
  readonly choose: (value: V) => void
}

function Choice<V extends string>({ label, disabled, value, options, choose }: ChoiceProps<V>) {
  const values = Object.keys(options) as V[]
  return (
    <div>
      <div className={style.label}>{label}</div>
      <SegmentedControl
        fullWidth
        aria-label={label}
        disabled={disabled}
        data={values.map((one) => ({ value: one, label: options[one] }))}
        value={value}
        onChange={(next) => choose(values.find((one) => one === next) ?? value)}
      />
    </div>
  )
}

type PlacesProps = {
  readonly social: Brand['social']
  readonly may: boolean
  readonly error: string | undefined
  readonly put: (social: Brand['social']) => void
}

function Places({ social, may, error, put }: PlacesProps) {
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
