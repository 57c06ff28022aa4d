import { sensitiveCategoriesOf } from '../catalog/sensitive.ts'
import { factsIn } from '../facts/person.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { hushedFacts, isOffSite } from './discreet.ts'
import type { ParsedMessage } from './draw.ts'
import { pickFacts } from './fact-use.ts'

/**
 * What a message keeps of its reader's facts: those it speaks of, nothing when it speaks of none. Off the site none names a
 * category that the shop's settings call sensitive.
 */
export function keptFacts(
  content: Pick<ParsedMessage, 'facts' | 'channel'>,
  section: Json | undefined,
  settings: JsonObject,
): { readonly facts?: JsonObject } {
  if (content.facts.length === 0) return {}
  const facts = pickFacts(factsIn(section), content.facts)
  return {
    facts: isOffSite(content.channel) ? hushedFacts(facts, sensitiveCategoriesOf(settings)) : facts,
  }
}
