import { useLanguage, useWords, words } from '../app/language.ts'
import { Said } from './blank.tsx'
import { type Editing, GroupRows } from './group.tsx'
import { FirstOffer } from './offer-picker.tsx'
import { ReadyOffers } from './ready-offers.tsx'
import { definitionSentence } from './say.ts'
import style from './segments.module.css'
import { useSources } from './sources.ts'
import { add, asked } from './tree.ts'

const text = words({
  start: { ko: '어떤 고객을 찾나요?', en: 'Which customers are you looking for?' },
  hint: {
    ko: '문장을 하나 고르면 시작해요. 우리말이나 영어로 찾고, 화살표와 Enter로 골라도 돼요.',
    en: 'Pick a sentence to start with. Search in Korean or English; arrow keys and Enter work too.',
  },
  lead: { ko: '', en: 'Customers' },
  aloud: { ko: '소리 내어 읽으면', en: 'Read aloud' },
  label: { ko: '조건', en: 'Conditions' },
})

/** The definition as one sentence with blanks; on the empty page, the sentences to start with. */
export function Sentence(editing: Editing) {
  const said = useWords(text)
  const language = useLanguage()
  const named = useSources()
  const { root, change } = editing
  const whole = asked(root)
  if (root.of.length === 0)
    return (
      <>
        <h2 className={style.start}>{said.start}</h2>
        <p className={style.hint}>{said.hint}</p>
        <FirstOffer row="of.0" add={(condition) => change(add(root, [], condition))} />
        <ReadyOffers pick={change} />
      </>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: groups nest, and a legend cannot hold the words behind them
    <div role="group" aria-label={said.label} className={style.whole}>
      <Said>{said.lead}</Said>
      <GroupRows editing={editing} path={[]} group={root} form="end" />
      {whole && (
        <p className={style.aloud}>
          <span>{said.aloud}</span> {definitionSentence(whole, language, named)}
        </p>
      )}
    </div>
  )
}
