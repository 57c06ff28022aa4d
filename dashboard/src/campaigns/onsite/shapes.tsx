import { type OnsiteContent, onsiteForms } from '../../../../server/src/messages/onsite/content.ts'
import { useWords, words } from '../../app/language.ts'
import style from './onsite.module.css'

const text = words({
  shape: { ko: '모양', en: 'Shape' },
  modal: { ko: '팝업', en: 'Popup' },
  slide: { ko: '슬라이드', en: 'Slide' },
  sheet: { ko: '바텀 시트', en: 'Sheet' },
  full: { ko: '전체 화면', en: 'Full screen' },
  bar: { ko: '바', en: 'Bar' },
  toast: { ko: '토스트', en: 'Toast' },
  inline: { ko: '본문 안', en: 'In the page' },
  button: { ko: '떠 있는 버튼', en: 'Button' },
})

type Form = OnsiteContent['form']

/** Where the message stands on a page of 48 by 36. */
const boxes: Readonly<Record<Form, readonly [x: number, y: number, w: number, h: number]>> = {
  modal: [12, 9, 24, 18],
  slide: [29, 15, 17, 19],
  sheet: [8, 20, 32, 16],
  full: [2, 2, 44, 32],
  bar: [0, 0, 48, 7],
  toast: [27, 24, 19, 10],
  inline: [6, 13, 36, 10],
  button: [34, 27, 12, 6],
}

const covering: readonly Form[] = ['modal', 'sheet', 'full']

/** How the message stands on the page, as small pictures. */
export function Shapes({
  form,
  choose,
}: {
  readonly form: Form
  readonly choose: (form: Form) => void
}) {
  const said = useWords(text)
  return (
    <fieldset className={style.plain}>
      <legend className={style.label}>{said.shape}</legend>
      <div className={style.shapes}>
        {onsiteForms.map((one) => (
          <label key={one} className={style.shape}>
            <input
              type="radio"
              name="onsite-shape"
              value={one}
              checked={one === form}
              onChange={() => choose(one)}
            />
            <Shape form={one} />
            <span>{said[one]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Shape({ form }: { readonly form: Form }) {
  const [x, y, width, height] = boxes[form]
  return (
    <svg viewBox="0 0 48 36" className={style.mini} aria-hidden="true">
      <rect width="48" height="36" rx="3" className={style.page} />
      <rect x="5" y="9" width="14" height="2" className={style.line} />
      <rect x="5" y="25" width="22" height="2" className={style.line} />
      <rect x="5" y="29" width="16" height="2" className={style.line} />
      {covering.includes(form) && <rect width="48" height="36" rx="3" className={style.shade} />}
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={form === 'button' ? 3 : 1.5}
        className={style.box}
      />
    </svg>
  )
}
