import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'
import {
  type Carrier,
  dkimLight,
  dmarcLight,
  type Found,
  type FoundKeys,
  type Light,
  spfLight,
} from './domain-check.ts'

const tryMs = 2_000
const tries = 2
/** Names of signing keys that are looked at when the shop names none. */
const usualSelectors = [
  'default',
  'google',
  'selector1',
  'selector2',
  's1',
  's2',
  'k1',
  'mail',
  'dkim',
  'resend',
] as const
const textsLimit = 50

/** Looks up what mailboxes look at. `server` (address and port) stands for the machine's own DNS in tests. */
export async function checkDomain(
  about: { readonly domain: string; readonly carrier: Carrier; readonly selector: string },
  server?: string,
): Promise<readonly Light[]> {
  const resolver = new Resolver({ timeout: tryMs, tries })
  if (server) resolver.setServers([server])
  const domain = domainToASCII(about.domain)
  const [spf, keys, dmarc] = await Promise.all([
    texts(resolver, domain),
    signingKeys(resolver, domain, about.selector),
    dmarcTexts(resolver, domain),
  ])
  const { carrier } = about
  return [spfLight(spf, carrier), dkimLight(keys, carrier), dmarcLight(dmarc, domain)]
}

async function signingKeys(resolver: Resolver, domain: string, named: string): Promise<FoundKeys> {
  const selectors = named === '' ? usualSelectors : [named]
  return await Promise.all(
    selectors.map(async (selector) => {
      const name = `${selector}._domainkey.${domain}`
      const found = await texts(resolver, name)
      // A service's alias counts even while its own record is on the way.
      const alias = found?.length === 0 ? await aliasOf(resolver, name) : null
      return { selector, texts: found, alias }
    }),
  )
}

/** The domain's own policy, or else that of the nearest domain above it. */
async function dmarcTexts(resolver: Resolver, domain: string): Promise<Found> {
  const labels = domain.split('.')
  for (let up = 0; up <= Math.max(labels.length - 2, 0) && up < 5; up++) {
    const found = await texts(resolver, `_dmarc.${labels.slice(up).join('.')}`)
    if (found === undefined || found.length > 0) return found
  }
  return []
}

async function texts(resolver: Resolver, name: string): Promise<Found> {
  try {
    const records = await resolver.resolveTxt(name)
    return records.slice(0, textsLimit).map((pieces) => pieces.join('').slice(0, 4_000))
  } catch (error) {
    return isNothing(error) ? [] : undefined
  }
}

async function aliasOf(resolver: Resolver, name: string): Promise<string | null> {
  try {
    return (await resolver.resolveCname(name))[0] ?? null
  } catch {
    return null
  }
}

function isNothing(error: unknown): boolean {
  const { code } = error as { readonly code?: string }
  return code === 'ENODATA' || code === 'ENOTFOUND'
}
