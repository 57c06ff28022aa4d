import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import packageFile from '../../package.json' with { type: 'json' }
import type { Clock } from '../lib/clock.ts'
import { readFileOf, sha256Of, writeFileOf } from './backup-files.driver.ts'

type Write = (table: string, bytes: AsyncIterable<Uint8Array>) => Promise<number>
type Read = (table: string) => AsyncIterable<Uint8Array>
type Position = {
  readonly shop: number
  readonly head: number
  readonly line: number
  readonly history: number
}

type LoadOptions = { readonly keepSchema?: boolean }

/** What backup asks of PostgreSQL (`databaseCopy`) and of ClickHouse (`warehouseCopy`); the rooms of both offer it. */
export type DatabaseSide = {
  dump(write: Write): Promise<{
    readonly positions: readonly Position[]
    readonly tables: { name: string; columns: string[] }[]
  }>
  firstFull(): Promise<string | undefined>
  load(snapshot: unknown, read: Read, options?: LoadOptions): Promise<void>
}
export type WarehouseSide = {
  dump(positions: readonly Position[], write: Write): Promise<object>
  firstFull(): Promise<string | undefined>
  load(
    snapshot: unknown,
    from: {
      readonly read: Read
      readonly fromDatabase: (table: string) => {
        readonly columns: readonly string[]
        readonly lines: AsyncIterable<Uint8Array>
      }
    },
    options?: LoadOptions,
  ): Promise<void>
  clear(): Promise<void>
}

const FileEntry = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  rows: z.number(),
})
const Manifest = z.object({
  format: z.literal(1),
  danggol: z.string(),
  createdAt: z.number(),
  /** By shop, the one log position that both sides stand at: history up to it is in the files, later history is in the log. */
  positions: z.array(
    z.object({ shop: z.number(), head: z.number(), line: z.number(), history: z.number() }),
  ),
  files: z.array(FileEntry),
  kept: z.array(z.object({ name: z.string(), sha256: z.string() })),
  database: z.looseObject({
    tables: z.array(z.looseObject({ name: z.string(), columns: z.array(z.string()) })),
  }),
  warehouse: z.unknown(),
})
export type Manifest = z.infer<typeof Manifest>

export type BackupNeeds = {
  readonly database: DatabaseSide
  readonly warehouse: WarehouseSide
  /** The backup's own folder. */
  readonly folder: string
  readonly clock: Clock
  /** Files of the data folder that belong to the data: `secret.key`, without which sealed contacts stay sealed. */
  readonly keep: readonly string[]
  /** Told of each file that is written. */
  readonly tell?: (file: { readonly rows: number; readonly bytes: number }) => void
}

/**
 * Writes both engines into a new folder while the server may go on: PostgreSQL first, in one snapshot; then ClickHouse up to
 * the position at which that snapshot calls history complete. What PostgreSQL holds beyond it, the history writer repeats
 * after a restore. The folder has its name only when it is whole.
 */
export async function backup(needs: BackupNeeds): Promise<Manifest> {
  const { folder } = needs
  if (existsSync(folder))
    throw new Error(`${folder} is there already. Name a folder that does not exist yet.`)
  const draft = `${folder}.partial`
  rmSync(draft, { recursive: true, force: true })
  for (const side of ['database', 'warehouse', 'kept']) {
    mkdirSync(join(draft, side), { recursive: true, mode: 0o700 })
  }
  const files: Manifest['files'] = []
  const writeTo = (side: string) => async (table: string, bytes: AsyncIterable<Uint8Array>) => {
    const name = fileName(side, table)
    const written = await writeFileOf(join(draft, name), bytes)
    files.push({ name, ...written })
    needs.tell?.(written)
    return written.rows
  }
  const database = await needs.database.dump(writeTo('database'))
  const warehouse = await needs.warehouse.dump(database.positions, writeTo('warehouse'))
  const manifest: Manifest = {
    format: 1,
    danggol: packageFile.version,
    createdAt: needs.clock.now(),
    positions: [...database.positions],
    files,
    kept: await keepFiles(needs.keep, draft),
    database,
    warehouse,
  }
  writeFileSync(join(draft, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, {
    mode: 0o600,
  })
  renameSync(draft, folder)
  return manifest
}

export type RestoreNeeds = {
  readonly database: DatabaseSide
  readonly warehouse: WarehouseSide
  readonly folder: string
  /** Where kept files go: the data folder. One that is there already with another content is refused. */
  readonly dataFolder: string
  /** Leaves both under the schema of the backup: the version that wrote it goes on. */
  readonly keepSchema?: boolean
}

/**
 * Loads a backup into an empty installation: every checksum first, so that a damaged file is named before anything is
 * written; ClickHouse next; PostgreSQL last and in one transaction. After a failure both are empty again.
 */
export async function restore(needs: RestoreNeeds): Promise<Manifest> {
  const manifest = readManifest(needs.folder)
  await verify(needs.folder, manifest)
  await refuseFull(needs)
  await refuseOtherKept(needs, manifest)
  const readFrom = (side: string) => (table: string) =>
    readFileOf(join(needs.folder, fileName(side, table)))
  try {
    const options = { keepSchema: needs.keepSchema ?? false }
    const fromDatabase = (table: string) => ({
      columns: manifest.database.tables.find((one) => one.name === table)?.columns ?? [],
      lines: readFrom('database')(table),
    })
    const from = { read: readFrom('warehouse'), fromDatabase }
    await needs.warehouse.load(manifest.warehouse, from, options)
    await needs.database.load(manifest.database, readFrom('database'), options)
  } catch (error) {
    await needs.warehouse.clear()
    throw error
  }
  for (const { name } of manifest.kept) {
    copyFileSync(join(needs.folder, 'kept', name), join(needs.dataFolder, name))
  }
  return manifest
}

/** Reads and checks a backup without loading it; throws with the name of the first file at fault. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder)
  await verify(folder, manifest)
  return manifest
}

function fileName(side: string, table: string): string {
  return join(side, `${table}.tsv.zst`)
}

async function keepFiles(paths: readonly string[], draft: string): Promise<Manifest['kept']> {
  const kept: Manifest['kept'] = []
  for (const path of paths) {
    if (!existsSync(path)) continue
    const name = basename(path)
    copyFileSync(path, join(draft, 'kept', name))
    kept.push({ name, sha256: await sha256Of(path) })
  }
  return kept
}

/** What a backup says of itself. Throws, in words for the person at the shell, when the folder is none or cannot be read. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Error(`${folder} is no backup: it has no manifest.json.`)
    // A backup is readable by its owner only, and a copied one belongs to whoever copied it.
    throw new Error(
      `${path} cannot be read by this user (${code}). Give the folder to the user that Danggol runs as: chown -R`,
    )
  }
  const parsed = Manifest.safeParse(jsonOf(text))
  if (!parsed.success) throw new Error(`${path} is damaged, or was written by a newer Danggol.`)
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function verify(folder: string, manifest: Manifest): Promise<void> {
  const entries = [
    ...manifest.files,
    ...manifest.kept.map(({ name, sha256 }) => ({ name: join('kept', name), sha256 })),
  ]
  for (const { name, sha256 } of entries) {
    const path = join(folder, name)
    if (!existsSync(path))
      throw new Error(`The backup is damaged: ${name} is missing. Nothing was restored.`)
    if ((await sha256Of(path)) !== sha256) {
      throw new Error(
        `The backup is damaged: ${name} is not what was written. Nothing was restored.`,
      )
    }
  }
}

async function refuseFull({ database, warehouse }: RestoreNeeds): Promise<void> {
  const full = (await database.firstFull()) ?? (await warehouse.firstFull())
  if (full !== undefined) {
    throw new Error(
      `This installation is not empty (${full} has rows). Restore into a new data folder.`,
    )
  }
}

async function refuseOtherKept(
  { folder, dataFolder }: RestoreNeeds,
  manifest: Manifest,
): Promise<void> {
  for (const { name, sha256 } of manifest.kept) {
    const path = join(dataFolder, name)
    if (existsSync(path) && (await sha256Of(path)) !== sha256) {
      throw new Error(`${path} differs from the one in ${folder}. Restore into a new data folder.`)
    }
  }
}
