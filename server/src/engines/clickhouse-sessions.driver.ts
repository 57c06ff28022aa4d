import { drainPending, Session } from 'chdb'
import { type Lane, literal } from './clickhouse-sql.ts'

/** A session of the engine, at work for one request at a time, and what was last set in it. */
export type Seat = {
  readonly name: string
  readonly session: Session
  /** Settings and parameters that differ from the engine's own, as they stand now. */
  readonly standing: Map<string, string>
  database: string
}

type Waiting = { readonly take: (seat: Seat) => void; readonly refuse: (error: Error) => void }

/** Requests that may wait for a session of one lane; more are refused as ClickHouse refuses too many queries. */
const waitingMax = 1_000
const closeMs = 5_000
const seatsOf: Readonly<Record<Lane, number>> = { write: 1, read: 3, long: 1 }

export type Sessions = ReturnType<typeof openSessions>

/** Opens one data folder with a session for writes, three for short reads, one for long work and one to stop the others. */
export function openSessions(path: string, engineArguments: readonly string[]) {
  const open = (name: string): Seat => {
    const session = new Session(path, { connectionArgs: [...engineArguments] })
    // The comment is how `kill` finds what a session is running: a session runs one statement at a time.
    session.query(`set log_comment = ${literal(name)}`)
    return { name, session, standing: new Map(), database: 'default' }
  }
  const lanes = Object.fromEntries(
    Object.entries(seatsOf).map(([lane, count]) => [
      lane,
      {
        free: Array.from({ length: count }, (_, index) => open(`${lane}-${index}`)),
        waiting: [] as Waiting[],
      },
    ]),
  ) as Record<Lane, { readonly free: Seat[]; readonly waiting: Waiting[] }>
  const control = open('control')
  const all = [control, ...Object.values(lanes).flatMap((lane) => lane.free)]

  return {
    control,

    /** Waits for a session of the lane; `signal` gives the place in the queue back. */
    async take(lane: Lane, signal: AbortSignal): Promise<Seat> {
      const { free, waiting } = lanes[lane]
      const seat = free.pop()
      if (seat) return seat
      if (waiting.length >= waitingMax) {
        throw new Error(
          `Code: 202. DB::Exception: Too many simultaneous queries: ${waitingMax} wait already. (TOO_MANY_SIMULTANEOUS_QUERIES)`,
        )
      }
      return new Promise<Seat>((resolve, reject) => {
        const entry = { take: resolve, refuse: reject }
        waiting.push(entry)
        signal.addEventListener('abort', () => {
          const place = waiting.indexOf(entry)
          if (place < 0) return
          waiting.splice(place, 1)
          reject(new Error('Code: 394. DB::Exception: Query was cancelled. (QUERY_WAS_CANCELLED)'))
        })
      })
    },

    give(lane: Lane, seat: Seat): void {
      const next = lanes[lane].waiting.shift()
      if (next) next.take(seat)
      else lanes[lane].free.push(seat)
    },

    /** Stops what the session runs now. The caller still holds the seat, so nothing else can be hit. */
    async kill(seat: Seat): Promise<void> {
      await control.session.queryAsync(
        `kill query where Settings['log_comment'] = ${literal(seat.name)} async`,
      )
    },

    /** Stops all work and lets the folder go; work that does not stop in 5 s is left to the end of the process. */
    async close(): Promise<void> {
      await control.session.queryAsync('kill query where 1 async').catch(() => {})
      await Promise.race([drainPending(), new Promise((resolve) => setTimeout(resolve, closeMs))])
      for (const { session } of all) session.close()
    },
  }
}

/**
 * Makes the session's settings, parameters and database those of the request, in one statement at most; what an earlier
 * request set and this one does not ask for goes back to the engine's own.
 */
export async function prepare(
  seat: Seat,
  wanted: ReadonlyMap<string, string>,
  database: string,
): Promise<void> {
  const queryBytes = wanted.get(ownLimit)
  if (queryBytes !== undefined && seat.standing.get(ownLimit) !== queryBytes) {
    // The statement that sets long parameters is itself read within this limit: it is raised before.
    await seat.session.queryAsync(`set ${ownLimit} = ${literal(queryBytes)}`)
    seat.standing.set(ownLimit, queryBytes)
  }
  const changes: string[] = []
  for (const [name, value] of wanted) {
    if (seat.standing.get(name) !== value) changes.push(`${name} = ${literal(value)}`)
  }
  for (const name of seat.standing.keys()) {
    if (!wanted.has(name) && !name.startsWith('param_')) changes.push(`${name} = default`)
  }
  if (changes.length > 0) {
    // While it is being set nothing is known: a failure in the middle leaves every name to be set again.
    const before = new Map(seat.standing)
    for (const name of wanted.keys()) seat.standing.set(name, unknownValue)
    await seat.session.queryAsync(`set ${changes.join(', ')}`)
    for (const name of before.keys()) if (!wanted.has(name)) seat.standing.delete(name)
    for (const [name, value] of wanted) seat.standing.set(name, value)
  }
  if (seat.database !== database) {
    await seat.session.queryAsync(`use \`${database.replaceAll('`', '')}\``)
    seat.database = database
  }
}

const ownLimit = 'max_query_size'

/** Equal to no value a request can bring. */
const unknownValue = '\0unknown'
