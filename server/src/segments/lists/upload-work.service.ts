import { createHash, randomUUID } from 'node:crypto'
import type { Customers } from '../../customers/customers.service.ts'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type ChangeNeeds, changeMembers, getList, wouldChange } from './change-members.service.ts'
import type { List } from './list.ts'
import { linesFrom, type OpenedFile, openFile, tally } from './read-file.service.ts'
import {
  endApplying,
  endLook,
  failUpload,
  type Lease,
  noteUpload,
  sealedFile,
  takeUpload,
  type WorkRow,
} from './upload-work.store.ts'

/** How long a file stays with a worker of which nothing more is heard. */
const leaseMs = 60 * secondMs

export type UploadNeeds = ChangeNeeds & {
  readonly customers: Pick<Customers, 'behindKeys'>
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly audit: (
    actor: { readonly shop: ShopId; readonly name: string },
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<void>
}
/** What a worker holds of the file it has in hand. */
type Job = {
  readonly row: WorkRow
  readonly file: OpenedFile
  readonly list: List | undefined
  readonly tally: ReturnType<typeof tally>
  readonly count: ReturnType<typeof wouldChange>
  /** People changed so far, or who would be. */
  changes: number
  /** Lines gone through. */
  at: number
  /** False when it was called off, asked anew, or is with another worker. */
  mine: boolean
}

/**
 * Looks at files and does what they say to lists, some lines a turn, beside the requests. A run that was killed goes on behind
 * the last lines that were noted with their people; one that was only looked at begins anew.
 */
export function uploadWork(needs: UploadNeeds) {
  const { db, clock } = needs
  const worker = randomUUID()
  let job: Job | undefined
  const lease = (): Lease => {
    const now = clock.now()
    return { by: worker, now, until: now + leaseMs }
  }

  async function look(held: Job): Promise<void> {
    const lines = await linesFrom(needs, held.row.shop, { file: held.file, from: held.at })
    held.tally.take(lines)
    held.changes = await held.count(lines.people)
    held.at = lines.to
    const total = held.file.rows.length
    const mine = await noteUpload(db, held.row, { ...lease(), done: lines.to, total, changed: 0 })
    if (mine && lines.to < total) return
    if (mine)
      await endLook(db, held.row, {
        answer: JSON.stringify({ ...held.tally.read(), changes: held.changes }),
        sealedRefused: needs.vault.seal(JSON.stringify(held.tally.refused)),
      })
    job = undefined
  }

  async function apply(held: Job): Promise<void> {
    const { row, list, file, at } = held
    if (!list) throw new Refusal('not-found', 'The list was deleted.')
    const lines = await linesFrom(needs, row.shop, { file, from: at })
    const total = file.rows.length
    const note = async (to: Database | Tx, changed: number) => {
      held.changes += changed
      held.mine = await noteUpload(to, row, { ...lease(), done: lines.to, total, changed })
    }
    if (lines.people.length === 0) await note(db, 0)
    await changeMembers(needs, row.shop, {
      list: { ...list, members: list.members + held.changes },
      change: row.change,
      customers: lines.people,
      by: row.actor,
      messageId: (customer) => idOf(row, at, customer),
      together: note,
    })
    held.at = lines.to
    if (held.mine && lines.to < total) return
    if (held.mine) await end(needs, row, list)
    job = undefined
  }

  return {
    /** One step; whether there was anything to do. */
    turn: async (): Promise<boolean> => {
      const row = await takeUpload(db, lease())
      if (!row) return false
      try {
        job = isOf(job, row) ? job : await begin(needs, row)
        await (row.state === 'looking' ? look(job) : apply(job))
      } catch (error) {
        // The line is behind: the same lines are tried again after a rest.
        if (error instanceof Refusal && error.code === 'busy') return false
        job = undefined
        if (!(error instanceof Refusal)) throw error
        await failUpload(db, row, { problem: error.code, at: clock.now() })
      }
      return true
    },
  }
}

function isOf(job: Job | undefined, row: WorkRow): job is Job {
  const held = job?.row
  return held?.id === row.id && held.state === row.state && held.round === row.round
}

async function begin(needs: UploadNeeds, row: WorkRow): Promise<Job> {
  const { db, vault } = needs
  const sealed = await sealedFile(db, row)
  if (sealed === undefined) throw new Refusal('not-found', 'The file was forgotten.')
  const file = openFile(Buffer.from(vault.open(sealed), 'base64'))
  const list = row.list === null ? undefined : await getList(db, row.shop, row.list)
  return {
    row,
    file,
    list,
    tally: tally(file),
    count: wouldChange(db, row.shop, { list, change: row.change }),
    changes: 0,
    at: row.state === 'applying' ? row.done : 0,
    mine: true,
  }
}

/** The same for the same person in the same file, however often the work breaks off. */
function idOf({ shop, id, change }: WorkRow, line: number, customer: number): string {
  const name = [shop, id, change, line, customer].join(':')
  return `list:${createHash('sha256').update(name).digest('base64url').slice(0, 22)}`
}

async function end(needs: UploadNeeds, row: WorkRow, list: List): Promise<void> {
  const changed = await endApplying(needs.db, row, needs.clock.now())
  if (changed === undefined) return
  await needs.audit({ shop: row.shop, name: row.actor }, 'list.members-changed', {
    object: `list:${list.id}`,
    detail: { file: true, upload: row.id, [row.change]: changed },
  })
}
