import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { Mornings } from './morning.service.ts'
import { type Destination, MorningInput } from './morning-settings.ts'

const Place = z.object({
  kind: z.enum(['email', 'slack', 'webhook']),
  /** The e-mail address or the server's; null for Slack, whose address is secret. */
  address: z.string().nullable(),
})
const Settings = z.object({
  emails: z.array(z.string()),
  hasSlack: z.boolean(),
  webhook: z.string(),
})
const Last = z.object({
  day: z.string(),
  place: Place,
  state: z.string(),
  detail: z.string().nullable(),
})
const Morning = z.object({
  subject: z.string(),
  parts: z.array(z.object({ title: z.string(), lines: z.array(z.string()) })),
})

/** The message that the team reads in the morning. */
export function morningRoutes(needs: { readonly mornings: Mornings }): readonly Route[] {
  const { mornings } = needs
  return [
    route({
      method: 'get',
      path: '/api/shop/morning',
      summary: "Where the team's morning message goes, and what came of the last ones.",
      roles: ['marketer', 'developer'],
      response: Settings.extend({ last: z.array(Last) }),
      moving: ['last'],
      handle: async ({ actor }) => {
        const { last, ...settings } = await mornings.get(actor.shop)
        const told = last.map(({ destination, ...rest }) => ({
          ...rest,
          place: placeOf(destination),
        }))
        return { ...settings, emails: [...settings.emails], last: told }
      },
    }),
    route({
      method: 'put',
      path: '/api/shop/morning',
      summary:
        "Sends the morning message (08:30 by the shop's clocks, on Mondays about the week) there. An absent Slack address keeps the stored one.",
      roles: ['marketer', 'developer'],
      body: MorningInput,
      response: Settings,
      handle: async ({ actor, body }) => {
        const settings = await mornings.put(actor, body)
        return { ...settings, emails: [...settings.emails] }
      },
    }),
    route({
      method: 'get',
      path: '/api/shop/morning/preview',
      summary: 'The message as it would be written now.',
      roles: ['marketer', 'developer', 'viewer'],
      response: Morning,
      handle: async ({ actor }) => {
        const { subject, parts } = await mornings.preview(actor.shop)
        return { subject, parts: parts.map(({ title, lines }) => ({ title, lines: [...lines] })) }
      },
    }),
    route({
      method: 'post',
      path: '/api/shop/morning/test',
      summary: "Sends today's message to every place now; what came of each.",
      roles: ['marketer', 'developer'],
      response: z.object({
        items: z.array(z.object({ place: Place, ok: z.boolean(), detail: z.string().nullable() })),
      }),
      handle: async ({ actor }) => {
        const sent = await mornings.test(actor)
        return {
          items: sent.map(({ destination, ...rest }) => ({ ...rest, place: placeOf(destination) })),
        }
      },
    }),
  ]
}

function placeOf(destination: Destination): z.infer<typeof Place> {
  switch (destination.kind) {
    case 'email':
      return { kind: 'email', address: destination.address }
    case 'slack':
      return { kind: 'slack', address: null }
    case 'webhook':
      return { kind: 'webhook', address: destination.url }
  }
}
