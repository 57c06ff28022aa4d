import { createHash } from 'node:crypto'
import { z } from 'zod'
import { secondMs } from '../../lib/duration.ts'
import { type AskResult, ask } from '../ask.driver.ts'
import { bodyAs } from '../call-answer.ts'
import { type Handover, type Mail, type Provider, stopped } from '../carrier.ts'
import { gather } from '../gather.driver.ts'
import type { ResendSettings } from './mail-settings.ts'
import { asciiDomain } from './mime.driver.ts'
import { askAgainAfter, batchHandovers } from './resend-answer.ts'

/** What Resend takes in one call. */
const mailsInCall = 100
const gatherMs = 40
/** The same call is made so often at most before nobody knows. */
const callsLimit = 4
/**
 * Longest wait for the calls before it; after it a mail goes back to the queue untouched. With a call's four tries (135 s at
 * most) it stays below the sender's lease, after which a person may send the mail again.
 */
const waitMs = 60_000

/** Where Resend is, other than on its own address, and how a pause is made and time measured: only tests say so. */
type World = {
  readonly base?: string
  /** Milliseconds of a clock that never goes back. */
  readonly ticks?: () => number
  readonly wait?: (ms: number) => Promise<void>
  readonly patience?: () => AbortSignal
}

const realBase = 'https://api.resend.com'

/**
 * Resend by its HTTP API. Mails travel in batches, for an ordinary account may call it a few times a second only. A batch
 * has an idempotency key, so a call whose answer was lost is made again: Resend answers what it answered before and sends
 * nothing twice (https://resend.com/docs/dashboard/emails/idempotency-keys).
 */
export function resendProvider(
  settings: ResendSettings,
  key: string,
  world: World = {},
): Provider<Mail> {
  const wait = world.wait ?? ((ms) => new Promise<void>((done) => setTimeout(done, ms)))
  const ticks = world.ticks ?? (() => performance.now())
  let before = Promise.resolve()

  async function call(mails: readonly Mail[]): Promise<readonly Handover[]> {
    const request = {
      url: `${world.base ?? realBase}/emails/batch`,
      method: 'POST' as const,
      headers: {
        ...authorised(key),
        'content-type': 'application/json',
        'idempotency-key': batchKey(mails),
        'x-batch-validation': 'permissive',
      },
      body: JSON.stringify(mails.map(wireForm)),
    }
    // Once an answer was lost or the server broke, only its own later word can say that nothing was taken.
    let mayBeTaken = false
    for (let made = 1; ; made++) {
      const result = await ask(request, world.patience)
      if (result.kind === 'unsent' && !mayBeTaken) return each(mails, 'temporary', result.why)
      const pauseMs = result.kind === 'answered' ? askAgainAfter(answerOf(result)) : secondMs
      if (pauseMs === undefined || made === callsLimit) {
        if (result.kind !== 'answered') return each(mails, 'ambiguous', result.why)
        if (mayBeTaken && result.status >= 300) return each(mails, 'ambiguous', result.body)
        return batchHandovers(answerOf(result), { count: mails.length, now: mails[0]?.at ?? 0 })
      }
      mayBeTaken ||= result.kind === 'lost' || (result.kind === 'answered' && result.status !== 429)
      await wait(pauseMs)
    }
  }

  /** Sends those of a batch that have not waited too long for their turn. */
  async function turn(seats: readonly Seat[]): Promise<readonly Handover[]> {
    const now = ticks()
    const isLate = (seat: Seat) => now - seat.since > waitMs
    // One call is one moment: whoever stops all sending stops the whole of it.
    const mayLeave = (await seats[0]?.mail.mayLeave?.()) ?? true
    if (!mayLeave) return seats.map(() => stopped)
    const going = seats.filter((seat) => !isLate(seat))
    const answers = (going.length === 0 ? [] : await call(going.map(({ mail }) => mail))).values()
    return seats.map((seat) => (isLate(seat) ? tooLate : (answers.next().value ?? unanswered)))
  }

  const gathered = gather<Seat, Handover>({
    most: mailsInCall,
    waitMs: gatherMs,
    // One call at a time: more of them would only be told to wait.
    call: (seats) => {
      const answers = before.then(() => turn(seats))
      before = answers.then(
        () => undefined,
        () => undefined,
      )
      return answers
    },
    broken: (error) => ({
      kind: 'ambiguous',
      detail: error instanceof Error ? error.message : String(error),
    }),
  })

  return {
    name: 'resend',
    send: (mail) => gathered.add({ mail, since: ticks() }),
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    reportsDelivery: settings.sealedWebhookSecret !== '',
    close: gathered.close,
  }
}

const Refused = z.object({ message: z.string() })

/** Whether the key is one of Resend's; one that may only send cannot list domains and is good all the same. */
export async function checkResend(
  key: string,
  world: World = {},
): Promise<{ readonly works: boolean; readonly detail: string }> {
  const result = await ask(
    { url: `${world.base ?? realBase}/domains`, method: 'GET', headers: authorised(key) },
    world.patience,
  )
  if (result.kind !== 'answered') return { works: false, detail: result.why }
  const works = result.status === 200 || result.body.includes('restricted_api_key')
  const words = bodyAs(Refused, result.body)?.message ?? result.body
  return { works, detail: works ? '' : `${result.status} ${words}`.slice(0, 300) }
}

/** A mail and when it began to wait. */
type Seat = { readonly mail: Mail; readonly since: number }

const tooLate: Handover = {
  kind: 'temporary',
  detail: 'Resend was busy with the mails before it; nothing was sent.',
}
const unanswered: Handover = { kind: 'ambiguous', detail: 'not in the answer' }

function each(
  mails: readonly Mail[],
  kind: 'temporary' | 'ambiguous',
  why: string,
): readonly Handover[] {
  return mails.map(() => ({ kind, detail: why.slice(0, 500) }))
}

function answerOf(result: Extract<AskResult, { readonly kind: 'answered' }>) {
  return { ...result, retryAfter: result.headers.get('retry-after') }
}

function authorised(key: string) {
  return { authorization: `Bearer ${key}`, 'user-agent': 'danggol' }
}

function wireForm(mail: Mail) {
  return {
    from: sender(mail.from),
    to: [asciiDomain(mail.to)],
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { ...mail.headers, 'Message-ID': `<${mail.messageId}>` },
  }
}

// Resend reads `Name <address>` without quotes.
function sender({ name, address }: Mail['from']): string {
  const plain = name.replace(/[\p{Cc}"<>\\,;]+/gu, ' ').trim()
  return plain === '' ? asciiDomain(address) : `${plain} <${asciiDomain(address)}>`
}

function batchKey(mails: readonly Mail[]): string {
  const keys = mails.map((mail) => `${mail.shop}:${mail.key}`).join('\n')
  return createHash('sha256').update(keys).digest('hex')
}
