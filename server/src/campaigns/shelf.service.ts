import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { canonicalJson } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Actor } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { insertCampaign, readCampaign, updateDraft } from './campaigns.store.ts'
import { asDraft, type Difference, differences } from './flow-differences.ts'
import { layInto, listFolders, listVersions, putAway, type VersionRow } from './shelf.store.ts'

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'audit'>
}

/** A published version with what it changed. */
export type Version = {
  readonly version: number
  readonly by: string
  readonly at: number
  /** Against the version before it; empty of the first. */
  readonly differences: readonly Difference[]
}

/** Keeping campaigns in order: copies, folders, what is put away, and what they were. */
export function shelf(needs: Needs) {
  const { db } = needs
  const found = async (shop: ShopId, id: number) => {
    const row = await readCampaign(db, shop, id)
    if (!row) throw new Refusal('not-found', `There is no campaign ${id}.`)
    return row
  }
  const audit = (actor: Actor, act: string, about: { id: number; detail?: object }) =>
    needs.shops.audit(actor, `campaign.${act}`, {
      object: `campaign:${about.id}`,
      ...(about.detail ? { detail: { ...about.detail } } : {}),
    })

  return {
    folders: (shop: ShopId) => listFolders(db, shop),
    /** A draft with the same flow, in the same folder. Answers its id. */
    copy: async (actor: Actor, id: number, name: string): Promise<number> => {
      const { draft, playbook } = await found(actor.shop, id)
      const now = needs.clock.now()
      const made = await insertCampaign(db, actor.shop, { name, playbook, draft, now })
      await audit(actor, 'copied', { id: made, detail: { from: id } })
      return made
    },
    layInto: async (actor: Actor, id: number, folder: string | null): Promise<void> => {
      await found(actor.shop, id)
      await layInto(db, actor.shop, { ids: [id], folder })
      await audit(actor, 'moved', { id, detail: { folder } })
    },
    putAway: async (actor: Actor, id: number, away: boolean): Promise<void> => {
      await found(actor.shop, id)
      const at = away ? needs.clock.now() : null
      if (!(await putAway(db, actor.shop, { id, at })))
        throw new Refusal('conflict', 'A campaign that runs can’t be put away: stop it first.')
      await audit(actor, away ? 'archived' : 'unarchived', { id })
    },
    versions: async (
      shop: ShopId,
      asked: {
        readonly campaign: number
        readonly before: number | undefined
        readonly limit: number
      },
    ): Promise<readonly Version[]> => {
      await found(shop, asked.campaign)
      // One more than asked, so that the oldest on the page knows what it changed.
      const rows = await listVersions(db, shop, { ...asked, limit: asked.limit + 1 })
      return rows.slice(0, asked.limit).map((row, at) => told(row, rows[at + 1]))
    },
    /** Makes the draft what a published version was; what is live stays until it is published. */
    restore: async (actor: Actor, id: number, version: number): Promise<void> => {
      const [row] = await listVersions(db, actor.shop, {
        campaign: id,
        before: version + 1,
        limit: 1,
      })
      if (row?.version !== version)
        throw new Refusal('not-found', `Campaign ${id} has no version ${version}.`)
      const draft = canonicalJson(asDraft(flowOf(row)))
      await updateDraft(db, actor.shop, { id, name: null, draft, now: needs.clock.now() })
      await audit(actor, 'restored', { id, detail: { version } })
    },
  }
}
export type Shelf = ReturnType<typeof shelf>

function told(row: VersionRow, before: VersionRow | undefined): Version {
  const { version, by, at } = row
  const what = before ? differences(flowOf(before), flowOf(row)) : []
  return { version, by, at, differences: what }
}

function flowOf({ flow }: VersionRow): Flow {
  return Flow.parse(JSON.parse(flow))
}
