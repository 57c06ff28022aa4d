import { Button, ColorInput } from '@mantine/core'
import type { Brand, BrandFault } from '../../../server/src/messages/brand.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import style from './brand.module.css'
import { Choice } from './brand-choice.tsx'

const text = words({
  color: { ko: '버튼 색', en: 'Colour of buttons' },
  ink: { ko: '버튼 글자 색', en: 'Words on buttons' },
  auto: { ko: '읽기 쉬운 색으로', en: 'Whatever reads best' },
  own: { ko: '직접 고르기', en: 'My own' },
  background: { ko: '배경 색', en: 'Background' },
  words: { ko: '글자 색', en: 'Words' },
  button: { ko: '버튼 모양', en: 'Buttons' },
  filled: { ko: '채운 버튼', en: 'Filled' },
  outline: { ko: '테두리 버튼', en: 'Outlined' },
  mend: { ko: '읽기 쉬운 색으로 바꾸기', en: 'Use a colour that can be read' },
  mendButton: { ko: '채운 버튼으로 바꾸기', en: 'Use filled buttons' },
})

/** What a part of the brand's form is given. */
export type BrandPart = {
  readonly brand: Brand
  readonly may: boolean
  readonly put: (change: Partial<Brand>) => void
}

/** Colours of paper, words and buttons; pairs that cannot be read say so. */
export function BrandColours({
  brand,
  may,
  faults,
  put,
}: BrandPart & { readonly faults: readonly BrandFault[] }) {
  const said = useWords(text)
  const fault = (field: BrandFault['field']) => (
    <Unreadable fault={faults.find((one) => one.field === field)} put={put} />
  )
  const colour = (field: 'color' | 'background' | 'text', label: string) => (
    <ColorInput
      label={label}
      format="hex"
      withEyeDropper={false}
      disabled={!may}
      value={brand[field]}
      onChange={(value) => put({ [field]: value })}
    />
  )
  return (
    <>
      <div className={style.pair}>
        {colour('background', said.background)}
        {colour('text', said.words)}
      </div>
      {fault('text')}
      <div className={style.pair}>
        {colour('color', said.color)}
        <Choice
          label={said.button}
          disabled={!may}
          value={brand.button}
          options={{ filled: said.filled, outline: said.outline }}
          choose={(button) => put({ button })}
        />
      </div>
      {fault('button')}
      {brand.button === 'filled' && (
        <div className={style.pair}>
          <Choice
            label={said.ink}
            disabled={!may}
            value={brand.ink === 'auto' ? 'auto' : 'own'}
            options={{ auto: said.auto, own: said.own }}
            choose={(how) => put({ ink: how === 'auto' ? 'auto' : '#ffffff' })}
          />
          {brand.ink !== 'auto' && (
            <ColorInput
              label={said.ink}
              format="hex"
              withEyeDropper={false}
              disabled={!may}
              value={brand.ink}
              onChange={(ink) => put({ ink })}
            />
          )}
        </div>
      )}
      {fault('ink')}
    </>
  )
}

type UnreadableProps = {
  readonly fault: BrandFault | undefined
  readonly put: (change: Partial<Brand>) => void
}

/** Colours that are too close, and one click that mends it. */
function Unreadable({ fault, put }: UnreadableProps) {
  const said = useWords(text)
  const language = useLanguage()
  if (!fault) return null
  const { field, instead } = fault
  return (
    <div className={style.unreadable} role="alert">
      <span>{fault[language]}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => put(field === 'button' ? { button: 'filled' } : { [field]: instead })}
      >
        {field === 'button' ? said.mendButton : said.mend}
      </Button>
    </div>
  )
}
