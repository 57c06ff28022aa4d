import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Refusal } from '../../lib/refusal.ts'
import { isPublicAddress } from '../webhook/guarded-post.driver.ts'

/**
 * Which mail servers may be talked to: those of the public internet, and those on private addresses that whoever runs the
 * installation named. `anywhere` is for tests.
 */
export type MailReach = 'anywhere' | { readonly privateHosts: ReadonlySet<string> }

const publicOnly: MailReach = { privateHosts: new Set() }

/**
 * Where to connect for a mail server's name: the address that was looked at, with the name for its certificate, so that a name
 * that is looked up anew leads nowhere else.
 */
export async function reachable(
  host: string,
  reach: MailReach = publicOnly,
): Promise<{ readonly host: string; readonly servername?: string }> {
  if (isNamed(host, reach)) return { host }
  const addresses = await addressesOf(host)
  const [first] = addresses
  if (first === undefined) throw new Error(`The name ${host} cannot be found.`)
  if (!addresses.every(isPublicAddress)) throw new Error(privateHost(host))
  return isIP(host) === 0 ? { host: first, servername: host } : { host: first }
}

/** Refuses a mail server on a private address that nobody named. One whose name is not found yet may be kept. */
export async function refusePrivate(host: string, reach: MailReach = publicOnly): Promise<void> {
  if (isNamed(host, reach)) return
  if (!(await addressesOf(host)).every(isPublicAddress))
    throw new Refusal('invalid', privateHost(host), 'host')
}

function isNamed(host: string, reach: MailReach): boolean {
  return reach === 'anywhere' || reach.privateHosts.has(host.toLowerCase())
}

async function addressesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const found = await lookup(host, { all: true }).catch(() => [])
  return found.map(({ address }) => address)
}

const privateHost = (host: string) =>
  `${host}는 사설망 주소예요. 서버를 설치한 분이 MAIL_HOSTS에 적어 두어야 쓸 수 있어요. (Whoever runs this installation must name it in MAIL_HOSTS.)`
