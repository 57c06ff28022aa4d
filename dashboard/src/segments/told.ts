import { factAt } from '../../../server/src/facts/catalogue.ts'
import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import type { Why } from '../api/segments.ts'
import type { Language } from '../app/language.ts'
import { isGroup, type Leaf } from './language.ts'
import { conditionSentence, type SaidBy } from './say.ts'

/** One condition of an explanation, in the words of the screen. */
export type Told = { readonly holds: boolean; readonly sentence: string; readonly found: string }
type Words = { readonly language: Language; readonly named: SaidBy }

/**
 * The conditions of an explanation, told with the names that the screen uses. A definition that names other segments is
 * explained with their conditions in its place: then the server's own sentences are taken.
 */
export function toldParts(
  why: Why,
  definition: Definition | undefined,
  { language, named }: Words,
): readonly Told[] {
  const parts = why.parts.filter(({ kind }) => !['all', 'any', 'not'].includes(kind))
  const leaves = definition ? leavesOf(definition.where) : []
  const fits =
    leaves.length === parts.length && leaves.every(({ kind }, at) => kind === parts[at]?.kind)
  return parts.map((part, at): Told => {
    const leaf = fits ? leaves[at] : undefined
    const sentence = leaf ? conditionSentence(leaf, language, named) : part.sentence[language]
    return {
      holds: part.holds,
      sentence: short(sentence),
      found: leaf ? valueLabel(leaf, part.says[language], language) : part.says[language],
    }
  })
}

function leavesOf(condition: Condition): readonly Leaf[] {
  if (isGroup(condition)) return condition.of.flatMap(leavesOf)
  return condition.kind === 'not' ? leavesOf(condition.of) : [condition]
}

// A value of a closed list in words: `anonymous` is 비회원.
function valueLabel(leaf: Leaf, says: string, language: Language): string {
  if (leaf.kind !== 'fact') return says
  const known = factAt(leaf.path)?.values?.find(({ value }) => value === says)
  return known?.label[language] ?? says
}

// "… 한 고객" says of everyone what the list is about already.
function short(sentence: string): string {
  return sentence.replace(/ 고객$/, '').replace(/^Customers /, '')
}
