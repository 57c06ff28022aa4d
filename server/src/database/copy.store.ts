import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Database, Tx } from './connection.store.ts'
import { migrateDatabase } from './migrate.store.ts'
import { markCopies, quietRestored } from './restored.store.ts'
import { DatabaseSnapshot, inOrderOfReference } from './snapshot.ts'

/** Writes one table's rows away and tells how many they were; each row is a line. */
type Write = (table: string, bytes: AsyncIterable<Uint8Array>) => Promise<number>
type Read = (table: string) => AsyncIterable<Uint8Array>

/** `keepSchema` leaves the database under the schema of the backup, for the version that wrote it. */
type LoadOptions = { readonly keepSchema?: boolean }

export type DatabaseCopy = ReturnType<typeof databaseCopy>

/**
 * Reads and writes the whole database as COPY text, table by table. (The embedded PostgreSQL brings no pg_dump, and a
 * server given by URL need not have one of the right version near us.)
 */
export function databaseCopy(db: Database) {
  return {
    /** Everything as of one moment: one REPEATABLE READ transaction that others write beside. */
    async dump(write: Write): Promise<DatabaseSnapshot> {
      return await db.begin('isolation level repeatable read read only', async (tx) => {
        const tables: DatabaseSnapshot['tables'] = []
        for (const table of await tablesOf(tx)) {
          const rows = await write(table.name, copyOut(tx, table))
          tables.push({ ...table, rows })
        }
        return {
          migrations: (
            await tx<{ name: string }[]>`select name from schema_migrations order by name`
          ).map((row) => row.name),
          tables,
          partitions: await partitionsOf(tx),
          positions: await positionsOf(tx),
          // Sequences do not take part in the snapshot: they may only be ahead of it, which costs numbers, not rows.
          sequences: await sequencesOf(tx),
        }
      })
    },

    /** Names the first table that holds rows, or undefined when the database holds nothing of anybody's. */
    async firstFull(): Promise<string | undefined> {
      const [migrated] =
        await db`select to_regclass('public.schema_migrations') is not null as is_there`
      if (!migrated?.is_there) return undefined
      for (const { name } of await tablesOf(db)) {
        const [row] = await db`select 1 from ${db(name)} limit 1`
        if (row) return name
      }
      return undefined
    },

    /** Loads everything in one transaction, or nothing. Throws when a table ends with another number of rows. */
    async load(snapshot: unknown, read: Read, options: LoadOptions = {}): Promise<void> {
      const wanted = DatabaseSnapshot.parse(snapshot)
      await migrateDatabase(db, { only: wanted.migrations })
      await db.begin(async (tx) => {
        await makePartitions(tx, wanted)
        for (const table of wanted.tables) {
          const stream = await tx
            .unsafe(`copy ${quoted(table.name)} (${columnList(table)}) from stdin`)
            .writable()
          await pipeline(Readable.from(read(table.name), { objectMode: false }), stream)
          const [row] = await tx<{ n: number }[]>`select count(*) as n from ${tx(table.name)}`
          if (row?.n !== table.rows) {
            throw new Error(
              `${table.name} has ${row?.n} rows after loading; the backup says ${table.rows}.`,
            )
          }
        }
        for (const one of wanted.sequences) {
          await tx`select setval(${quoted(one.name)}::regclass, ${one.lastValue}::bigint, ${one.isCalled}::boolean)`
        }
      })
      if (!options.keepSchema) await migrateDatabase(db)
      await quietRestored(db)
      // The way back from an upgrade stays where it was: there is no second server.
      if (!options.keepSchema) await markCopies(db)
      await db`analyze`
    },
  }
}

type Table = { readonly name: string; readonly columns: string[] }

/** Every table but partitions (their parent speaks for them) and our note of migrations, in order of reference. */
async function tablesOf(db: Database | Tx): Promise<readonly Table[]> {
  const tables = await db<Table[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migrations'
    group by c.relname order by c.relname`
  const references = await db<{ from: string; to: string }[]>`
    select distinct f.relname as "from", t.relname as "to"
    from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and f.relnamespace = 'public'::regnamespace and not f.relispartition`
  const order = inOrderOfReference(
    tables.map((table) => table.name),
    references,
  )
  return order.flatMap((name) => tables.filter((table) => table.name === name))
}

async function* copyOut(tx: Tx, table: Table): AsyncGenerator<Uint8Array> {
  // A partitioned table cannot be copied by name, a query over it can.
  const columns = columnList(table)
  const stream = await tx
    .unsafe(`copy (select ${columns} from ${quoted(table.name)}) to stdout`)
    .readable()
  yield* stream
  // The driver (3.4.9) pauses its socket when the last rows fill the stream, and an ended stream asks for no more: the end of
  // the command, when it comes in a later packet, would never be read. Asking once more resumes the socket.
  stream._read(0)
}

async function partitionsOf(tx: Tx): Promise<DatabaseSnapshot['partitions']> {
  return await tx<DatabaseSnapshot['partitions']>`
    select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by c.relname`
}

async function makePartitions(tx: Tx, wanted: DatabaseSnapshot): Promise<void> {
  const present = new Set((await partitionsOf(tx)).map((one) => one.name))
  for (const { name, parent, bound } of wanted.partitions) {
    if (present.has(name)) continue
    if (!/^(DEFAULT|FOR VALUES [^;]*)$/.test(bound))
      throw new Error(`${name}: "${bound}" bounds no partition.`)
    await tx.unsafe(`create table ${quoted(name)} partition of ${quoted(parent)} ${bound}`)
  }
}

async function sequencesOf(tx: Tx): Promise<DatabaseSnapshot['sequences']> {
  return await tx<DatabaseSnapshot['sequences']>`
    select sequencename as name, coalesce(last_value, start_value) as "lastValue", last_value is not null as "isCalled"
    from pg_sequences where schemaname = 'public' order by sequencename`
}

/** History is complete up to just before the first block that is not written, else as far as its lane went. */
async function positionsOf(tx: Tx): Promise<DatabaseSnapshot['positions']> {
  return await tx<DatabaseSnapshot['positions']>`
    select h.shop, h.head,
      coalesce((select position from lanes l where l.shop = h.shop and l.name = 'line'), 0) as line,
      coalesce(
        (select min(first_position) - 1 from blocks b where b.shop = h.shop and b.written_at is null),
        (select position from lanes l where l.shop = h.shop and l.name = 'history'), 0) as history
    from log_heads h order by h.shop`
}

function columnList(table: Table): string {
  return table.columns.map(quoted).join(', ')
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
