import { mailHooks } from '../channels/email/mail-hooks.service.ts'
import { hookRoutes } from '../channels/hooks.routes.ts'
import { subscriptions } from '../channels/push/push.service.ts'
import { ingestRoutes } from '../events/ingest.routes.ts'
import { visitors } from '../events/visitors.service.ts'
import { picturePages } from '../images/pictures.routes.ts'
import { messagePages } from '../messages/pages.routes.ts'
import { pushPages } from '../messages/push/subscribe.routes.ts'
import { applyReports, type ReportsNeeds } from '../messages/reports.service.ts'
import { challengePages } from '../proof/challenge/challenge.routes.ts'
import type { ConnectingWork } from './connecting.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { onsiteHouse } from './onsite.ts'
import { refusedThere } from './refusals.ts'
import type { ReportingWork } from './reporting.ts'

/** What shops, shoppers and mail programs reach without signing in. */
export function publicPages(
  needs: HouseNeeds,
  rooms: Rooms & {
    readonly reporting: Pick<ReportingWork, 'challenges'>
    readonly connecting: Pick<ConnectingWork, 'webhooks' | 'members'>
  },
) {
  const { config, db, clock, log } = needs
  const { door, safe: vaulted, tenants, ledger } = rooms
  const onsite = onsiteHouse(needs, rooms)
  const onRefused = refusedThere({ db, clock }, rooms)
  const reported: ReportsNeeds = {
    db,
    clock,
    consent: ledger,
    coupons: rooms.coupon,
    onRefused,
    onNoBalance: (lane) => rooms.news.unpaid(lane),
  }
  const hooks = hookRoutes({
    clock,
    vault: vaulted,
    mail: mailHooks({ shops: tenants, vault: vaulted, clock }),
    apply: (shop, told) => applyReports(reported, shop, told),
    onError: (error) => log.failed(error, 'hooks'),
  })
  return {
    hooks,
    ingest: ingestRoutes({
      accept: door,
      resolveKey: rooms.apiKeys.resolve,
      vault: vaulted,
      clock,
      visitors: visitors({ db, clock, shops: tenants }),
      onError: log.failed,
    }),
    pages: messagePages({
      db,
      clock,
      shops: tenants,
      vault: vaulted,
      consent: ledger,
      wordings: rooms.wording,
      accept: door.accept,
      publicUrl: config.publicUrl,
      onError: (error) => log.failed(error, 'pages'),
    })
      .route(
        '/',
        pushPages({
          clock,
          shops: tenants,
          subscriptions: subscriptions({ db, vault: vaulted }),
          resolveKey: rooms.apiKeys.resolve,
          accept: door.accept,
          onError: (error) => log.failed(error, 'push'),
        }),
      )
      .route(
        '/',
        picturePages({
          images: rooms.pictures,
          onError: (error) => log.failed(error, 'pictures'),
        }),
      )
      .route(
        '/',
        challengePages({
          challenges: rooms.reporting.challenges,
          onError: (error) => log.failed(error, 'reports'),
        }),
      )
      .route('/', rooms.connecting.webhooks)
      .route('/', rooms.connecting.members)
      .route('/', onsite.pages),
    stop: onsite.stop,
  }
}
