import { SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import type { OnsiteContent } from '../../../../server/src/messages/onsite/content.ts'
import { useWords, words } from '../../app/language.ts'
import { Bone } from '../../design/states.tsx'
import campaigns from '../campaigns.module.css'
import type { MailDrawn } from '../mail-view.tsx'
import { Problems, Undrawn } from '../problems.tsx'
import style from './onsite.module.css'
import { pageSizes, Stage } from './stage.tsx'

const text = words({
  title: { ko: '상점 화면에서 보이는 모습', en: 'As it stands on the shop’s page' },
  size: { ko: '보는 크기', en: 'Size' },
  phone: { ko: '휴대폰', en: 'Phone' },
  desktop: { ko: '컴퓨터', en: 'Desktop' },
})

type Props = {
  readonly mail: MailDrawn
  readonly flow: Flow
  readonly content: OnsiteContent
}

/** The message over a page, drawn by the very code that draws it in the shop. Nothing on it leads anywhere. */
export function OnsiteView({ mail, content }: Props) {
  const said = useWords(text)
  const [size, setSize] = useLocalStorage<keyof typeof pageSizes>({
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
        <Stage view={view} title={said.title} {...pageSizes[size]} />
      ) : (
        !mail.error && !mail.data && <Bone height={420} />
      )}
    </div>
  )
}
