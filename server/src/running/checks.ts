import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { silentMs } from './backup-plan.ts'

/** What is looked at, in the order in which the health page shows it. */
export const checkNames = [
  'disk',
  'memory',
  'database',
  'warehouse',
  'line',
  'history',
  'aside',
  'providers',
  'money',
  'connectors',
  'backup',
  'certificate',
] as const
export type CheckName = (typeof checkNames)[number]

/** `poor` will hurt soon, `bad` is told by an alarm, `off` is not used here. */
export type Finding = {
  readonly check: CheckName
  readonly state: 'good' | 'poor' | 'bad' | 'off'
  /** Why, as a code of this check; the words are made of it and of `facts`. */
  readonly why: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** What was read of the machine and of one shop; bytes, UTC ms, won. Null where it could not be read. */
export type Readings = {
  readonly now: number
  readonly disk: { readonly free: number; readonly total: number } | null
  readonly memory: { readonly available: number; readonly total: number } | null
  readonly database: { readonly bytes: number }
  readonly warehouse: { readonly ok: boolean; readonly message: string; readonly bytes: number }
  /** What the line has not done yet; `oldestAt` is when the first of it arrived. */
  readonly line: { readonly rows: number; readonly oldestAt: number | null; readonly limit: number }
  /** Positions that the line has done and history has not. */
  readonly historyBehind: number
  /** People set aside because their rules threw. */
  readonly aside: number
  /** Channels whose provider rests, since the first of their messages was to go. */
  readonly resting: readonly {
    readonly channel: string
    readonly reason: string
    readonly since: number
    readonly messages: number
  }[]
  readonly money: {
    readonly balance: number
    readonly warnBelow: number
    readonly failures: number
  } | null
  /** `in`: read from there; `told`: a server that we call; `file`: a standing file. */
  readonly connectors: readonly {
    readonly name: string
    readonly way: 'in' | 'told' | 'file'
    readonly problem: string | null
  }[]
  readonly backup: {
    readonly isOn: boolean
    /** When the newest whole one was finished. */
    readonly doneAt: number | null
    readonly bytes: number
    /** Why the newest try failed, where it did. */
    readonly problem: string | null
    readonly installedAt: number
    readonly isRunning: boolean
  }
  readonly certificate: {
    readonly domain: string
    readonly endsAt: number | null
    readonly problem: string | null
  } | null
}

const gibibyte = 1024 ** 3
const diskPoor = 5 * gibibyte
const diskBad = 2 * gibibyte
/** A machine that is nearly out of memory kills processes. */
const memoryPoorShare = 0.1
const memoryBadShare = 0.04
const lineBadMs = 10 * minuteMs
const linePoorMs = minuteMs
const historyPoor = 100_000
/** Reports are hours old by then, and the log cannot be let go. */
const historyBad = 1_000_000
const providerBadMs = 15 * minuteMs
const backupBadMs = 26 * hourMs
const certificatePoorMs = 21 * dayMs
const certificateBadMs = 14 * dayMs

/** What is to be said of each thing, by what was read. */
export function findingsOf(read: Readings): readonly Finding[] {
  return [
    diskOf(read),
    memoryOf(read),
    found('database', ['good', 'answers'], { bytes: read.database.bytes }),
    read.warehouse.ok
      ? found('warehouse', ['good', 'answers'], { bytes: read.warehouse.bytes })
      : found('warehouse', ['bad', 'silent'], { message: read.warehouse.message }),
    lineOf(read),
    historyOf(read),
    found('aside', [read.aside > 0 ? 'bad' : 'good', read.aside > 0 ? 'some' : 'none'], {
      people: read.aside,
    }),
    providersOf(read),
    moneyOf(read),
    connectorsOf(read),
    backupOf(read),
    certificateOf(read),
  ]
}

type Verdict = readonly [state: Finding['state'], why: string]

function found(check: CheckName, [state, why]: Verdict, facts: Finding['facts'] = {}): Finding {
  return { check, state, why, facts }
}

function diskOf({ disk }: Readings): Finding {
  if (!disk) return found('disk', ['poor', 'unread'])
  const state = disk.free < diskBad ? 'bad' : disk.free < diskPoor ? 'poor' : 'good'
  return found('disk', [state, 'free'], { free: disk.free, total: disk.total })
}

function memoryOf({ memory }: Readings): Finding {
  if (!memory) return found('memory', ['off', 'unread'])
  const share = memory.available / memory.total
  const state = share < memoryBadShare ? 'bad' : share < memoryPoorShare ? 'poor' : 'good'
  return found('memory', [state, 'available'], { ...memory })
}

function lineOf({ line, now }: Readings): Finding {
  const lateMs = line.oldestAt === null ? 0 : now - line.oldestAt
  const facts = { rows: line.rows, lateMs }
  if (line.rows > line.limit) return found('line', ['bad', 'full'], facts)
  if (lateMs > lineBadMs) return found('line', ['bad', 'behind'], facts)
  return found('line', [lateMs > linePoorMs ? 'poor' : 'good', 'behind'], facts)
}

function historyOf({ historyBehind: rows }: Readings): Finding {
  const state = rows > historyBad ? 'bad' : rows > historyPoor ? 'poor' : 'good'
  return found('history', [state, 'behind'], { rows })
}

function providersOf({ resting, now }: Readings): Finding {
  const [worst] = [...resting].sort((a, b) => a.since - b.since)
  if (!worst) return found('providers', ['good', 'works'])
  const lateMs = now - worst.since
  const messages = resting.reduce((sum, one) => sum + one.messages, 0)
  return found('providers', [lateMs > providerBadMs ? 'bad' : 'poor', worst.reason], {
    channel: worst.channel,
    messages,
    lateMs,
  })
}

function moneyOf({ money }: Readings): Finding {
  if (!money) return found('money', ['off', 'none'])
  const { balance, warnBelow } = money
  return found('money', [balance < warnBelow ? 'bad' : 'good', 'balance'], { balance, warnBelow })
}

function connectorsOf({ connectors }: Readings): Finding {
  const broken = connectors.filter(({ problem }) => problem !== null)
  const [first] = broken
  if (!first) {
    return connectors.length === 0
      ? found('connectors', ['off', 'none'])
      : found('connectors', ['good', 'works'], { count: connectors.length })
  }
  const why = { in: 'broken', told: 'untold', file: 'file' } as const
  return found('connectors', ['bad', why[first.way]], {
    count: broken.length,
    name: first.name,
    problem: first.problem ?? '',
  })
}

function backupOf({ backup, now }: Readings): Finding {
  const { isOn, doneAt, installedAt, problem, bytes } = backup
  if (!isOn) return found('backup', ['poor', 'off'])
  if (problem !== null) return found('backup', ['bad', 'failed'], { problem, doneAt: doneAt ?? 0 })
  const isOld = now - (doneAt ?? installedAt) > backupBadMs + silentMs
  if (isOld && !backup.isRunning) return found('backup', ['bad', 'old'], { doneAt: doneAt ?? 0 })
  if (doneAt === null) return found('backup', ['good', 'first'])
  return found('backup', ['good', 'done'], { doneAt, bytes })
}

function certificateOf({ certificate, now }: Readings): Finding {
  if (!certificate) return found('certificate', ['off', 'elsewhere'])
  const { domain, endsAt, problem } = certificate
  const facts = { domain, endsAt: endsAt ?? 0, problem: problem ?? '' }
  if (endsAt === null) return found('certificate', ['bad', 'missing'], facts)
  const left = endsAt - now
  const why = problem === null ? 'ends' : 'not_renewed'
  if (left < certificateBadMs) return found('certificate', ['bad', why], facts)
  const isPoor = left < certificatePoorMs || problem !== null
  return found('certificate', [isPoor ? 'poor' : 'good', why], facts)
}
