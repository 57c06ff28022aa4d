import { useLanguage, useWords, words } from '../../app/language.ts'
import { ChoiceBlank } from '../../segments/blank.tsx'
import { propertyNoun } from '../../segments/property-names.ts'
import { pathChoices, propertiesOf, useSources } from '../../segments/sources.ts'
import { useEditing } from './editing.ts'

const text = words({
  trait: { ko: '고객 정보', en: 'Trait' },
  trigger: { ko: '행동에 적힌 값', en: 'Value of the event' },
  pick: { ko: '값 고르기', en: 'Pick a value' },
  type: { ko: '이름으로 찾거나 적기', en: 'Find it, or type its name' },
})

type Props = {
  readonly of: 'trait' | 'trigger'
  readonly path: string
  readonly onPick: (path: string) => void
}

/** A value of the person or of what let them in, out of what really arrived. */
export function PathBlank({ of, path, onPick }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const seen = usePaths(of)
  return (
    <ChoiceBlank
      label={path === '' ? said.pick : said[of]}
      shown={path === '' ? undefined : propertyNoun(path, language)}
      choices={pathChoices(seen, language)}
      selected={[path]}
      placeholder={said.type}
      typed={(asked) => [{ value: asked, label: asked }]}
      onPick={onPick}
    />
  )
}

/** The values that arrived. */
export function usePaths(of: 'trait' | 'trigger') {
  const sources = useSources()
  const { trigger } = useEditing().flow
  if (of === 'trait') return sources.vocabulary?.traits ?? []
  return trigger.kind === 'event' ? propertiesOf(sources, trigger.event) : []
}
