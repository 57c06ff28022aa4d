import { factsIn } from '../facts/person.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import type { ParsedMessage } from './draw.ts'
import { pickFacts } from './fact-use.ts'

/** What a message keeps of its reader's facts: those it speaks of, nothing when it speaks of none. */
export function keptFacts(
  content: Pick<ParsedMessage, 'facts'>,
  section: Json | undefined,
): { readonly facts?: JsonObject } {
  return content.facts.length === 0 ? {} : { facts: pickFacts(factsIn(section), content.facts) }
}
