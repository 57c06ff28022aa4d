import type { Brand } from '../../../server/src/messages/brand.ts'
import { fontStack, inkOn } from '../../../server/src/messages/look.ts'
import { useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import style from './settings.module.css'

const text = words({
  sample: { ko: '이렇게 보여요', en: 'It looks like this' },
  hello: { ko: '안녕하세요, 김하늘님', en: 'Hello, Haneul' },
  button: { ko: '보러 가기', en: 'Have a look' },
})

/** A little mail that wears what is being chosen. */
export function BrandSample({ brand }: { readonly brand: Brand }) {
  const said = useWords(text)
  const { shop } = useSession()
  const isColor = /^#[0-9a-f]{6}$/i.test(brand.color)
  const color = isColor ? brand.color : '#111827'
  const round = brand.corners === 'round'
  return (
    <figure style={{ margin: 0 }}>
      <figcaption className={style.label}>{said.sample}</figcaption>
      <div className={style.sheet} style={{ fontFamily: fontStack[brand.font] }}>
        {/^https?:\/\/\S+$/.test(brand.logo) ? (
          <img src={brand.logo} alt={shop.name} width={brand.logoWidth / 2} />
        ) : (
          <strong>{shop.name}</strong>
        )}
        <div className={style.paper} style={{ borderRadius: round ? 12 : 0 }}>
          <div style={{ fontWeight: 700 }}>{said.hello}</div>
          <span
            style={{
              padding: '10px 18px',
              borderRadius: round ? 8 : 0,
              background: color,
              color: inkOn(color),
              fontSize: 14,
            }}
          >
            {said.button}
          </span>
        </div>
      </div>
    </figure>
  )
}
