import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { createContext, useContext } from 'react'
import { useLanguage, useWords, words } from '../app/language.ts'

const text = words({
  insert: { ko: '값 넣기', en: 'Insert a value' },
})

export type Value = { readonly token: string; readonly ko: string; readonly en: string }

/** What a message may say of the person and their cart. */
export const values: readonly Value[] = [
  { token: '{{ customer.name | nim }}', ko: '고객 이름 (김하늘님)', en: 'Customer name' },
  { token: '{{ cart.items[0].name }}', ko: '담은 상품 이름', en: 'Product in the cart' },
  { token: '{{ cart.items.size }}', ko: '담은 상품 수', en: 'Number of products' },
  { token: '{{ cart.total | krw }}', ko: '담은 금액', en: 'Cart total' },
  { token: '{{ shop.name }}', ko: '상점 이름', en: 'Shop name' },
]

/** What messages of the flow at hand may say beyond these: its event, its coupon. */
export const MoreValues = createContext<readonly Value[]>([])

type Props = { readonly offers: readonly Value[]; readonly insert: (token: string) => void }

/** A menu of values; the chosen one is put in where the cursor stands. */
export function ValueMenu({ offers, insert }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const more = useContext(MoreValues)
  return (
    <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          mt={4}
          leftSection={<IconPlus size={13} />}
        >
          {said.insert}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[...offers, ...more].map((one) => (
          <Menu.Item key={one.token} onClick={() => insert(one.token)}>
            {one[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The text with something put where the cursor of its field stands, or at the end. */
export function inserted(value: string, token: string, field: HTMLTextAreaElement | null): string {
  const at = field?.selectionStart ?? value.length
  return `${value.slice(0, at)}${token}${value.slice(field?.selectionEnd ?? at)}`
}
