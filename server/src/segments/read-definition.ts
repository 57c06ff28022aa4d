import type { z } from 'zod'
import { deeperThan } from '../lib/json.ts'
import { type At, check, refusal } from './check-definition.ts'
import { Definition } from './definition.ts'
import { depthLimit, leavesLimit } from './limits.ts'

/** How deep a definition's JSON may nest, before anything looks inside. */
const jsonDepthLimit = 60

/**
 * Reads a definition from outside. Refuses with a sentence that names the part, such as
 * `definition.where.of.1.window.span: must be at most 400 days`.
 */
export function readDefinition(input: unknown): Definition {
  if (deeperThan(input, jsonDepthLimit))
    throw refusal(['where'], `groups may be nested ${depthLimit} deep at most`)
  const parsed = Definition.safeParse(input)
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues)
    throw refusal(issue?.path ?? [], issue?.message ?? 'is not a definition')
  }
  const leaves = check(parsed.data.where, ['where'], 0)
  if (leaves > leavesLimit)
    throw refusal(['where'], `has ${leaves} conditions; a segment may have ${leavesLimit}`)
  return parsed.data
}

type Issue = {
  readonly path: At
  readonly message: string
  readonly errors?: readonly (readonly Issue[])[]
}

// A union's issue hides the real one in its branches: the branch that got furthest is the one that was meant.
function deepest(issues: readonly z.core.$ZodIssue[]): Issue | undefined {
  const walk = (issue: Issue): Issue => {
    const nested = (issue.errors ?? [])
      .flat()
      .map((inner) => walk({ ...inner, path: [...issue.path, ...inner.path] }))
      .filter((inner) => inner.path.length > issue.path.length)
    return nested.reduce((best, one) => (one.path.length > best.path.length ? one : best), issue)
  }
  const first = issues[0]
  return first && walk(first as Issue)
}
