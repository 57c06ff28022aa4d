import { SegmentedControl } from '@mantine/core'
import { useElementSize, useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { draw } from '../../../../sdk/src/onsite/draw.ts'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { OnsiteContent } from '../../../../server/src/messages/onsite/content.ts'
import type { OnsiteView as View } from '../../../../server/src/messages/onsite/view.ts'
import { useWords, words } from '../../app/language.ts'
import { Bone } from '../../design/states.tsx'
import campaigns from '../campaigns.module.css'
import type { MailDrawn } from '../mail-view.tsx'
import { Problems, Undrawn } from '../problems.tsx'
import { fakePage, spotFor } from './fake-page.ts'
import style from './onsite.module.css'
import { quietActs } from './quiet-acts.ts'

const text = words({
  title: { ko: '상점 화면에서 보이는 모습', en: 'As it stands on the shop’s page' },
  size: { ko: '보는 크기', en: 'Size' },
  phone: { ko: '휴대폰', en: 'Phone' },
  desktop: { ko: '컴퓨터', en: 'Desktop' },
})

const sizes = {
  phone: { width: 390, height: 720 },
  desktop: { width: 1_280, height: 800 },
} as const

type Props = {
  readonly mail: MailDrawn
  readonly flow: Flow
  readonly content: OnsiteContent
}

/** The message over a page, drawn by the very code that draws it in the shop. Nothing on it leads anywhere. */
export function OnsiteView({ mail, content }: Props) {
  const said = useWords(text)
  const [size, setSize] = useLocalStorage<keyof typeof sizes>({
    key: 'onsite-size',
    defaultValue: 'phone',
    getInitialValueInEffect: false,
  })
  const view = mail.data?.view
  return (
    <div className={campaigns.sticky}>
      <div className={style.bar}>
        <span className={campaigns.stepTitle}>{said.title}</span>
        <SegmentedControl
          size="xs"
          aria-label={said.size}
          data={(['phone', 'desktop'] as const).map((value) => ({ value, label: said[value] }))}
          value={size}
          onChange={(value) => setSize(value === 'desktop' ? 'desktop' : 'phone')}
        />
      </div>
      <Undrawn error={mail.error} content={content} />
      <Problems problems={mail.data?.problems} />
      {view ? (
        <Stage view={view} title={said.title} {...sizes[size]} />
      ) : (
        !mail.error && !mail.data && <Bone height={420} />
      )}
    </div>
  )
}

type StageProps = {
  readonly view: View
  readonly title: string
  readonly width: number
  readonly height: number
}

/** A page of its own in the asked width, made smaller until it fits. */
function Stage({ view, title, width, height }: StageProps) {
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
