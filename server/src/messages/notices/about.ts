import { z } from 'zod'
import { type ConsentChannel, consentChannels, consentScopes } from '../../consent/consent.ts'
import { readKept } from '../kept.ts'

/** What a notice keeps of itself in its message: what it told, and to how far. */
const About = z.object({
  sender: z.string().default(''),
  text: z.string().default(''),
  channels: z.array(z.enum(consentChannels)).default([]),
  upTo: z.number().default(0),
  /** What opening the link of a confirmation grants. */
  grants: z
    .array(
      z.object({
        channel: z.enum(consentChannels),
        scope: z.enum(consentScopes),
        /** Where it was asked for, when not on the page behind a link: kept as evidence beside the confirmation. */
        asked: z.record(z.string().max(100), z.string().max(2_000)).optional(),
      }),
    )
    .default([]),
})
export type About = z.infer<typeof About>

/** Reads it from the outbox; an erased or damaged message told nothing. */
export function readAbout(kept: string): About {
  const notice = readKept(kept).context.notice
  return About.safeParse(notice ?? {}).data ?? About.parse({})
}

/** properties of a `Consent Confirmation Asked` happening: what somebody on the page behind a link wants to agree to. */
export const ConfirmationAsked = z.object({ grants: About.shape.grants.unwrap().min(1).max(20) })
export type ConfirmationAsked = z.infer<typeof ConfirmationAsked>

/** Name of that happening. */
export const confirmationAsked = 'Consent Confirmation Asked'

/** The channels of some grants, each once. */
export function channelsOf(grants: About['grants']): readonly ConsentChannel[] {
  return [...new Set(grants.map((one) => one.channel))]
}
