import { bringingRows } from '../connect/files/bring-rows.service.ts'
import { fileImports } from '../connect/files/file-imports.service.ts'
import { numbers } from '../connect/numbers/numbers.service.ts'
import { absorbing } from '../connect/platform/absorb.service.ts'
import { loop } from '../jobs/loop.service.ts'
import { minuteMs } from '../lib/duration.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'
import type { filesOfConsents } from './refusals.ts'

/** How long dropped files rest when there is none; a new one waits at most so long. */
const fileRestMs = 500

/** Files of any shop, and our numbers beside the shop's. */
export function droppedFiles(
  { db, clock, log }: HouseNeeds,
  rooms: Pick<Rooms, 'safe' | 'door' | 'tenants'> & {
    readonly consentFiles: ReturnType<typeof filesOfConsents>
  },
) {
  const { safe: vault, door, tenants } = rooms
  const absorb = absorbing({ db, clock, vault, accept: door })
  const files = fileImports({
    ...{ db, clock, vault },
    shops: tenants,
    consents: rooms.consentFiles,
    ...bringingRows({ db, clock, vault, absorb }),
  })
  const compared = numbers({ db, clock, shops: tenants })
  return {
    files,
    numbers: compared,
    workers: [
      loop({
        turn: files.turn,
        idleMs: fileRestMs,
        onError: (error) => log.failed(error, 'dropped files'),
      }),
      loop({
        turn: compared.turn,
        idleMs: 10 * minuteMs,
        onError: (error) => log.failed(error, 'numbers'),
      }),
    ],
  }
}
export type DroppedFiles = ReturnType<typeof droppedFiles>
