import { clickhouseServer } from './clickhouse-host.driver.ts'
import { openSessions } from './clickhouse-sessions.driver.ts'

/**
 * The process that owns the ClickHouse folder. Its parent tells it everything over the channel and in the environment; it ends
 * when told, and by itself when the parent is gone, however the parent died.
 */
const path = required('DANGGOL_CLICKHOUSE_PATH')
const configuration = required('DANGGOL_CLICKHOUSE_CONFIG')
const token = required('DANGGOL_CLICKHOUSE_TOKEN')
const port = Number(process.env.DANGGOL_CLICKHOUSE_PORT ?? 0)
const parentCheckMs = 500

const sessions = openSessions(path, [`--config-file=${configuration}`])
const version = (
  await sessions.control.session.queryAsync('select version()', { format: 'TabSeparated' })
)
  .text()
  .trim()
const server = clickhouseServer({ sessions, token, version })

server.on('error', (error) => {
  process.send?.({
    kind: 'failed',
    message: error.message,
    code: (error as NodeJS.ErrnoException).code ?? '',
  })
  stop(1)
})
server.listen(port, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') {
    process.send?.({ kind: 'ready', port: address.port, version })
  }
})

let stopping = false
function stop(code: number): void {
  if (stopping) return
  stopping = true
  server.close()
  server.closeAllConnections()
  sessions.close().finally(() => process.exit(code))
}

process.on('message', (message) => {
  if (message === 'stop') stop(0)
})
process.on('disconnect', () => stop(0))
process.on('SIGTERM', () => stop(0))
// Ctrl-C in a terminal reaches the whole group; the parent decides when history may close.
process.on('SIGINT', () => {})
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) stop(0)
}, parentCheckMs).unref()

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: this file is started by Danggol itself`)
  return value
}
