import acme from 'acme-client'
import { secondMs } from '../../lib/duration.ts'

/** Whom to ask and for what. `accountKey` is PEM; the same account is found again by it. */
type Order = {
  readonly directoryUrl: string
  readonly accountKey: string
  readonly domain: string
  readonly email: string
  /** Least time between two looks at an order, ms. */
  readonly lookMs?: number
}

/** An authority that takes longer is away. */
const reachMs = 20 * secondMs

/** Where the authority finds its answers: by token, below `/.well-known/acme-challenge/`. */
export type Challenges = Map<string, string>

// An authority that is away would be waited for inside, for minutes or as long as it says; `isRenewalDue` knows when to ask again.
Object.assign(acme.axios.defaults, { acmeSettings: { retryMaxAttempts: 0 } })

/** A new private key for an account, PEM. */
export async function newAccountKey(): Promise<string> {
  return (await acme.crypto.createPrivateEcdsaKey()).toString()
}

/** Orders a certificate and proves the domain by HTTP-01 (RFC 8555); throws with the authority's reason. */
export async function orderCertificate(
  order: Order,
  challenges: Challenges,
): Promise<{ readonly key: string; readonly chain: string }> {
  const { directoryUrl, accountKey, domain, email, lookMs = 5_000 } = order
  const client = new acme.Client({
    directoryUrl,
    accountKey,
    backoffAttempts: 12,
    backoffMin: lookMs,
    backoffMax: Math.max(lookMs, 30_000),
  })
  await answers(directoryUrl)
  const [key, csr] = await acme.crypto.createCsr(
    { commonName: domain, altNames: [domain] },
    await acme.crypto.createPrivateEcdsaKey(),
  )
  const chain = await client.auto({
    csr,
    ...(email === '' ? {} : { email }),
    termsOfServiceAgreed: true,
    challengePriority: ['http-01'],
    // Our own name need not lead to us from inside a network.
    skipChallengeVerification: true,
    challengeCreateFn: async (_, challenge, answer) => void challenges.set(challenge.token, answer),
    challengeRemoveFn: async (_, challenge) => void challenges.delete(challenge.token),
  })
  return { key: key.toString(), chain: chain.toString() }
}

/** The library's own word for an authority that nobody reaches is a fault of its own; throws whom and why. */
async function answers(directoryUrl: string): Promise<void> {
  try {
    await fetch(directoryUrl, { signal: AbortSignal.timeout(reachMs) })
  } catch (error) {
    const { code, message } = causeOf(error)
    throw new Error(`${new URL(directoryUrl).host} does not answer (${code ?? message})`)
  }
}

const causeOf = (error: unknown): NodeJS.ErrnoException =>
  error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error)
