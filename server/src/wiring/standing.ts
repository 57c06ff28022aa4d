import { loop } from '../jobs/loop.service.ts'
import { secondMs } from '../lib/duration.ts'
import { morningPost } from '../reports/morning/post.service.ts'
import { standingFiles } from '../reports/standing/standing.service.ts'
import { standingWork as writing } from '../reports/standing/standing-work.service.ts'
import { exportPage } from '../segments/export.store.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'

/** How long standing files rest when none is due. */
const restMs = 5 * secondMs

/** Files that leave by themselves, and the work on them. */
export function standingWork({ config, db, warehouse, clock, log }: HouseNeeds, rooms: Rooms) {
  const { tenants: shops, safe: vault } = rooms
  const { publicUrl } = config
  const work = writing({
    ...{ db, warehouse, clock, vault, shops, publicUrl },
    segment: rooms.segment.get,
    members: (shop, page) => exportPage(db, shop, page),
    completeTo: rooms.past.completeTo,
    hasMail: (shop) => rooms.carriers.of(shop, 'email').name !== 'inbox',
    post: morningPost({
      channels: rooms.carriers,
      vault,
      publicUrl,
      type: 'morning',
      sealedSlack: () => undefined,
    }),
  })
  const worker = loop({
    turn: work.turn,
    idleMs: restMs,
    onError: (error) => log.failed(error, 'standing files'),
  })
  const files = standingFiles({
    ...{ db, clock, vault, shops, publicUrl },
    segment: rooms.segment.get,
    onDue: worker.wake,
  })
  return { files, worker }
}
