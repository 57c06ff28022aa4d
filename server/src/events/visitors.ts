import { z } from 'zod'
import type { Json } from '../lib/json.ts'
import { botIn } from './bot.ts'
import { liesIn, type Network, readNetwork } from './network.ts'

/** Networks of offices that a shop may name. */
export const officesLimit = 50

/** Section `visitors` of a shop's settings: which visits are nobody's behaviour. */
export const VisitorSettings = z.object({
  leaveOutBots: z.boolean().default(true),
  offices: z
    .array(z.object({ network: z.string().max(50), name: z.string().max(100) }))
    .max(officesLimit)
    .default([]),
})
export type VisitorSettings = z.infer<typeof VisitorSettings>

/** The section as stored; a shop that never said anything leaves bots out and has no office. */
export function readVisitors(stored: Json | undefined): VisitorSettings {
  return VisitorSettings.parse(stored ?? {})
}

/** Where one call came from. */
export type Arrival = {
  /** It came with a page's key: only then its user agent and address are a visitor's. */
  readonly browser: boolean
  readonly userAgent: string | undefined
  /** The caller's address and those that proxies add (X-Forwarded-For), any order. Never kept. */
  readonly addresses: readonly string[]
}

/** What an arrival makes of its items: `context` is Segment's, of one item. */
export type Sight = {
  readonly botOf: (userAgent: Json | undefined) => string | undefined
  readonly fromOffice: (ip: Json | undefined) => boolean
}

/**
 * How a shop looks at what arrives. A server's own agent and address say nothing of its visitors, so of its items only an
 * address they name counts. Any of the forwarded addresses may be the office's: whoever forges one hides but themself.
 */
export function sightOf(settings: VisitorSettings, arrival: Arrival): Sight {
  const networks = networksOf(settings)
  const { browser, userAgent, addresses } = arrival
  const near = browser && addresses.some((address) => liesIn(address, networks))
  const judged = browser && settings.leaveOutBots
  return {
    botOf: (said) => (judged ? botIn(typeof said === 'string' ? said : userAgent) : undefined),
    fromOffice: (ip) => near || (typeof ip === 'string' && liesIn(ip, networks)),
  }
}

function networksOf({ offices }: VisitorSettings): readonly Network[] {
  return offices.flatMap(({ network }) => readNetwork(network) ?? [])
}
