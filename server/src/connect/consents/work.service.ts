import { randomUUID } from 'node:crypto'
import { secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { readSealed } from './imports.store.ts'
import type { Counts, Plan, PlannedWord } from './plan.ts'
import { type FilePlan, type PlanNeeds, planFile, refusedCsv } from './plan-file.service.ts'
import { settle } from './settle.service.ts'
import {
  beginWork,
  failWork,
  finishWork,
  type Lease,
  lookedAt,
  noteWork,
  takeWork,
  type WorkRow,
} from './work.store.ts'
import { inOrder, writeWords } from './write.service.ts'

/** Words written in one turn. */
const sliceWords = 500
/** How long a file stays with a worker of which nothing more is heard. */
const leaseMs = 60 * secondMs
/** Lines that do nothing, as a page shows them. */
const shownLines = 200

type Needs = PlanNeeds &
  Parameters<typeof writeWords>[0] & {
    readonly vault: Pick<Vault, 'hash' | 'seal' | 'open'>
    readonly shops: Pick<Shops, 'shop' | 'update' | 'audit'>
  }
type Job = {
  readonly row: WorkRow
  readonly words: readonly PlannedWord[]
  /** Words of the file that were written before this worker took it. */
  readonly before: number
  at: number
}
/** A line that does nothing. */
export type ShownLine = Plan['refused'][number]

/**
 * Looks at files and applies those that somebody answers for, some words a turn, beside the requests. A run that was killed goes
 * on: the file is planned anew, so that what is in the ledger by then is left out, and what is on its way there has the same
 * message ids.
 */
export function importWork(needs: Needs) {
  const { db, clock } = needs
  const worker = randomUUID()
  let job: Job | undefined
  const lease = (): Lease => {
    const now = clock.now()
    return { by: worker, now, until: now + leaseMs }
  }

  async function look(row: WorkRow): Promise<void> {
    const tell = async (share: number) => {
      await noteWork(db, row, { ...lease(), done: percentOf(share), total: 100 })
    }
    await lookedAt(db, row, sealedOf(needs, await planOf(needs, row, tell)))
  }

  /** Undefined when it was called off meanwhile: then nothing of it is said. */
  async function begin(row: WorkRow): Promise<Job | undefined> {
    const tell = async (share: number) => {
      const done = row.total === null ? { done: percentOf(share) } : {}
      await noteWork(db, row, { ...lease(), ...done })
    }
    // Looked at anew: what was said since then counts.
    const plan = await planOf(needs, row, tell)
    const words = inOrder(plan.words)
    const total = row.total ?? words.length
    const isOurs =
      row.total === null
        ? await beginWork(db, row, { ...sealedOf(needs, plan), total })
        : await noteWork(db, row, lease())
    return isOurs ? { row, words, before: Math.max(0, total - words.length), at: 0 } : undefined
  }

  async function apply(row: WorkRow): Promise<void> {
    job = job?.row.id === row.id ? job : await begin(row)
    if (!job) return
    const words = job.words.slice(job.at, job.at + sliceWords)
    await writeWords(needs, row.shop, {
      id: row.id,
      kind: row.kind,
      words,
      by: row.attestedBy,
      undatedAt: row.begunAt,
    })
    job.at += words.length
    if (!(await noteWork(db, row, { ...lease(), done: job.before + job.at }))) job = undefined
    else if (job.at >= job.words.length) {
      await end(needs, row)
      job = undefined
    }
  }

  return {
    /** One step; whether there was anything to do. */
    turn: async (): Promise<boolean> => {
      const row = await takeWork(db, lease())
      if (!row) return false
      try {
        await (row.state === 'looking' ? look(row) : apply(row))
      } catch (error) {
        job = undefined
        if (!(error instanceof Refusal)) throw error
        await failWork(db, row, error.message)
      }
      return true
    },
  }
}

const percentOf = (share: number) => Math.round(share * 100)

async function planOf(
  needs: Needs,
  row: WorkRow,
  tell: (share: number) => Promise<void>,
): Promise<FilePlan> {
  const { db, vault } = needs
  const sealed = await readSealed(db, row.shop, row.id)
  if (!sealed?.file) throw new Refusal('not-found', 'The file was forgotten; upload it again.')
  const bytes = Buffer.from(vault.open(sealed.file), 'base64')
  return planFile(needs, row.shop, { bytes, kind: row.kind, from: row.consentsFrom, tell })
}

function sealedOf({ vault }: Pick<Needs, 'vault'>, plan: FilePlan) {
  const { counts, refused } = plan
  return {
    counts: JSON.stringify(counts),
    sealedRefused: refused.length === 0 ? null : vault.seal(refusedCsv(plan)),
    sealedShown: vault.seal(JSON.stringify(refused.slice(0, shownLines))),
  }
}

async function end(needs: Needs, row: WorkRow): Promise<void> {
  const { shop, id, kind, attestedBy, sentence } = row
  await settle(needs, shop, {
    task: kind,
    how: 'imported',
    by: { name: attestedBy, sentence },
    import: id,
  })
  const counts = await finishWork(needs.db, row, needs.clock.now())
  if (counts === undefined) return
  const { consents, refusals } = JSON.parse(counts) as Counts
  await needs.shops.audit({ shop, name: row.appliedBy }, 'consents.imported', {
    object: `consent-import:${id}`,
    detail: { kind, by: attestedBy, consents, refusals },
  })
}
