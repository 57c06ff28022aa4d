import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider's server on this machine: keeps what it was asked, and answers as the test says. */
export async function openKakaoServer<Asked>(
  read: (incoming: IncomingMessage, text: string) => Asked,
) {
  const fake = {
    asked: [] as Asked[],
    answer: (_: Asked, response: ServerResponse): void => void response.destroy(),
  }
  const patient = new Set<AbortController>()
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const one = read(incoming, Buffer.concat(chunks).toString())
      fake.asked.push(one)
      fake.answer(one, response)
      // What it leaves without an answer is given up at once, however slow the machine.
      if (response.writableEnded || response.destroyed) return
      for (const call of patient) call.abort(new DOMException('silence', 'TimeoutError'))
      patient.clear()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  /** Of whoever asks it. */
  const patience = (): AbortSignal => {
    const call = new AbortController()
    patient.add(call)
    return call.signal
  }
  return Object.assign(fake, { baseUrl, close, patience })
}

/** What every message in these tests carries. */
export const kakaoParcel = {
  channel: 'kakao',
  shop: 1,
  message: 7,
  key: '1.7.1',
  to: '+821012345678',
  at: Date.UTC(2026, 10, 23, 1),
} as const

/** Answers JSON. */
export function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
