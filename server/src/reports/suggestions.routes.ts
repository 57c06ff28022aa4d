import { z } from 'zod'
import { keptOf } from '../jobs/kept-result.ts'
import { type Route, route } from '../web/route.ts'
import type { Suggestions } from './suggestions.service.ts'
import { lookBackDays, suggestionKinds } from './suggestions.ts'

const Suggestion = z.object({
  kind: z.enum(suggestionKinds),
  people: z.number().describe('Who stands there now.'),
  reachable: z.number().describe('How many of them an advertisement may reach.'),
  amount: z.number().nullable().describe('What lies in their carts, currency units.'),
  playbook: z.string(),
  draft: z.number().nullable().describe('The draft begun from the playbook, to go on with.'),
})

/** What the shop could do next. */
export function suggestionsRoutes(needs: { readonly suggestions: Suggestions }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/suggestions',
      summary: `At most three ready-made campaigns that would meet people now, with the facts of the last ${lookBackDays} days. Facts, not effects.`,
      roles: ['marketer', 'developer', 'viewer'],
      response: keptOf(z.array(Suggestion)),
      handle: async ({ actor }) => {
        const kept = await needs.suggestions.list(actor.shop)
        if (kept.state === 'working') return kept
        const result = kept.result.map((one) => ({
          ...one,
          amount: one.amount === null ? null : one.amount / 10_000,
        }))
        return { ...kept, result }
      },
    }),
  ]
}
