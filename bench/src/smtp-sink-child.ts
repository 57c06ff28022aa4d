import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

// A mail server in a process of its own that takes everything and notes when (RFC 5321 and 2920, as far as a client needs
// them). Wall clock in fractions of a millisecond, so that another process of the same machine may subtract.
const came: [to: string, at: number][] = []

const server = createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => socket.destroy())
  socket.write('220 sink.example\r\n')
  converse(socket)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.send?.({ port: (server.address() as AddressInfo).port })
process.on('message', () => process.send?.({ came: came.splice(0) }))
process.on('disconnect', () => process.exit(0))

function converse(socket: Socket): void {
  let text = ''
  let to = ''
  let inMail = false
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
    for (;;) {
      const mark = inMail ? '\r\n.\r\n' : '\r\n'
      const end = text.indexOf(mark)
      if (end === -1) return
      const line = text.slice(0, end)
      text = text.slice(end + mark.length)
      if (inMail) {
        inMail = false
        socket.write('250 taken\r\n')
      } else answer(line)
    }
  })

  function answer(line: string): void {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        socket.write('250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n')
        return
      case 'RCPT':
        to = /<([^>]*)>/.exec(line)?.[1] ?? ''
        socket.write('250 yes\r\n')
        return
      case 'DATA':
        came.push([to, performance.timeOrigin + performance.now()])
        inMail = true
        socket.write('354 go on\r\n')
        return
      case 'QUIT':
        socket.end('221 bye\r\n')
        return
      default:
        socket.write('250 yes\r\n')
    }
  }
}
