import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** What a sink does with one mail. `hang-up` closes the connection after the whole text was received. */
export type SinkAnswer =
  | 'take'
  | 'hang-up'
  | { readonly code: number; readonly text: string; readonly at: 'rcpt' | 'data' }
  | { readonly afterMs: number }

export type Received = { readonly to: string; readonly raw: string }

/** A real SMTP server that keeps what it is given and misbehaves as told. */
export async function startSmtpSink(
  answer: (mail: { readonly to: string; readonly count: number }) => SinkAnswer = () => 'take',
) {
  const received: Received[] = []
  let connections = 0
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_, done) => {
      connections++
      done()
    },
    onAuth: (auth, _, done) =>
      auth.password === 'right' ? done(null, { user: 'shop' }) : done(new Error('wrong password')),
    onRcptTo: ({ address }, _, done) => {
      const said = answer({ to: address, count })
      done(isRefusal(said, 'rcpt') ? refusal(said) : null)
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        const said = answer({ to, count: count++ })
        if (isRefusal(said, 'data')) return done(refusal(said))
        received.push({ to, raw: Buffer.concat(chunks).toString('utf8') })
        if (said === 'hang-up') {
          for (const connection of server.connections) {
            if (connection.session.id === session.id) connection.close()
          }
          return
        }
        if (typeof said === 'object' && 'afterMs' in said) setTimeout(done, said.afterMs)
        else done()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    received,
    connections: () => connections,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Clients keep connections open for the next mail.
        for (const connection of server.connections) connection.close()
      }),
  }
}
export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>

function isRefusal(
  said: SinkAnswer,
  at: 'rcpt' | 'data',
): said is Extract<SinkAnswer, { readonly code: number }> {
  return typeof said === 'object' && 'code' in said && said.at === at
}

function refusal(said: { readonly code: number; readonly text: string }): Error {
  return Object.assign(new Error(said.text), { responseCode: said.code })
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer((socket: Socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  await once(server, 'close')
  return port
}
