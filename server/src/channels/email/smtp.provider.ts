import { Readable, type Transform } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type Handover, type Mail, type Provider, stopped } from '../carrier.ts'
import { asciiDomain, mimeOf } from './mime.driver.ts'
import { type MailReach, reachable } from './reach.driver.ts'
import type { SmtpSettings } from './settings.ts'
import { handoverOf } from './smtp-answer.ts'

type Reached = SmtpSettings & { readonly reach?: MailReach }

/** Longest wait for a free connection; after it the mail goes back to the queue untouched. */
const waitMs = 60_000
const connectMs = 15_000
/** Longest silence of the server within a conversation. */
const silenceMs = 60_000
/** Longest a whole conversation may take, whatever trickles in. With `waitMs` it stays below the sender's lease. */
export const conversationMs = 120_000
/** A second connection is tried only so soon after the first began: two whole conversations would outlive the lease. */
const secondTryMs = 30_000
/** A connection nobody used for so long is closed by us before the server does. */
const idleMs = 30_000

type Line = {
  readonly connection: SMTPConnection
  /** It has carried a mail before, so the server may have closed it unseen. */
  used: boolean
  idleTimer?: NodeJS.Timeout
}

/**
 * SMTP over connections that are kept open. Nodemailer's own pool sends a mail again when the connection closes under it;
 * here that must never happen, so the pool is ours: it knows whether the text had begun to leave.
 */
export function smtpProvider(settings: Reached, password: string): Provider<Mail> {
  const pool = linePool(settings, password)

  async function send(mail: Mail): Promise<Handover> {
    const raw = mimeOf(mail)
    const begun = performance.now()
    for (let round = 0; ; round++) {
      let line: Line
      try {
        line = await pool.take()
      } catch (error) {
        return handoverOf(failureOf(error, false))
      }
      if (mail.mayLeave && !(await mail.mayLeave())) {
        pool.giveBack(line)
        return stopped
      }
      const wasUsed = line.used
      const result = await converse(line.connection, mail, raw)
      if (result.kind === 'accepted') {
        pool.giveBack(line)
        return result.handover
      }
      pool.drop(line)
      // A kept connection that turns out dead before the text began says nothing about the mail.
      const isSoon = performance.now() - begun < secondTryMs
      if (round === 0 && wasUsed && !result.textBegun && result.silent && isSoon) continue
      return result.handover
    }
  }

  return {
    name: 'smtp',
    send,
    forgets: true,
    lookUp: async () => ({ kind: 'unknown' }),
    reportsDelivery: false,
    close: pool.close,
  }
}

/** Connects and signs in, then hangs up: whether the settings work, in the server's own words. */
export async function checkSmtp(
  settings: Reached,
  password: string,
): Promise<{ readonly works: true } | { readonly works: false; readonly detail: string }> {
  try {
    const connection = await connect(settings, password)
    connection.quit()
    return { works: true }
  } catch (error) {
    return { works: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

type Conversation =
  | { readonly kind: 'accepted'; readonly handover: Handover }
  | {
      readonly kind: 'failed'
      readonly handover: Handover
      readonly textBegun: boolean
      readonly silent: boolean
    }

function converse(connection: SMTPConnection, mail: Mail, raw: Buffer): Promise<Conversation> {
  return new Promise((resolve) => {
    let textBegun = false
    // The client takes the text only once the server has said 354; from there on nobody may send it again. It is put behind the
    // client's search for lines that begin with a dot, byte by byte: no line of ours does (mime.driver.ts).
    const text = new Readable({ read() {} })
    text.pipe = (stream) => {
      textBegun = true
      const behind = stream as unknown as Transform
      behind.push(raw)
      behind.end()
      return stream
    }
    const fail = (error: unknown) => {
      clearTimeout(limit)
      const failure = failureOf(error, textBegun)
      const silent = failure.code === undefined
      resolve({ kind: 'failed', handover: handoverOf(failure), textBegun, silent })
    }
    const limit = setTimeout(() => {
      fail(new Error('the conversation with the mail server took too long'))
      connection.close()
    }, conversationMs)
    connection.send(
      { from: asciiDomain(mail.from.address), to: [asciiDomain(mail.to)] },
      text,
      (error) => {
        if (error) return fail(error)
        clearTimeout(limit)
        // What comes back of it names it by its Message-ID; the next server's own number is in no report.
        const providerId = mail.messageId
        resolve({ kind: 'accepted', handover: { kind: 'accepted', providerId } })
      },
    )
  })
}

function failureOf(error: unknown, textBegun: boolean) {
  const { command, responseCode, message } = error as {
    readonly command?: string
    readonly responseCode?: number
    readonly message?: string
  }
  return { textBegun, command, code: responseCode, message: message ?? String(error) }
}

async function connect(settings: Reached, password: string): Promise<SMTPConnection> {
  const connection = new SMTPConnection({
    ...(await reachable(settings.host, settings.reach)),
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
  })
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      connection.close()
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    // Later errors are told to whoever is in conversation; this listener only keeps them from being thrown.
    connection.on('error', fail)
    connection.connect((error) => {
      if (error) return fail(error)
      // The end of a mail is a small packet of its own: Nagle's algorithm would hold it until the server's delayed
      // acknowledgement, 40 ms a mail.
      if (connection._socket) connection._socket.setNoDelay(true)
      if (settings.user === '') return resolve(connection)
      connection.login({ user: settings.user, pass: password }, (refused) =>
        refused ? fail(refused) : resolve(connection),
      )
    })
  })
}

/** Connections, at most as many as the settings say; takers wait in line. */
function linePool(settings: Reached, password: string) {
  const idle: Line[] = []
  const waiting: (() => void)[] = []
  const open = new Set<Line>()
  let places = 0
  let closed = false

  // A place passes straight to whoever waits first, so there is never one too many.
  function freePlace(): void {
    const next = waiting.shift()
    if (next) next()
    else places--
  }

  async function place(): Promise<void> {
    if (places < settings.connections) {
      places++
      return
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(new Error('no connection to the mail server became free in time'))
      }, waitMs)
      waiting.push(go)
    })
  }

  function forget(line: Line): void {
    clearTimeout(line.idleTimer)
    open.delete(line)
    const at = idle.indexOf(line)
    if (at !== -1) idle.splice(at, 1)
  }

  async function opened(): Promise<Line> {
    const line: Line = { connection: await connect(settings, password), used: false }
    open.add(line)
    line.connection.on('end', () => forget(line))
    return line
  }

  return {
    take: async (): Promise<Line> => {
      await place()
      try {
        if (closed) throw new Error('the connection pool is closed')
        const kept = idle.pop()
        if (!kept) return await opened()
        clearTimeout(kept.idleTimer)
        return kept
      } catch (error) {
        freePlace()
        throw error
      }
    },
    giveBack: (line: Line): void => {
      line.used = true
      if (closed || !open.has(line)) line.connection.quit()
      else {
        idle.push(line)
        line.idleTimer = setTimeout(() => {
          forget(line)
          line.connection.quit()
        }, idleMs)
        line.idleTimer.unref()
      }
      freePlace()
    },
    drop: (line: Line): void => {
      forget(line)
      line.connection.close()
      freePlace()
    },
    close: async (): Promise<void> => {
      closed = true
      for (const line of idle.splice(0)) {
        clearTimeout(line.idleTimer)
        line.connection.quit()
      }
      for (const go of waiting.splice(0)) go()
    },
  }
}
