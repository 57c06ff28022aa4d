import type { SESv2Client } from '@aws-sdk/client-sesv2'
import { neverReached } from '../ask.driver.ts'
import { type Handover, type Mail, type Provider, stopped } from '../carrier.ts'
import type { SesSettings } from './mail-settings.ts'
import { asciiDomain, mimeOf } from './mime.driver.ts'
import { sesHandover } from './ses-answer.ts'

/** Calls under way at once; more than SES lets an ordinary account begin in a second. */
const callsAtOnce = 32
const connectMs = 10_000
/** Longest a whole call may take. */
const callMs = 30_000
/** Longest wait for a free call; after it the mail goes back to the queue untouched. With a call it stays below the sender's lease. */
const waitMs = 60_000

/** Where SES is, other than in AWS: only tests say so. */
type World = { readonly endpoint?: string; readonly callMs?: number; readonly waitMs?: number }

/**
 * Amazon SES by its own client (API v2, SendEmail with the raw mail). The client would send again by itself when an answer
 * is missing; here it may not, for SES has no way to tell a repeated mail from a new one.
 */
export function sesProvider(
  settings: SesSettings,
  secretKey: string,
  world: World = {},
): Provider<Mail> {
  const started = client(settings, secretKey, world)
  const slot = slots(callsAtOnce)

  async function send(mail: Mail): Promise<Handover> {
    const { ses, commands } = await started
    const command = new commands.SendEmailCommand({
      FromEmailAddress: asciiDomain(mail.from.address),
      Destination: { ToAddresses: [asciiDomain(mail.to)] },
      Content: { Raw: { Data: mimeOf(mail) } },
      ...(settings.configurationSet === ''
        ? {}
        : { ConfigurationSetName: settings.configurationSet }),
    })
    if (!(await slot.take(world.waitMs ?? waitMs)))
      return {
        kind: 'temporary',
        detail: 'SES was busy with the mails before it; nothing was sent.',
      }
    try {
      if (mail.mayLeave && !(await mail.mayLeave())) return stopped
      const abortSignal = AbortSignal.timeout(world.callMs ?? callMs)
      const { MessageId } = await ses.send(command, { abortSignal })
      return MessageId === undefined || MessageId === ''
        ? { kind: 'ambiguous', detail: 'SES answered without a message id.' }
        : { kind: 'accepted', providerId: MessageId }
    } catch (error) {
      return sesHandover({ ...failureOf(error), at: mail.at })
    } finally {
      slot.give()
    }
  }

  return {
    name: 'ses',
    send,
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    reportsDelivery: settings.topic !== '',
    close: async () => (await started).ses.destroy(),
  }
}

/** What the account says of itself: whether the key works, and how much it may send. */
export async function checkSes(
  settings: SesSettings,
  secretKey: string,
  world: World = {},
): Promise<{ readonly works: boolean; readonly detail: string }> {
  const { ses, commands } = await client(settings, secretKey, world)
  try {
    const abortSignal = AbortSignal.timeout(world.callMs ?? callMs)
    const account = await ses.send(new commands.GetAccountCommand({}), { abortSignal })
    const { Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 } = account.SendQuota ?? {}
    const sandbox = account.ProductionAccessEnabled
      ? ''
      : ' The account is still in the sandbox: only verified addresses get mail.'
    return {
      works: account.SendingEnabled === true,
      detail: `${SentLast24Hours} of ${Max24HourSend} mails sent in 24 hours, ${MaxSendRate} a second.${sandbox}`,
    }
  } catch (error) {
    const { name, message } = failureOf(error)
    // A key that may only send is a good key.
    const maySend = name === 'AccessDeniedException'
    return { works: maySend, detail: `${name}: ${message}`.slice(0, 500) }
  } finally {
    ses.destroy()
  }
}

// Loaded only when a shop sends through SES: nobody else pays its 20 MB.
async function client(
  settings: SesSettings,
  secretKey: string,
  world: World,
): Promise<{
  readonly ses: SESv2Client
  readonly commands: typeof import('@aws-sdk/client-sesv2')
}> {
  const commands = await import('@aws-sdk/client-sesv2')
  const ses = new commands.SESv2Client({
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: secretKey },
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectMs,
      httpsAgent: { maxSockets: callsAtOnce, keepAlive: true },
    },
    ...(world.endpoint === undefined ? {} : { endpoint: world.endpoint }),
  })
  return { ses, commands }
}

function failureOf(error: unknown) {
  const { name, message, $metadata } = error as {
    readonly name?: string
    readonly message?: string
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const unsent =
    neverReached(error) || (message ?? '').includes('without establishing a connection')
  return {
    name: name ?? 'Error',
    message: message ?? String(error),
    status: $metadata?.httpStatusCode,
    unsent,
  }
}

/** Places for calls; a call waits here, where it has certainly not left yet. */
function slots(places: number) {
  const waiting: (() => void)[] = []
  let free = places
  return {
    /** Whether there was a place within `limitMs`. */
    take: async (limitMs: number): Promise<boolean> => {
      if (free > 0) {
        free--
        return true
      }
      return await new Promise<boolean>((told) => {
        const go = () => {
          clearTimeout(timer)
          told(true)
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(go), 1)
          told(false)
        }, limitMs)
        waiting.push(go)
      })
    },
    give: (): void => {
      const next = waiting.shift()
      if (next) next()
      else free++
    },
  }
}
