import { factsIn } from '../facts/person.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { pickFacts } from './fact-use.ts'
import type { ParsedEmail } from './render.ts'

/** What a mail keeps of its reader's facts: those it speaks of, nothing when it speaks of none. */
export function keptFacts(
  email: Pick<ParsedEmail, 'facts'>,
  section: Json | undefined,
): { readonly facts?: JsonObject } {
  return email.facts.length === 0 ? {} : { facts: pickFacts(factsIn(section), email.facts) }
}
