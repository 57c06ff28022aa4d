import { Switch } from '@mantine/core'
import type { Recipe } from '../../../server/src/recommendations/recipe.ts'
import { useWords, words } from '../app/language.ts'
import { RecipePicker } from './recipe-picker.tsx'
import style from './recommendations.module.css'
import { usualRecipe } from './usual-recipe.ts'

const text = words({
  recommend: { ko: '추천 상품 넣기', en: 'Recommend products' },
  inMail: {
    ko: '본문의 상품 블록에서 ‘추천 상품’을 고르면 고객마다 다른 상품이 나와요.',
    en: 'Choose “Recommended products” in a product block: each reader sees their own.',
  },
  inText: {
    ko: '글에 이렇게 쓰면 고객마다 다른 상품이 나와요: {% for p in recs limit: 3 %}· {{ p.name }} {{ p.price | krw }}{% endfor %}',
    en: 'Write it into the text, and each reader sees their own: {% for p in recs limit: 3 %}· {{ p.name }} {{ p.price | krw }}{% endfor %}',
  },
})

type Recommending = { readonly channel: string; readonly recommend?: Recipe | undefined }

/** Which products a message recommends to its reader, of any channel that can. */
export function RecipeSection<Content extends Recommending>({
  content,
  change,
}: {
  readonly content: Content
  readonly change: (content: Content) => void
}) {
  const said = useWords(text)
  const { recommend, ...rest } = content
  return (
    <div className={style.section}>
      <Switch
        label={said.recommend}
        description={content.channel === 'email' ? said.inMail : said.inText}
        checked={recommend !== undefined}
        onChange={(event) =>
          change(
            (event.currentTarget.checked ? { ...rest, recommend: usualRecipe() } : rest) as Content,
          )
        }
      />
      {recommend && (
        <RecipePicker
          recipe={recommend}
          change={(recipe) => change({ ...content, recommend: recipe })}
        />
      )}
    </div>
  )
}
