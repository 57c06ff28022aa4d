import { SegmentedControl } from '@mantine/core'
import { type CSSProperties, useState } from 'react'
import { type Brand, cornerOf } from '../../../server/src/messages/brand.ts'
import { fontStack } from '../../../server/src/messages/look.ts'
import { paletteOf } from '../../../server/src/messages/palette.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import style from './brand.module.css'

const text = words({
  sample: { ko: '이렇게 보여요', en: 'It looks like this' },
  around: { ko: '밝기', en: 'By day and night' },
  light: { ko: '밝을 때', en: 'Light' },
  dark: { ko: '어두울 때', en: 'Dark' },
  mail: { ko: '메일', en: 'Mail' },
  popup: { ko: '팝업', en: 'Popup' },
  hello: { ko: '김하늘님, 반가워요', en: 'Welcome, Haneul' },
  body: { ko: '새로 나온 상품을 먼저 보여드려요.', en: 'The newest products, shown to you first.' },
  faint: { ko: '11월 30일까지', en: 'until 30 November' },
  button: { ko: '보러 가기', en: 'Have a look' },
  refuse: { ko: '괜찮아요', en: 'No, thanks' },
})

/** A mail and a popup that wear what is being chosen. */
export function BrandSample({ brand }: { readonly brand: Brand }) {
  const said = useWords(text)
  const [scheme, setScheme] = useState<'light' | 'dark'>('light')
  const popup = brand.scheme === 'auto' ? scheme : brand.scheme
  return (
    <figure className={style.sample}>
      <figcaption className={style.label}>{said.sample}</figcaption>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={said.around}
        value={scheme}
        onChange={(value) => setScheme(value === 'dark' ? 'dark' : 'light')}
        data={[
          { value: 'light', label: said.light },
          { value: 'dark', label: said.dark },
        ]}
      />
      <div
        className={style.sheet}
        style={{
          fontFamily: fontStack[brand.font],
          background: scheme === 'dark' ? '#111827' : '#f3f4f6',
        }}
      >
        <span className={style.kind} style={{ color: scheme === 'dark' ? '#d1d5db' : '#4b5563' }}>
          {said.mail}
        </span>
        <Logo brand={brand} isDark={scheme === 'dark'} />
        <Paper brand={brand} scheme={scheme} />
      </div>
      <div
        className={style.sheet}
        style={{ fontFamily: fontStack[brand.font], background: '#9ca3af' }}
      >
        <span className={style.kind} style={{ color: '#111827' }}>
          {said.popup}
        </span>
        <Paper brand={brand} scheme={popup} isPopup />
      </div>
    </figure>
  )
}

function Logo({ brand, isDark }: { readonly brand: Brand; readonly isDark: boolean }) {
  const { shop } = useSession()
  const width = Math.min(brand.logoWidth / 2, 180)
  if (brand.logo === '') {
    return <strong style={{ color: isDark ? '#f3f4f6' : '#111827' }}>{shop.name}</strong>
  }
  const paper = isDark ? { background: '#ffffff', borderRadius: 4 } : {}
  return <img src={brand.logo} alt={shop.name} width={width} style={paper} />
}

type PaperProps = {
  readonly brand: Brand
  readonly scheme: 'light' | 'dark'
  readonly isPopup?: boolean
}

function Paper({ brand, scheme, isPopup = false }: PaperProps) {
  const said = useWords(text)
  const { background, text: ink, faint, button } = paletteOf(brand, scheme)
  const act: CSSProperties = {
    borderRadius: cornerOf(brand),
    border: `2px solid ${button.border}`,
    background: button.background,
    color: button.text,
  }
  return (
    <div
      className={`${style.paper} ${isPopup ? style.popup : ''}`}
      style={{ background, color: ink, borderRadius: cornerOf(brand, 1.5) }}
    >
      <div className={style.hello}>{said.hello}</div>
      <div>{said.body}</div>
      <div style={{ color: faint, fontSize: 13 }}>{said.faint}</div>
      <div className={style.acts}>
        <span className={style.act} style={act}>
          {said.button}
        </span>
        {isPopup && (
          <span
            className={style.act}
            style={{ ...act, borderColor: faint, background, color: ink }}
          >
            {said.refuse}
          </span>
        )}
      </div>
    </div>
  )
}
