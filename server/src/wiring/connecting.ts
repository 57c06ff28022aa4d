import { cafe24Platform } from '../connect/cafe24/cafe24.provider.ts'
import { cafe24 } from '../connect/cafe24/cafe24.service.ts'
import { absorbing } from '../connect/platform/absorb.service.ts'
import { platformCalls } from '../connect/platform/call.driver.ts'
import { connections } from '../connect/platform/connections.service.ts'
import { notices } from '../connect/platform/notices.service.ts'
import type { Platform } from '../connect/platform/platform.ts'
import { pulling } from '../connect/platform/pull.service.ts'
import { sessions } from '../connect/platform/sessions.service.ts'
import { platformWebhooks } from '../connect/platform/webhooks.routes.ts'
import { loop } from '../jobs/loop.service.ts'
import { secondMs } from '../lib/duration.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { patience } from './refusals.ts'

/** How long pulling rests when nothing is due; a look begins at most so late. */
const pullRestMs = 2 * secondMs
const noticeRestMs = secondMs

/** Shops on platforms: who is connected, what is brought, and what webhooks ask to look at. */
export function connectingWork(
  { config, db, clock, log }: HouseNeeds,
  { safe, door, tenants }: Rooms,
) {
  const calls = platformCalls({ clock, wait: patience })
  const cafe24Api = cafe24Platform({ testServer: config.cafe24TestServer })
  const all: readonly Platform[] = [cafe24Api]
  const platforms = (kind: string) => all.find((platform) => platform.kind === kind)
  const session = sessions({ db, clock, vault: safe, calls, platforms })
  const absorb = absorbing({ db, clock, vault: safe, accept: door })
  const pull = pulling({ db, clock, absorb, sessions: session, accept: door, platforms })
  const puller = loop({
    turn: pull.turn,
    idleMs: pullRestMs,
    onError: (error) => log.failed(error, 'connections'),
  })
  const noticed = notices({
    ...{ db, clock, vault: safe, absorb, sessions: session, platforms },
    onNoted: () => looker.wake(),
  })
  const looker = loop({
    turn: noticed.turn,
    idleMs: noticeRestMs,
    onError: (error) => log.failed(error, 'platform webhooks'),
  })
  const connected = connections({
    ...{ db, clock, vault: safe, sessions: session, platforms },
    audit: tenants.audit,
    publicUrl: config.publicUrl,
    onPlanned: puller.wake,
  })
  return {
    connections: connected,
    cafe24: cafe24({
      ...{ clock, calls, connections: connected },
      platform: cafe24Api,
      publicUrl: config.publicUrl,
    }),
    webhooks: platformWebhooks({
      notices: noticed,
      onError: (error) => log.failed(error, 'platform webhooks'),
    }),
    prune: noticed.prune,
    worker: {
      start: (): void => {
        puller.start()
        looker.start()
      },
      stop: async (): Promise<void> => {
        pull.letGo()
        await Promise.all([puller.stop(), looker.stop()])
      },
    },
  }
}
export type ConnectingWork = ReturnType<typeof connectingWork>
