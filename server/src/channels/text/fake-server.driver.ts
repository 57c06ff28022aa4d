import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  readonly bytes: Buffer
}
export type FakeAnswer = { readonly status?: number; readonly body: unknown }

/**
 * How the next call goes wrong.
 * - refuse   it is not acted upon and answered with this
 * - silence  not acted upon and never answered
 * - lose     acted upon, then the connection is cut or stays silent
 * - mumble   acted upon, then answered with something unreadable
 * - flood    acted upon, then answered without end
 */
export type Misdeed =
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
    }
  | { readonly kind: 'silence' }
  | { readonly kind: 'lose'; readonly how: 'cut' | 'silence' }
  | { readonly kind: 'mumble'; readonly text: string }
  | { readonly kind: 'flood' }
  /** This one goes well; the next deed is for the one after. */
  | { readonly kind: 'none' }

/** A provider's server on this machine that behaves, or misbehaves for the calls it is told to. */
export async function openFakeServer(handle: (request: FakeRequest) => FakeAnswer) {
  const requests: FakeRequest[] = []
  const misdeeds: Misdeed[] = []
  const patient = new Set<AbortController>()
  const fallSilent = () => {
    for (const call of patient) call.abort(new DOMException('silence', 'TimeoutError'))
    patient.clear()
  }
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://fake')
      const request: FakeRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
        bytes: Buffer.concat(chunks),
      }
      requests.push(request)
      const misdeed = misdeeds.shift()
      if (misdeed) misbehave(misdeed, response, { act: () => handle(request), fallSilent })
      else write(response, handle(request))
    })
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** Of whoever asks it: it ends when the server has nothing to say, however slow the machine. */
    patience: (): AbortSignal => {
      const call = new AbortController()
      patient.add(call)
      return call.signal
    },
    misbehave: (misdeed: Misdeed) => {
      misdeeds.push(misdeed)
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
export type FakeServer = Awaited<ReturnType<typeof openFakeServer>>

function misbehave(
  misdeed: Misdeed,
  response: ServerResponse,
  { act, fallSilent }: { readonly act: () => FakeAnswer; readonly fallSilent: () => void },
): void {
  switch (misdeed.kind) {
    case 'none':
      write(response, act())
      return
    case 'refuse':
      write(response, { status: misdeed.status, body: misdeed.body ?? {} }, misdeed.headers)
      return
    case 'silence':
      fallSilent()
      return
    case 'lose':
      act()
      if (misdeed.how === 'cut') response.destroy()
      else fallSilent()
      return
    case 'mumble':
      act()
      response.writeHead(200, { 'content-type': 'application/json' }).end(misdeed.text)
      return
    case 'flood': {
      act()
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '.repeat(256 * 1024)), 1)
      response.once('close', () => clearInterval(timer))
    }
  }
}

function write(
  response: ServerResponse,
  { status, body }: FakeAnswer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response
    .writeHead(status ?? 200, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body))
}

/** A text the provider took, and what becomes of it. */
export type TakenText = {
  readonly id: string
  readonly to: string
  readonly from: string
  readonly text: string
  readonly subject: string | null
  readonly form: string
  readonly advertising: boolean | null
  readonly key: string | null
  readonly at: number
  /** The JPEG it shows, in base64. */
  readonly picture: string | null
  end: TextEnd
}
export type TextEnd =
  | 'waiting'
  | 'delivered'
  | 'no_address'
  | 'spam_filtered'
  | 'unreachable'
  /** Money was short after all. */
  | 'no_balance'

/** A provider's server as the contract suite drives it. */
export type TextFake = FakeServer & {
  /** Everything it took, in order. */
  readonly taken: TakenText[]
  /** What the account has. */
  readonly account: {
    readonly senders: { number: string; active: boolean }[]
    money: number
    /** Domestic numbers that refused by 080. */
    readonly refused: { number: string; at: number }[]
  }
  /** UTC ms; moved by the suite. */
  readonly clock: { now: number }
}

/** An account with one sender, money, and somebody who refused. */
export function fakeAccount(): TextFake['account'] {
  return {
    senders: [
      { number: '0212345678', active: true },
      { number: '0298765432', active: false },
    ],
    money: 100_000,
    refused: [{ number: '01000000080', at: Date.UTC(2026, 0, 5, 3) }],
  }
}

/** `2026-11-22 09:00:00.0` in Seoul. */
export function seoulStamp(at: number): string {
  return `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}.0`
}
