import type { Condition, Definition } from '../definition.ts'

/** Ids of the lists that a definition asks for, each once. */
export function listsIn({ where }: Definition): ReadonlySet<number> {
  const found = new Set<number>()
  const walk = (condition: Condition): void => {
    if (condition.kind === 'all' || condition.kind === 'any')
      for (const one of condition.of) walk(one)
    else if (condition.kind === 'not') walk(condition.of)
    else if (condition.kind === 'fact' && condition.path === 'lists' && 'values' in condition.is)
      for (const value of condition.is.values) found.add(Number(value))
  }
  walk(where)
  return found
}
