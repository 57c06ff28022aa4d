import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { draw } from '../../../../sdk/src/onsite/draw.ts'
import type { OnsiteView as View } from '../../../../server/src/messages/onsite/view.ts'
import { fakePage, spotFor } from './fake-page.ts'
import style from './onsite.module.css'
import { quietActs } from './quiet-acts.ts'

/** Pages on which a message is looked at, CSS pixels. */
export const pageSizes = {
  phone: { width: 390, height: 720 },
  desktop: { width: 1_280, height: 800 },
} as const

type StageProps = {
  readonly view: View
  readonly title: string
  readonly width: number
  readonly height: number
}

/** A message on a page of its own in the asked width, drawn by the very code that draws it in the shop and made smaller until it fits. */
export function Stage({ view, title, width, height }: StageProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [loaded, setLoaded] = useState(0)
  const box = useElementSize()
  const scale = box.width > 0 ? Math.min(1, box.width / width) : 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is another one after each load
  useEffect(() => {
    const page = frame.current?.contentDocument
    if (!page?.body) return
    const drawn = draw(page, view, quietActs(view.language))
    spotFor(page, view).append(drawn.host)
    return () => drawn.host.remove()
  }, [view, loaded])
  return (
    <div ref={box.ref}>
      <div
        className={style.stage}
        style={{ width: Math.min(width, width * scale), height: height * scale }}
      >
        <iframe
          ref={frame}
          title={title}
          width={width}
          height={height}
          style={{ transform: `scale(${scale})` }}
          srcDoc="<!doctype html><html><body></body></html>"
          onLoad={() => {
            const page = frame.current?.contentDocument
            if (page) fakePage(page)
            setLoaded((times) => times + 1)
          }}
        />
      </div>
    </div>
  )
}
