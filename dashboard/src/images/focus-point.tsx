import type { KeyboardEvent, PointerEvent } from 'react'
import type { Focus } from '../../../server/src/images/image.ts'
import { useWords, words } from '../app/language.ts'
import style from './images.module.css'

const text = words({
  title: { ko: '초점', en: 'Focus' },
  note: {
    ko: '잘려도 꼭 보여야 하는 곳을 눌러 주세요. 화살표 키로도 옮겨요.',
    en: 'Click what must stay in sight when the picture is cut. Arrow keys move it too.',
  },
  at: {
    ko: (x: number, y: number) => `초점: 왼쪽에서 ${x}%, 위에서 ${y}%. 화살표 키로 옮겨요.`,
    en: (x: number, y: number) =>
      `Focus: ${x}% from the left, ${y}% from the top. Arrow keys move it.`,
  },
  wide: { ko: '카카오 가로 그림', en: 'KakaoTalk' },
  square: { ko: '정사각형', en: 'Square' },
  high: { ko: '세로 팝업', en: 'High popup' },
})

const shapes = [
  ['wide', 2],
  ['square', 1],
  ['high', 0.75],
] as const

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

type Props = {
  readonly picture: string
  readonly focus: Focus
  readonly disabled?: boolean
  readonly put: (focus: Focus) => void
}

/** The point of a picture that must stay visible, chosen on the picture, with what cuts will show of it. */
export function FocusPoint({ picture, focus, disabled = false, put }: Props) {
  const said = useWords(text)
  const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
  const point = (event: PointerEvent<HTMLElement>) => {
    if (disabled || (event.type === 'pointermove' && event.buttons !== 1)) return
    const box = event.currentTarget.getBoundingClientRect()
    put({
      x: share((event.clientX - box.left) / box.width),
      y: share((event.clientY - box.top) / box.height),
    })
  }
  const move = (event: KeyboardEvent) => {
    const [x, y] = steps[event.key] ?? [0, 0]
    if (disabled || (x === 0 && y === 0)) return
    event.preventDefault()
    const far = event.shiftKey ? 0.1 : 0.02
    put({ x: share(focus.x + x * far), y: share(focus.y + y * far) })
  }
  const percent = (value: number) => Math.round(value * 100)
  return (
    <div className={style.focus}>
      <div className={style.label}>{said.title}</div>
      <p className={style.note}>{said.note}</p>
      <div className={style.focusPicture} onPointerDown={point} onPointerMove={point}>
        <img src={picture} alt="" draggable={false} />
        <button
          type="button"
          className={style.point}
          style={{ left: `${focus.x * 100}%`, top: `${focus.y * 100}%` }}
          aria-label={said.at(percent(focus.x), percent(focus.y))}
          disabled={disabled}
          onKeyDown={move}
        />
      </div>
      <div className={style.cuts}>
        {shapes.map(([name, shape]) => (
          <figure key={name}>
            <img
              src={picture}
              alt=""
              style={{
                aspectRatio: shape,
                objectPosition: `${focus.x * 100}% ${focus.y * 100}%`,
              }}
            />
            <figcaption>{said[name]}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  )
}
