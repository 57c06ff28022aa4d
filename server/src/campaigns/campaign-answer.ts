import { z } from 'zod'
import { Nature } from '../messages/content.ts'
import { campaignStates, Flow } from './campaign.ts'

/** A campaign as lists show it. */
export const CampaignRow = z.object({
  id: z.number(),
  name: z.string(),
  playbook: z.string().nullable(),
  state: z.enum(campaignStates),
  version: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  startedAt: z.number().nullable(),
  folder: z.string().nullable(),
  archivedAt: z.number().nullable(),
})
const Problem = z.object({ code: z.string(), field: z.string(), message: z.string() })
const Published = z.object({
  nature: Nature,
  by: z.string(),
  at: z.number(),
  /** Nothing of the draft has changed since. */
  isDraft: z.boolean(),
})
/** One campaign whole. */
export const Campaign = CampaignRow.extend({
  draft: Flow,
  problems: z.array(Problem),
  /** Of the version people enter on: as what it is sent, and who chose so when. Null before the first. */
  published: Published.nullable(),
})

/** A campaign as a route answers it. */
export function asAnswer(
  campaign: Omit<z.infer<typeof Campaign>, 'problems'> & {
    readonly problems: readonly z.infer<typeof Problem>[]
  },
): z.infer<typeof Campaign> {
  return { ...campaign, problems: [...campaign.problems] }
}
