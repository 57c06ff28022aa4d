import { X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../../lib/clock.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Challenges, newAccountKey, orderCertificate } from './order.provider.ts'
import { renewalDueAt, restUntilDue } from './renewal.ts'

/** What came of the last tries. */
const Tries = z.object({
  failures: z.number(),
  triedAt: z.number().nullable(),
  problem: z.string().nullable(),
})
const noTries = { failures: 0, triedAt: null, problem: null } as const

type Secured = { readonly key: string; readonly cert: string }

/** A certificate as it is kept: with its key in one file, so that no crash leaves the one without the other. */
const Kept = z.object({ sealedKey: z.string(), chain: z.string() })

/** What came of a look: nothing was due, there is a new certificate, or none was to be had. */
type Renewal = 'not-due' | 'renewed' | 'failed'

type CertificateNeeds = {
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal' | 'open'>
  readonly dataFolder: string
  readonly domain: string
  readonly directoryUrl: string
  readonly email: string
  readonly lookMs?: number
}

/**
 * The certificate of the installation's domain: ordered, kept below the data folder, renewed when two thirds of its life are over.
 * The keys of account and domain are sealed and readable by their owner only. What was tried is kept, so that every process
 * (and the health page) knows of it.
 */
export function certificates(needs: CertificateNeeds) {
  const { clock, vault, domain } = needs
  const folder = join(needs.dataFolder, 'certificates')
  const challenges: Challenges = new Map()
  const files = filesOf(folder)
  const path = { kept: `${domain}.certificate.json`, tries: `${domain}.json` }

  const tries = () => {
    const parsed = Tries.safeParse(files.readJson(path.tries))
    return parsed.success ? parsed.data : noTries
  }
  const current = ():
    | (Secured & { readonly beginsAt: number; readonly endsAt: number })
    | undefined => {
    const kept = Kept.safeParse(files.readJson(path.kept))
    if (!kept.success) return undefined
    const { sealedKey, chain } = kept.data
    const { validFromDate, validToDate } = new X509Certificate(chain)
    const ends = { beginsAt: validFromDate.getTime(), endsAt: validToDate.getTime() }
    return { key: vault.open(sealedKey), cert: chain, ...ends }
  }
  const accountKey = async (): Promise<string> => {
    const known = files.read('account.key.sealed')
    if (known !== undefined) return vault.open(known)
    const made = await newAccountKey()
    files.write('account.key.sealed', vault.seal(made))
    return made
  }

  const dueAt = () => {
    const known = current()
    const times = { beginsAt: known?.beginsAt ?? null, endsAt: known?.endsAt ?? null }
    return renewalDueAt({ ...times, ...tries() })
  }

  return {
    /** The answer to a question of the authority. */
    answerTo: (token: string): string | undefined => challenges.get(token),
    current,
    /** Until when it holds and why there is no newer one; reads the files only. */
    state: () => ({ domain, endsAt: current()?.endsAt ?? null, problem: tries().problem }),
    /** How long nothing is due, ms; `mostMs` at most. */
    restMs: (mostMs: number): number => restUntilDue(dueAt(), clock.now(), mostMs),
    /** Orders one where it is due. What goes wrong is kept and told by the health page. */
    turn: async (): Promise<Renewal> => {
      const { failures } = tries()
      const now = clock.now()
      if (now < dueAt()) return 'not-due'
      try {
        const made = await orderCertificate(
          { ...needs, accountKey: await accountKey() },
          challenges,
        )
        const kept = { sealedKey: vault.seal(made.key), chain: made.chain }
        files.write(path.kept, JSON.stringify(kept))
        files.write(path.tries, JSON.stringify(noTries))
        return 'renewed'
      } catch (error) {
        const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300)
        files.write(path.tries, JSON.stringify({ failures: failures + 1, triedAt: now, problem }))
        return 'failed'
      }
    },
  }
}
export type Certificates = ReturnType<typeof certificates>

/** Files that only their owner may read, each in place whole or not at all. */
function filesOf(folder: string) {
  const read = (name: string): string | undefined => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      return undefined
    }
  }
  return {
    read,
    readJson: (name: string): unknown => JSON.parse(read(name) ?? 'null'),
    write: (name: string, text: string): void => {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, name)
      writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
      renameSync(`${path}.new`, path)
    },
  }
}
