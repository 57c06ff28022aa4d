import { z } from 'zod'
import type { Destination } from '../reports/morning/morning-settings.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { AlarmInput } from './alarm-settings.ts'
import type { Alarms } from './alarms.service.ts'
import type { Backups } from './backups.service.ts'
import { checkNames } from './checks.ts'
import type { Health } from './health.service.ts'

const FindingAnswer = z.object({
  check: z.enum(checkNames),
  state: z.enum(['good', 'poor', 'bad', 'off']),
  why: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
const BackupAnswer = z.object({
  id: z.number(),
  kind: z.enum(['nightly', 'asked', 'upgrade']),
  state: z.enum(['asked', 'running', 'done', 'failed']),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  folder: z.string(),
  files: z.number(),
  rows: z.number(),
  bytes: z.number(),
  problem: z.string().nullable(),
})
const Places = z.object({
  emails: z.array(z.string()),
  hasSlack: z.boolean(),
  webhook: z.string(),
})
const Place = z.object({
  kind: z.enum(['email', 'slack', 'webhook']),
  address: z.string().nullable(),
})

/** How the installation is, its backups, and who is told of trouble. */
export function runningRoutes(needs: {
  readonly health: Health
  readonly backups: Backups
  readonly alarms: Alarms
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  const { health, backups, shops } = needs
  return [
    route({
      method: 'get',
      path: '/api/running',
      summary:
        'How the installation is, check by check; its nightly backups; what is being told by alarms.',
      roles: ['developer'],
      response: z.object({
        findings: z.array(FindingAnswer),
        backup: z.object({
          folder: z.string().nullable(),
          minute: z.number(),
          copies: z.number(),
          notes: z.array(BackupAnswer),
        }),
        troubles: z.array(
          z.object({ check: z.enum(checkNames), since: z.number(), rounds: z.number() }),
        ),
      }),
      handle: async ({ actor }) => {
        const [findings, status, troubles] = await Promise.all([
          health.findings(actor.shop),
          backups.status(),
          needs.alarms.troubles(actor.shop),
        ])
        const { folder, minute, copies, notes } = status
        return {
          findings: findings.map((one) => ({ ...one, facts: { ...one.facts } })),
          backup: {
            folder: folder ?? null,
            minute,
            copies,
            notes: notes.slice(0, 8).map(({ seenAt: _, ...note }) => note),
          },
          troubles: troubles
            .filter(({ isOver }) => !isOver)
            .map(({ check, since, rounds }) => ({ check, since, rounds })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/running/backups',
      summary: 'Asks for a backup now, beside the nightly ones; a worker writes it.',
      roles: ['developer'],
      response: z.object({ asked: z.boolean() }),
      handle: async ({ actor }) => {
        await backups.ask()
        await shops.audit(actor, 'backup.asked', { object: `shop:${actor.shop}` })
        return { asked: true }
      },
    }),
    ...alarmRoutes(needs.alarms),
  ]
}

function alarmRoutes(alarms: Alarms): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/alarms',
      summary: 'Where alarms go when something keeps the installation from working.',
      roles: ['developer'],
      response: Places,
      handle: async ({ actor }) => {
        const places = await alarms.get(actor.shop)
        return { ...places, emails: [...places.emails] }
      },
    }),
    route({
      method: 'put',
      path: '/api/shop/alarms',
      summary: 'Sends alarms there. An absent Slack address keeps the stored one.',
      roles: ['developer'],
      body: AlarmInput,
      response: Places,
      handle: async ({ actor, body }) => {
        const places = await alarms.put(actor, body)
        return { ...places, emails: [...places.emails] }
      },
    }),
    route({
      method: 'post',
      path: '/api/shop/alarms/test',
      summary: 'Sends a test to every place of alarms now; what came of each.',
      roles: ['developer'],
      response: z.object({
        items: z.array(z.object({ place: Place, ok: z.boolean(), detail: z.string().nullable() })),
      }),
      handle: async ({ actor }) => ({
        items: (await alarms.test(actor)).map(({ destination, ...rest }) => ({
          ...rest,
          place: { kind: destination.kind, address: addressOf(destination) },
        })),
      }),
    }),
  ]
}

function addressOf(place: Destination): string | null {
  switch (place.kind) {
    case 'email':
      return place.address
    case 'slack':
      return null
    case 'webhook':
      return place.url
  }
}
