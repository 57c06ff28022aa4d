import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The user that PostgreSQL runs as when we are root, because PostgreSQL refuses root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

/** Undefined when we are no root: then everything runs as ourselves. */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account = find('danggol') ?? created() ?? find('postgres') ?? find('nobody')
  if (!account) {
    throw new Error(
      'PostgreSQL does not run as root, and this machine has no user for it. Create one (useradd --system danggol) or start Danggol as an ordinary user.',
    )
  }
  return account
}

function created(): Account | undefined {
  try {
    execFileSync(
      'useradd',
      ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'danggol'],
      { stdio: 'ignore' },
    )
  } catch {
    return find('danggol')
  }
  return find('danggol')
}

function find(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined || Number(uid) === 0) return undefined
  return { name, uid: Number(uid), gid: Number(gid) }
}

/** Whether the account can enter a folder: every folder above it must let others through. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
      uid: account.uid,
      gid: account.gid,
      cwd: '/',
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
