import { Button, NumberInput, Slider } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Brand, brandFaults } from '../../../server/src/messages/brand.ts'
import { problemIn } from '../api/client.ts'
import { getBrand, putBrand } from '../api/mail.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { problemSentence } from '../design/problem-words.ts'
import { Bones, Failure } from '../design/states.tsx'
import { ImageField } from '../images/image-picker.tsx'
import style from './brand.module.css'
import { Choice } from './brand-choice.tsx'
import { BrandColours, type BrandPart } from './brand-colours.tsx'
import { BrandPlaces } from './brand-places.tsx'
import { BrandSample } from './brand-sample.tsx'

const text = words({
  title: { ko: '브랜드', en: 'Brand' },
  note: {
    ko: '메일, 수신 설정 페이지, 팝업이 모두 이 모습을 입어요. 켜져 있는 캠페인은 다시 반영할 때 바뀌어요.',
    en: 'Mails, the pages behind their links and popups wear this look. Campaigns that are on take it when they are published again.',
  },
  logo: { ko: '로고', en: 'Logo' },
  logoNote: {
    ko: '없으면 상점 이름을 보여줘요. 배경이 투명한 PNG가 좋아요.',
    en: 'The shop’s name stands there without one. A PNG with a transparent background is best.',
  },
  width: { ko: '로고 너비 (px)', en: 'Width of the logo (px)' },
  font: { ko: '글꼴', en: 'Font' },
  fontNote: {
    ko: '고객 기기에 있는 글꼴만 써요. 글꼴을 내려받게 하지 않아요.',
    en: 'Only fonts that are on the reader’s device; none is fetched.',
  },
  sans: { ko: '고딕 (프리텐다드)', en: 'Sans (Pretendard)' },
  serif: { ko: '명조', en: 'Serif' },
  corners: { ko: '모서리', en: 'Corners' },
  round: { ko: '둥글게', en: 'Round' },
  square: { ko: '반듯하게', en: 'Square' },
  radius: { ko: '얼마나 둥글게 (px)', en: 'How round (px)' },
  scheme: { ko: '팝업의 밝기', en: 'Popups by day and night' },
  schemeNote: {
    ko: '메일은 고객의 메일 앱을 따라가요.',
    en: 'Mails follow the reader’s mail program.',
  },
  light: { ko: '항상 밝게', en: 'Light' },
  dark: { ko: '항상 어둡게', en: 'Dark' },
  device: { ko: '고객 기기대로', en: 'As the device' },
  save: { ko: '이 모습으로 하기', en: 'Use this look' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

/** `/settings/brand`: the one look of everything the shop says. */
export function BrandSettings() {
  const said = useWords(text)
  const brand = useQuery({ queryKey: ['brand'], queryFn: ({ signal }) => getBrand(signal) })
  if (brand.error) return <Failure error={brand.error} retry={() => brand.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {brand.isSuccess ? <BrandForm known={brand.data} /> : <Bones lines={6} />}
    </Card>
  )
}

const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

/** What is being typed may be half a colour; the sample and the check see the last whole ones. */
function wholeColours(brand: Brand, known: Brand): Brand {
  const { color, ink, background, text } = brand
  return {
    ...brand,
    color: isColour(color) ? color : known.color,
    ink: ink === 'auto' || isColour(ink) ? ink : known.ink,
    background: isColour(background) ? background : known.background,
    text: isColour(text) ? text : known.text,
  }
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
  const whole = wholeColours(brand, opened)
  const faults = brandFaults(whole)
  const problem = problemIn(saving.error)
  const isSocial = problem?.field?.startsWith('social') === true
  const put = (change: Partial<Brand>) => setBrand({ ...brand, ...change })
  return (
    <div className={style.brand}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Logo brand={brand} may={may} put={put} />
        <BrandColours brand={brand} may={may} faults={faults} put={put} />
        <Shapes brand={brand} may={may} put={put} />
        <BrandPlaces
          social={brand.social}
          may={may}
          error={isSocial ? problemSentence(problem, language) : undefined}
          put={(social) => put({ social })}
        />
        {problem && !isSocial && <Failure error={saving.error} />}
        {may && (
          <div>
            <Button type="submit" loading={saving.isPending} disabled={faults.length > 0}>
              {said.save}
            </Button>
          </div>
        )}
      </form>
      <BrandSample brand={whole} />
    </div>
  )
}

function Logo({ brand, may, put }: BrandPart) {
  const said = useWords(text)
  return (
    <div className={style.pair}>
      <div>
        <ImageField
          label={said.logo}
          value={brand.logo}
          disabled={!may}
          pick={({ files }) => put({ logo: files.letter?.path ?? '' })}
          clear={() => put({ logo: '' })}
        />
        <p className={style.note}>{said.logoNote}</p>
      </div>
      {brand.logo !== '' && (
        <NumberInput
          label={said.width}
          min={40}
          max={400}
          disabled={!may}
          value={brand.logoWidth}
          onChange={(value) => put({ logoWidth: Number(value) || 160 })}
        />
      )}
    </div>
  )
}

function Shapes({ brand, may, put }: BrandPart) {
  const said = useWords(text)
  return (
    <>
      <div className={style.pair}>
        <Choice
          label={said.corners}
          disabled={!may}
          value={brand.corners}
          options={{ round: said.round, square: said.square }}
          choose={(corners) => put({ corners })}
        />
        {brand.corners === 'round' && (
          <div>
            <div className={style.label}>{said.radius}</div>
            <Slider
              min={2}
              max={24}
              thumbLabel={said.radius}
              disabled={!may}
              value={brand.radius}
              onChange={(radius) => put({ radius })}
            />
          </div>
        )}
      </div>
      <Choice
        label={said.font}
        note={said.fontNote}
        disabled={!may}
        value={brand.font}
        options={{ sans: said.sans, serif: said.serif }}
        choose={(font) => put({ font })}
      />
      <Choice
        label={said.scheme}
        note={said.schemeNote}
        disabled={!may}
        value={brand.scheme}
        options={{ light: said.light, dark: said.dark, auto: said.device }}
        choose={(scheme) => put({ scheme })}
      />
    </>
  )
}
