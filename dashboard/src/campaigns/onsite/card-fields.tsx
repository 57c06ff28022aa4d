import {
  ActionIcon,
  Button,
  Checkbox,
  NumberInput,
  SegmentedControl,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useWords, words } from '../../app/language.ts'
import { ImageField } from '../../images/image-picker.tsx'
import { Insertable } from '../mail/insertable.tsx'
import type { PartOf } from './begun-part.ts'
import { PlaceBlank } from './blanks.tsx'
import style from './onsite.module.css'

const text = words({
  from: { ko: '어떤 상품을', en: 'Which products' },
  recommended: { ko: '추천', en: 'Recommended' },
  cart: { ko: '장바구니', en: 'In the cart' },
  written: { ko: '직접 쓰기', en: 'Written here' },
  recommendedNote: {
    ko: '아래 ‘추천 상품’에서 고르는 방식을 정해요. 보여줄 상품이 없는 고객에게는 나오지 않아요.',
    en: 'How they are chosen is set below. Nothing is shown to people without any.',
  },
  limit: { ko: '많아야 몇 장', en: 'Cards at most' },
  label: { ko: '카드의 버튼 글씨', en: 'Words on a card' },
  why: { ko: '왜 추천하는지 카드에 쓰기', en: 'Say why it is recommended' },
  title: { ko: (n: number) => `카드 ${n} 이름`, en: (n: number) => `Name of card ${n}` },
  about: { ko: '한 줄 설명', en: 'One line' },
  url: { ko: '누르면 열리는 주소', en: 'Address it opens' },
  image: { ko: '그림', en: 'Picture' },
  remove: { ko: (n: number) => `카드 ${n} 지우기`, en: (n: number) => `Remove card ${n}` },
  add: { ko: '카드 넣기', en: 'Add a card' },
  begun: { ko: '새 상품', en: 'New product' },
})

type Props = {
  readonly part: PartOf<'cards'>
  readonly put: (part: PartOf<'cards'>) => void
}
const sources = ['recommended', 'cart', 'written'] as const
/** Cards of a message at most (content.ts). */
const cardsLimit = 10

/** Which cards, how many, and what stands on them. */
export function CardFields({ part, put }: Props) {
  const said = useWords(text)
  const choose = (kind: string) => {
    const first = { title: said.begun, text: '', alt: '', url: '/' }
    if (kind === 'written') put({ ...part, from: { kind, cards: [first] } })
    else put({ ...part, from: { kind: kind === 'cart' ? kind : 'recommended' } })
  }
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={said.from}
        data={sources.map((value) => ({ value, label: said[value] }))}
        value={part.from.kind}
        onChange={choose}
      />
      {part.from.kind === 'recommended' && <p className={style.note}>{said.recommendedNote}</p>}
      {part.from.kind === 'written' && (
        <Written
          cards={part.from.cards}
          put={(cards) => put({ ...part, from: { kind: 'written', cards } })}
        />
      )}
      <div className={style.pair}>
        <NumberInput
          label={said.limit}
          min={1}
          max={cardsLimit}
          value={part.limit}
          onChange={(value) =>
            put({
              ...part,
              limit: Math.min(cardsLimit, Math.max(1, Math.round(Number(value)) || 1)),
            })
          }
        />
        <TextInput
          label={said.label}
          maxLength={60}
          value={part.label}
          onChange={(event) => put({ ...part, label: event.currentTarget.value })}
        />
      </div>
      {part.from.kind === 'recommended' && (
        <Checkbox
          label={said.why}
          checked={part.why}
          onChange={(event) => put({ ...part, why: event.currentTarget.checked })}
        />
      )}
    </>
  )
}

type Cards = Extract<PartOf<'cards'>['from'], { readonly kind: 'written' }>['cards']

function Written({ cards, put }: { readonly cards: Cards; readonly put: (cards: Cards) => void }) {
  const said = useWords(text)
  const change = (at: number, next: Partial<Cards[number]>) =>
    put(cards.map((card, index) => (index === at ? { ...card, ...next } : card)))
  return (
    <>
      {cards.map((card, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a card has no name of its own, only its place
        <div key={at} className={style.group}>
          <div className={style.row}>
            <Insertable
              oneLine
              label={said.title(at + 1)}
              value={card.title}
              put={(title) => change(at, { title })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove(at + 1)}
              disabled={cards.length === 1}
              onClick={() => put(cards.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
          <TextInput
            label={said.about}
            maxLength={300}
            value={card.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
          />
          <PlaceBlank label={said.url} value={card.url} put={(url) => change(at, { url })} />
          <ImageField
            label={said.image}
            value={card.image ?? ''}
            pick={({ alt, files }) => change(at, { alt, ...withImage(files.large?.path) })}
            clear={() => {
              const { image: _, ...bare } = card
              put(cards.map((one, index) => (index === at ? bare : one)))
            }}
          />
        </div>
      ))}
      {cards.length < cardsLimit && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => put([...cards, { title: said.begun, text: '', alt: '', url: '/' }])}
        >
          {said.add}
        </Button>
      )}
    </>
  )
}

function withImage(image: string | undefined) {
  return image === undefined ? {} : { image }
}
