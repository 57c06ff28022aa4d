import { loop } from '../jobs/loop.service.ts'
import { minuteMs } from '../lib/duration.ts'
import { haltWatch } from '../messages/halt.service.ts'
import { seenReports } from '../onsite/seen.service.ts'
import { campaignReports } from '../proof/campaign-report.service.ts'
import { challenges } from '../proof/challenge/challenge.service.ts'
import { effects } from '../proof/effects.service.ts'
import { splits } from '../proof/splits/splits.service.ts'
import { mornings } from '../reports/morning/morning.service.ts'
import { morningSettings } from '../reports/morning/morning-settings.ts'
import { morningPost } from '../reports/morning/post.service.ts'
import { suggestions } from '../reports/suggestions.service.ts'
import { linesFrom, openFile } from '../segments/lists/read-file.service.ts'
import { ready } from '../segments/ready/ready.service.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import { standingWork } from './standing.ts'

/** How long draws of splits rest when there is none; a new one waits at most so long. */
const drawRestMs = 500

/** What is told of a shop on its pages and in its morning message, and the work on the latter. */
export function reportingWork(needs: HouseNeeds, rooms: Rooms) {
  const { config, db, warehouse, clock, log } = needs
  const { tenants: shops, safe: vault, kept } = rooms
  const campaigns = campaignReports({ db, clock, shops, campaigns: rooms.campaign })
  const effect = effects({ db, warehouse, shops, campaigns: rooms.campaign, kept })
  const offered = ready({ db, warehouse, clock, shops, segments: rooms.segment })
  const suggested = suggestions({ db, warehouse, clock, kept, ready: offered })
  const morning = mornings({
    db,
    clock,
    vault,
    shops,
    effects: effect,
    suggestions: suggested,
    halted: haltWatch({ db, clock }),
    post: morningPost({
      channels: rooms.carriers,
      vault,
      publicUrl: config.publicUrl,
      type: 'morning',
      sealedSlack: (shop) => morningSettings(shop.settings.morning)?.sealedSlack,
    }),
  })
  const challenge = challenges({
    db,
    warehouse,
    clock,
    vault,
    shops,
    campaigns: rooms.campaign,
    effects: effect,
    seen: seenReports({ warehouse }),
    segmentName: async (shop, segment) =>
      (await rooms.segment.get(shop, segment).catch(() => undefined))?.name,
    productNames: (shop, products) => rooms.products.find(shop, products),
    publicUrl: config.publicUrl,
  })
  const split = splits({
    db,
    warehouse,
    clock,
    vault,
    shops,
    kept,
    segments: rooms.segment,
    customers: rooms.customer,
    assignments: rooms.acts.assignments,
    files: { openFile, linesFrom },
  })
  const drawer = loop({
    turn: split.turn,
    idleMs: drawRestMs,
    onError: (error) => log.failed(error, 'splits'),
  })
  const standing = standingWork(needs, rooms)
  const waker = loop({
    turn: morning.turn,
    idleMs: minuteMs,
    onError: (error) => log.failed(error, 'morning messages'),
  })
  return {
    campaigns,
    effects: effect,
    suggestions: suggested,
    mornings: morning,
    challenges: challenge,
    splits: split,
    standing: standing.files,
    /** Forgets what was told and written long enough ago, and counts anew what campaigns wait by. */
    keep: async (): Promise<void> => {
      await rooms.campaign.countGoodsDays(offered)
      await morning.prune()
      await standing.files.prune()
    },
    workers: [waker, drawer, standing.worker],
  }
}
export type ReportingWork = ReturnType<typeof reportingWork>
