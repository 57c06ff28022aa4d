import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

// An empty route on the port given, answered by `bare` (node:http) or `hono`: one process each, so that they can be compared.
const [kind = '', port = '0'] = process.argv.slice(2)
const answer = { status: 'ok' }
if (kind === 'hono') {
  const app = new Hono()
  app.get('/', (context) => context.json(answer))
  serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
} else {
  createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }).listen(Number(port), '127.0.0.1')
}
