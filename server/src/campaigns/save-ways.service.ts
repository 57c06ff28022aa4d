import type { Tx } from '../database/connection.store.ts'
import type { Turn } from '../events/turn.ts'
import type { CampaignId } from '../lib/brand.ts'
import { insertEnrolments, setTimers, updateEnrolments } from './enrolments.store.ts'
import type { Way } from './way.ts'

/** A way with its row's id. */
export type SavedWay = { readonly way: Way; readonly id: number }

/** Writes what a turn changed, a statement a table, and answers the ways that exist with their ids. */
export async function saveWays(
  tx: Tx,
  turn: Pick<Turn, 'shop' | 'now'>,
  given: {
    readonly ways: readonly Way[]
    /** Timers of resting campaigns (paused or stopped) are not set: nothing wakes them. */
    readonly rests: (campaign: CampaignId, version: number) => boolean
  },
): Promise<readonly SavedWay[]> {
  const changed = given.ways.filter((way) => way.id !== undefined && way.enrolment !== way.before)
  await updateEnrolments(tx, turn.shop, {
    rows: changed.flatMap(({ id, enrolment }) => (id === undefined ? [] : [{ ...enrolment, id }])),
    now: turn.now,
  })
  const begun = given.ways.filter((way) => way.id === undefined)
  const ids = await insertEnrolments(
    tx,
    turn.shop,
    begun.map((way) => way.enrolment),
  )
  const saved = given.ways.flatMap((way) => {
    const { campaign, entryKey, cause } = way.enrolment
    const id = way.id ?? ids.get(`${campaign}/${entryKey}/${cause}`)
    return id === undefined ? [] : [{ way, id }]
  })
  await setTimers(
    tx,
    turn.shop,
    saved
      .filter(({ way }) => way.enrolment !== way.before)
      .filter(({ way }) => way.before !== undefined || way.enrolment.due !== null)
      .map(({ way: { enrolment }, id }) => ({
        id,
        customer: enrolment.customer,
        step: enrolment.step,
        generation: enrolment.generation,
        wakeAt: given.rests(enrolment.campaign, enrolment.version) ? null : enrolment.due,
      })),
  )
  return saved
}
