import { consentFacts, listFacts } from './catalogue-people.ts'
import { shoppingFacts } from './catalogue-shopping.ts'
import { visitingFacts } from './catalogue-visiting.ts'
import type { Fact } from './fact.ts'

/** Every fact there is, in the order in which a page lists them. */
export const facts: readonly Fact[] = [
  ...shoppingFacts,
  ...visitingFacts,
  ...consentFacts,
  ...listFacts,
]

const byPath: ReadonlyMap<string, Fact> = new Map(facts.map((fact) => [fact.path, fact]))

/** The fact at a path, or undefined: a condition or template that names it is refused. */
export function factAt(path: string): Fact | undefined {
  return byPath.get(path)
}
