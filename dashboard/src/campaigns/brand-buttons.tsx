import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { BrandContent, Bubble } from '../../../server/src/messages/kakao/content.ts'
import { brandLimits } from '../../../server/src/messages/kakao/limits.ts'
import { useWords, words } from '../app/language.ts'
import style from './kakao.module.css'

const text = words({
  buttons: { ko: '버튼', en: 'Buttons' },
  name: { ko: (n: number) => `버튼 ${n} 이름`, en: (n: number) => `Name of button ${n}` },
  url: { ko: (n: number) => `버튼 ${n} 주소`, en: (n: number) => `Address of button ${n}` },
  remove: { ko: (n: number) => `버튼 ${n} 빼기`, en: (n: number) => `Remove button ${n}` },
  add: { ko: '버튼 넣기', en: 'Add a button' },
  first: { ko: '장바구니 보기', en: 'See my cart' },
  short: { ko: '보러 가기', en: 'Look' },
})

type Props = {
  readonly bubble: Bubble
  readonly buttons: BrandContent['buttons']
  readonly hasCoupon: boolean
  readonly fault: (field: string) => string | undefined
  readonly change: (buttons: BrandContent['buttons']) => void
}

/** Buttons with their addresses; as many as the bubble takes. */
export function BrandButtons({ bubble, buttons, hasCoupon, fault, change }: Props) {
  const said = useWords(text)
  const limits = brandLimits[bubble]
  const most = hasCoupon ? limits.buttonsWithCoupon : limits.buttons
  const put = (at: number, next: Partial<BrandContent['buttons'][number]>) =>
    change(buttons.map((button, index) => (index === at ? { ...button, ...next } : button)))
  const first = bubble === 'WIDE' ? said.short : said.first
  return (
    <fieldset className={style.blanks}>
      <legend className={style.legend}>{said.buttons}</legend>
      {buttons.map((button, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a button has no name of its own, only its place
        <div key={at} className={style.button}>
          <TextInput
            aria-label={said.name(at + 1)}
            value={button.name}
            error={fault(`buttons.${at}.name`)}
            onChange={(event) => put(at, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={said.url(at + 1)}
            placeholder="https://"
            value={button.url}
            error={fault(`buttons.${at}.url`)}
            onChange={(event) => put(at, { url: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={said.remove(at + 1)}
            onClick={() => change(buttons.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      {fault('buttons') && <p className={style.fault}>{fault('buttons')}</p>}
      {buttons.length < most && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...buttons, { name: first, url: '{{ cart.url }}' }])}
        >
          {said.add}
        </Button>
      )}
    </fieldset>
  )
}
