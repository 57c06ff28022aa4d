import { z } from 'zod'
import type { Happening } from '../../events/happening.ts'
import type { JsonObject } from '../../lib/json.ts'
import { calledEvent } from '../trigger.ts'

const DrawnArm = z.object({
  arm: z.string(),
  even: z.boolean(),
  shares: z.string().nullable().exactOptional(),
})

/**
 * What was decided while the page waited, as it goes into the log in a `Campaign Called` (`properties.page`): the line takes it
 * as it is, for the visitor has seen it.
 */
const PageCall = z.object({
  /** The message step that stood on the page, or would have. */
  step: z.number().int(),
  /** Split -> the arm drawn on the way there. */
  arms: z.record(z.string(), DrawnArm),
  arm: z.enum(['treatment', 'holdout']),
  /** The share held out when the page decided. */
  share: z.number().min(0).max(1).optional(),
  /** The visitor's part in the hold-out of the whole shop, where there was one. */
  shop: z.object({ share: z.number().min(0).max(1), heldOut: z.boolean() }).optional(),
})
export type PageCall = z.infer<typeof PageCall>

/** The properties of the happening by which a page lets its visitor in. */
export function pageCallProperties(called: {
  readonly campaign: number
  readonly occasion: string
  /** When the visit began, UTC ms. */
  readonly visit: number
  readonly url: string
  readonly page: PageCall
  /** Properties of the event whose moment it was, if it was one. */
  readonly event?: JsonObject | undefined
}): JsonObject {
  const { campaign, occasion, visit, url, page, event } = called
  return {
    campaign_id: campaign,
    occasion,
    visit,
    url,
    page: pageIn(page),
    ...(event ? { event } : {}),
  }
}

function pageIn({ shop, share, ...page }: PageCall): JsonObject {
  return {
    ...page,
    arms: { ...page.arms },
    ...(share === undefined ? {} : { share }),
    ...(shop ? { shop } : {}),
  }
}

/** The decision a page took; undefined for every other happening. */
export function pageCallIn(happening: Happening): PageCall | undefined {
  if (happening.kind !== 'derived' || happening.name !== calledEvent) return undefined
  const read = PageCall.safeParse(happening.body.properties?.page)
  return read.success ? read.data : undefined
}
