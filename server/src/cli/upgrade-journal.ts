import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * How far an upgrade or its undoing came. Each step is written before its work begins, and all work of a step may be begun anew:
 * - `saving`: the backup is being written; nothing has changed yet.
 * - `migrating`: the backup is whole; the schemas change.
 * - `done`: the new version runs.
 * - `aside`: undoing; the new data are moved aside.
 * - `restoring`: undoing; the backup is loaded into empty engines.
 * - `undone`: the data are those of the backup, under its schema.
 */
const Journal = z.object({
  step: z.enum(['saving', 'migrating', 'done', 'aside', 'restoring', 'undone']),
  /** UTC ms. */
  at: z.number(),
  /** The folder of the backup. */
  backup: z.string(),
  /** What `versions.json` held before; null where there was none. */
  versions: z.string().nullable(),
  /** Where undoing moves the new data. */
  aside: z.string().optional(),
})
export type Journal = z.infer<typeof Journal>

const fileName = 'upgrade.json'

/** The journal of a data folder; undefined where it was never upgraded. */
export function readJournal(dataFolder: string): Journal | undefined {
  const path = join(dataFolder, fileName)
  if (!existsSync(path)) return undefined
  const parsed = Journal.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success)
    throw new Error(`${path} is damaged. Restore a backup into a new data folder.`)
  return parsed.data
}

/** Writes it so that a power failure leaves the old one or the new one, whole. */
export function writeJournal(dataFolder: string, journal: Journal): void {
  const path = join(dataFolder, fileName)
  writeDurably(path, `${JSON.stringify(journal, undefined, 2)}\n`)
}

/** Writes a file aside, to the disk, and into its place. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}
