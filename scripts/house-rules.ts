import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { parseSync } from 'oxc-parser'
import { ladder } from '../server/src/rooms.ts'

/** Second names say that a file does I/O (or is a test); a plain file is pure. The list is closed. */
const secondNames = [
  'store',
  'service',
  'routes',
  'jobs',
  'provider',
  'driver',
  'contract',
  'test',
  'setup',
]
const testKinds = ['rules', 'browser', 'simulation', 'kill']
/** Files of these rooms do I/O by nature. */
const worldRooms = ['http', 'cli', 'wiring', 'main', 'config', 'testing']
/** Packages a plain file may import: pure functions only. */
const purePackages = ['zod', 'liquidjs', 'libphonenumber-js', 'es-hangul', 'isbot', '@noble/hashes']
const nameless = ['index', 'utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc']
const limits = { lines: 300, testLines: 500 }
/** Shipped under a number that was taken: by their full names every database has them in one order. */
const doubled = [
  'database/migrations/0060_morning_messages.sql',
  'database/migrations/0070_running.sql',
  'warehouse/migrations/0005_survivor_of.sql',
]

/** The ladder as ARCHITECTURE.md shows it, between its marks. */
export function ladderDiagram(): string {
  const levels = ladder.map((rooms, level) => `${String(level).padStart(2)}  ${rooms.join('  ')}`)
  return ['```', ...levels.reverse(), '```'].join('\n')
}

type Checked = { readonly filesRead: number; readonly problems: readonly string[] }

/** Holds every file of the server against the ladder and the house rules; a problem is one sentence with its place. */
export function checkHouse(server: string): Checked {
  const all = readdirSync(server, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.split(sep).join('/'),
  )
  const files = all.filter((name) => name.endsWith('.ts'))
  const migrations = all.filter((name) => name.endsWith('.sql')).sort()
  return {
    filesRead: files.length + migrations.length,
    problems: [...files.flatMap((file) => problemsOf(server, file)), ...numberedTwice(migrations)],
  }
}

/** Two migrations of one number were written beside each other: which one comes first was decided by nobody. */
function numberedTwice(migrations: readonly string[]): readonly string[] {
  const numbers = new Map<string, string>()
  return migrations.flatMap((file) => {
    if (doubled.includes(file)) return []
    const number = file.replace(/_[^/]*$/, '')
    const first = numbers.get(number)
    numbers.set(number, first ?? file)
    return first === undefined ? [] : [`server/src/${file}: ${first} has that number already`]
  })
}

function problemsOf(server: string, file: string): string[] {
  const text = readFileSync(join(server, file), 'utf8')
  const name = nameOf(file)
  const problems: string[] = []
  const say = (problem: string) => problems.push(`server/src/${file}: ${problem}`)
  if (nameless.includes(name.base))
    say(`"${name.base}" says nothing; name the file after what it does`)
  for (const second of name.seconds) {
    if (!secondNames.includes(second) && !testKinds.includes(second))
      say(`second name ".${second}" is not on the list`)
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  const most = name.isTest || name.room === 'testing' ? limits.testLines : limits.lines
  if (lines > most) say(`${lines} lines; at most ${most}`)
  if (!name.isTest) {
    for (const problem of clockAndChance(text, name.room)) say(problem)
    for (const target of importsOf(file, text)) {
      const problem = importProblem(name, target)
      if (problem) say(problem)
    }
  }
  return problems
}

type Name = {
  readonly room: string
  readonly base: string
  readonly seconds: readonly string[]
  readonly isTest: boolean
  readonly isPlain: boolean
  readonly file: string
}

function nameOf(file: string): Name {
  const parts = file.split('/')
  const [base = '', ...seconds] = (parts.at(-1) ?? '').replace(/\.ts$/, '').split('.')
  const room = parts.length > 1 ? (parts[0] ?? '') : base
  // A contract is the part of a test that several files share.
  const isTest = seconds.includes('test') || seconds.includes('contract')
  return {
    room,
    base,
    seconds,
    isTest,
    isPlain: seconds.length === 0 && !worldRooms.includes(room),
    file,
  }
}

type Import = { readonly from: string; readonly typeOnly: boolean }

function importsOf(file: string, text: string): readonly Import[] {
  const parsed = parseSync(file, text)
  if (parsed.errors.length > 0)
    return [{ from: `unreadable: ${parsed.errors[0]?.message}`, typeOnly: false }]
  const fromImports = parsed.module.staticImports.map((one) => ({
    from: one.moduleRequest.value,
    typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
  }))
  const fromExports = parsed.module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) =>
      entry.moduleRequest ? [{ from: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
  )
  return [...fromImports, ...fromExports]
}

function importProblem(name: Name, target: Import): string | undefined {
  if (!target.from.startsWith('.')) {
    if (!name.isPlain || target.typeOnly) return undefined
    const bare = target.from.startsWith('@')
      ? target.from.split('/').slice(0, 2).join('/')
      : target.from.split('/')[0]
    return purePackages.includes(bare ?? '')
      ? undefined
      : `a plain file may not import ${target.from}`
  }
  const to = nameOf(
    relative('.', join(dirname(name.file), target.from))
      .split(sep)
      .join('/'),
  )
  if (name.isPlain && !to.isPlain && !target.typeOnly)
    return `a plain file may not import ${to.file}, which does I/O`
  if (to.room === name.room || target.from.endsWith('package.json')) return undefined
  const [own, others] = [levelOf(name.room), levelOf(to.room)]
  if (name.room === 'testing') return undefined
  if (to.room === 'config' || to.room === 'rooms') return undefined
  if (own === undefined) return `room "${name.room}" is not on the ladder`
  if (others === undefined) return `room "${to.room}" is not on the ladder`
  if (others >= own)
    return `${name.room} (level ${own}) may not import ${to.file} (level ${others})`
  const inner = to.seconds.includes('store') || to.seconds.includes('jobs')
  if (inner && !worldRooms.includes(name.room) && !target.typeOnly)
    return `${to.file} is private to its room`
  return undefined
}

function levelOf(room: string): number | undefined {
  const level = ladder.findIndex((rooms) => (rooms as readonly string[]).includes(room))
  return level === -1 ? undefined : level
}

function clockAndChance(text: string, room: string): readonly string[] {
  if (room === 'lib') return []
  const banned: readonly (readonly [RegExp, string])[] = [
    [/\bDate\.now\(\)/, 'Date.now(): take a Clock'],
    [/\bnew Date\(\)/, 'new Date(): take a Clock'],
    [/\bMath\.random\(\)/, 'Math.random(): take a Random'],
  ]
  return text.split('\n').flatMap((line, index) => {
    const code = line.replace(/\/\/.*$|^\s*\*.*$/, '')
    return banned.flatMap(([pattern, instead]) =>
      pattern.test(code) ? [`line ${index + 1}: ${instead}`] : [],
    )
  })
}
