import { Select, TextInput } from '@mantine/core'
import { IconTemplate } from '@tabler/icons-react'
import {
  exposureOrders,
  type OnsiteContent,
  placesOfForm,
} from '../../../../server/src/messages/onsite/content.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceMenu } from '../../design/choice-menu.tsx'
import { RecipePicker } from '../../recommendations/recipe-picker.tsx'
import { usualRecipe } from '../../recommendations/usual-recipe.ts'
import { weekAhead } from './ends.ts'
import { Manners } from './manners.tsx'
import style from './onsite.module.css'
import { PartList } from './part-list.tsx'
import { Shapes } from './shapes.tsx'
import { begunOnsite, startGroup, startNames, starts } from './starts.ts'

const text = words({
  start: { ko: '써 둔 내용으로 시작하기', en: 'Start from a template' },
  place: { ko: '자리', en: 'Place' },
  center: { ko: '가운데', en: 'Centre' },
  right: { ko: '오른쪽 아래', en: 'Right' },
  left: { ko: '왼쪽 아래', en: 'Left' },
  top: { ko: '위', en: 'Top' },
  bottom: { ko: '아래', en: 'Bottom' },
  bottom_right: { ko: '오른쪽 아래', en: 'Bottom right' },
  bottom_left: { ko: '왼쪽 아래', en: 'Bottom left' },
  top_right: { ko: '오른쪽 위', en: 'Top right' },
  top_left: { ko: '왼쪽 위', en: 'Top left' },
  after: { ko: '그 자리 뒤', en: 'After it' },
  before: { ko: '그 자리 앞', en: 'Before it' },
  first: { ko: '그 안의 맨 앞', en: 'First inside it' },
  last: { ko: '그 안의 맨 뒤', en: 'Last inside it' },
  selector: { ko: '페이지의 어느 자리 (CSS 선택자)', en: 'Where on the page (CSS selector)' },
  selectorNote: { ko: '예: #main .banner', en: 'Such as #main .banner' },
  order: { ko: '노출 순서', en: 'Order of exposure' },
  fixed: { ko: '고정', en: 'Fixed' },
  random_visit: { ko: '방문마다 무작위', en: 'Random for each visit' },
  random_person: { ko: '고객마다 무작위', en: 'Random for each person' },
  one: { ko: '하나만 무작위', en: 'One of them at random' },
  orderNote: {
    ko: '어떤 카드가 몇 번째로 보였는지 함께 남아서, 자리 때문에 더 눌린 것과 나눠 볼 수 있어요.',
    en: 'Card and position are kept, so that a good place is not taken for a good product.',
  },
  recommend: { ko: '추천 상품', en: 'Recommended products' },
})

type Props = {
  readonly content: OnsiteContent
  readonly change: (content: OnsiteContent) => void
}

/** A message on the shop's own page: shape, place, pieces, order of the cards, and its manners. */
export function OnsiteForm({ content, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { parts, form } = content
  const places: readonly (keyof typeof said & string)[] = placesOfForm[form]
  const hasCards = parts.some(({ kind }) => kind === 'cards')
  const recommends = parts.some((part) => part.kind === 'cards' && part.from.kind === 'recommended')
  return (
    <>
      <div>
        <ChoiceMenu
          label={said.start}
          icon={<IconTemplate size={16} />}
          size="xs"
          choices={starts}
          nameOf={(start) => startNames[start][language]}
          groupOf={(start) => startGroup(start, language)}
          choose={(start) =>
            change(begunOnsite(start, { language: content.language, end: weekAhead() }))
          }
        />
      </div>
      <Shapes
        form={form}
        choose={(next) => {
          const { place: _, ...rest } = content
          change({ ...rest, form: next })
        }}
      />
      {places.length > 1 && (
        <Select
          label={said.place}
          allowDeselect={false}
          data={places.map((value) => ({ value, label: String(said[value]) }))}
          value={content.place ?? places[0] ?? null}
          onChange={(place) => place && change({ ...content, place })}
        />
      )}
      {form === 'inline' && (
        <TextInput
          label={said.selector}
          description={said.selectorNote}
          maxLength={300}
          value={content.selector ?? ''}
          onChange={(event) => change({ ...content, selector: event.currentTarget.value })}
        />
      )}
      <PartList
        parts={parts}
        language={content.language}
        change={(next) => {
          const isShown = next.some(
            (part) => part.kind === 'cards' && part.from.kind === 'recommended',
          )
          const { recommend, ...rest } = content
          // Cards that are recommended need a recipe; without such cards a recipe would only keep people from seeing it.
          const recipe = recommend ?? usualRecipe('best_first_products')
          change({ ...rest, parts: next, ...(isShown ? { recommend: recipe } : {}) })
        }}
      />
      {hasCards && (
        <Select
          label={said.order}
          description={said.orderNote}
          allowDeselect={false}
          data={exposureOrders.map((value) => ({ value, label: said[value] }))}
          value={content.order}
          onChange={(value) => {
            const order = exposureOrders.find((one) => one === value)
            if (order) change({ ...content, order })
          }}
        />
      )}
      {recommends && content.recommend && (
        <fieldset className={style.plain}>
          <legend className={style.label}>{said.recommend}</legend>
          <RecipePicker
            recipe={content.recommend}
            change={(recommend) => change({ ...content, recommend })}
          />
        </fieldset>
      )}
      <Manners content={content} change={change} />
    </>
  )
}
