import { ActionIcon, Button, NumberInput, Switch } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { WaitByGoods } from '../../../../server/src/campaigns/steps/wait.ts'
import { useWords, words } from '../../app/language.ts'
import style from './flow.module.css'
import goods from './wait-goods.module.css'

const text = words({
  title: { ko: '상품마다 다르게 기다리기', en: 'A wait of its own by product' },
  hint: {
    ko: '시작한 주문의 첫 상품이 여기 있으면 그 날수만큼, 없으면 카테고리, 그것도 없으면 위의 시간만큼 기다려요. 날수는 초안을 만들 때의 재구매 간격이고, 그대로 있어요.',
    en: 'The first product of the order that let them in says how long; else its category, else the time above. The days are the repurchase intervals of when the draft was made, and stay as they are.',
  },
  daily: {
    ko: '재구매 간격을 매일 다시 재서 기다리기',
    en: 'Measure the intervals anew every day',
  },
  dailyHint: {
    ko: '시작한 주문의 첫 상품이 다시 팔리기까지 걸리는 날수만큼 기다려요. 아직 모르는 상품은 카테고리, 그것도 모르면 상점의 간격을 써요. 캠페인을 켜면 매일 다시 재고, 아래 날수는 초안을 만들 때의 간격이라 처음 재기 전까지만 써요.',
    en: 'It waits as long as the first product of that order takes to be bought again; its category or the shop stands in for products not known yet. Measured anew every day while the campaign is live: the days below are those of when the draft was made, used until the first measurement.',
  },
  dailyPart: {
    ko: (percent: number) => `여기서는 그 간격의 ${percent}%만큼 기다려요.`,
    en: (percent: number) => `Here it waits ${percent}% of that.`,
  },
  product: { ko: '상품', en: 'Product' },
  category: { ko: '카테고리', en: 'Category' },
  days: { ko: (name: string) => `${name}: 기다리는 날수`, en: (name: string) => `${name}: days` },
  unit: { ko: '일', en: ' days' },
  remove: { ko: (name: string) => `${name} 빼기`, en: (name: string) => `Leave out ${name}` },
  same: { ko: '모두 같은 시간 기다리기', en: 'The same wait for all' },
})

type Props = {
  readonly goods: WaitByGoods
  readonly change: (goods: WaitByGoods | undefined) => void
}

/** The products and categories that are waited for by days of their own; each can be changed or left out. */
export function WaitGoods({ goods: { products, categories, daily }, change }: Props) {
  const said = useWords(text)
  const put = (next: Partial<WaitByGoods>) => {
    const made = { products, categories, daily, ...next }
    const isEmpty = made.products.length + made.categories.length === 0 && !made.daily
    change(isEmpty ? undefined : made)
  }
  const isDaily = daily?.isOn === true
  return (
    <details className={goods.goods}>
      <summary>
        {said.title} ({products.length + categories.length})
      </summary>
      {daily && (
        <Switch
          mt={8}
          label={said.daily}
          checked={daily.isOn}
          onChange={({ currentTarget }) =>
            put({ daily: { ...daily, isOn: currentTarget.checked } })
          }
        />
      )}
      <p className={style.note}>
        {isDaily ? said.dailyHint : said.hint}
        {isDaily && daily.times !== 1 && ` ${said.dailyPart(Math.round(100 * daily.times))}`}
      </p>
      <ul>
        {products.map((one) => (
          <Line
            key={one.id}
            of={said.product}
            name={one.name || one.id}
            days={one.days}
            isFixed={isDaily}
            put={(days) =>
              put({
                products: products.map((each) => (each.id === one.id ? { ...one, days } : each)),
              })
            }
            remove={() => put({ products: products.filter((each) => each.id !== one.id) })}
          />
        ))}
        {categories.map((one) => (
          <Line
            key={one.name}
            of={said.category}
            name={one.name}
            days={one.days}
            isFixed={isDaily}
            put={(days) =>
              put({
                categories: categories.map((each) =>
                  each.name === one.name ? { ...one, days } : each,
                ),
              })
            }
            remove={() => put({ categories: categories.filter((each) => each.name !== one.name) })}
          />
        ))}
      </ul>
      <Button size="compact-sm" variant="default" onClick={() => change(undefined)}>
        {said.same}
      </Button>
    </details>
  )
}

type LineProps = {
  readonly of: string
  readonly name: string
  readonly days: number
  /** The days are not in use: they can be seen, not changed. */
  readonly isFixed: boolean
  readonly put: (days: number) => void
  readonly remove: () => void
}

function Line({ of, name, days, isFixed, put, remove }: LineProps) {
  const said = useWords(text)
  return (
    <li>
      <span>
        {name}
        <small>{of}</small>
      </span>
      <NumberInput
        aria-label={said.days(name)}
        w={96}
        disabled={isFixed}
        min={1}
        max={400}
        allowDecimal={false}
        suffix={said.unit}
        value={days}
        onChange={(value) => put(Math.min(400, Math.max(1, Number(value) || 1)))}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={said.remove(name)}
        disabled={isFixed}
        onClick={remove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  )
}
